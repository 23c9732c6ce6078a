import { Injectable } from '@nestjs/common';
import { useCalendar } from '../../../../activities/planning/change-calendar.ts';
import { inSnapshot } from '../../../../database/in-transaction.ts';
import {
  type ClientEntry,
  readClients,
  readRolloutsOfClient,
} from '../../../../database/read-models/client-list.read-model.ts';
import { readStory } from '../../../../database/read-models/story.read-model.ts';
import { readClientCells } from '../../../../database/stores/client.store.ts';
import { contactColumns, sheetColumns } from '../../../../domain/client/client-columns.ts';
import type { Caller } from '../access/permissions.ts';
import { Backend } from '../backend.ts';
import type { UseCalendarBody } from '../calendars/calendars.schemas.ts';
import type { Answer } from '../http/answers.ts';
import { notFound } from '../http/problem.ts';
import { problemOfRefusal } from '../http/refused.ts';
import { storyAnswer } from '../rollouts/story-answer.ts';
import { writeCsv } from './write-csv.ts';
import type { clientPage, ClientsQuery, clientSummary, clientView } from './clients.schemas.ts';

/** Clients: listed, shown, and given back as a spreadsheet. */
@Injectable()
export class ClientsService {
  constructor(private readonly backend: Backend) {}

  async list(query: ClientsQuery): Promise<Answer<typeof clientPage>> {
    const { search, tag, state, cursor: after, limit = 200 } = query;
    const entries = await readClients(this.backend.database.pool, {
      search,
      tag,
      state,
      after,
      limit,
    });
    return {
      items: entries.map((entry) => summaryOf(entry)),
      nextCursor: entries.length === limit ? (entries.at(-1)?.key ?? null) : null,
    };
  }

  async show(key: string): Promise<Answer<typeof clientView>> {
    return await inSnapshot(this.backend.database, async (db) => {
      const [entry] = await readClients(db, { key, limit: 1 });
      if (!entry) throw notFound(`client ${key}`);
      const history = await readStory(db, { clientId: entry.id, limit: 50 });
      return {
        ...summaryOf(entry),
        calendar: entry.calendar,
        contacts: entry.contacts,
        rollouts: await readRolloutsOfClient(db, entry.id),
        history: history.map((row) => storyAnswer(row)),
      };
    });
  }

  async useCalendar(
    key: string,
    { calendar: name }: UseCalendarBody,
    { actor }: Caller,
  ): Promise<Answer<typeof clientView>> {
    const answer = await useCalendar(this.backend, { of: { clientKey: key }, name, actor });
    if (answer.kind === 'refused') throw problemOfRefusal(answer);
    return await this.show(key);
  }

  /** One row per contact under the headings of an import; a client without contacts has one row. */
  async export(): Promise<string> {
    const clients = await readClientCells(this.backend.database.pool);
    const nobody = Object.fromEntries(contactColumns.map((column) => [column, '']));
    const rows = [...clients.values()].flatMap(({ cells, contacts }) =>
      (contacts.length === 0 ? [nobody] : contacts).map((contact) => ({ ...cells, ...contact })),
    );
    return writeCsv(sheetColumns, rows);
  }
}

function summaryOf(entry: ClientEntry): Answer<typeof clientSummary> {
  const { contacts } = entry;
  return {
    ...entry,
    contacts: contacts.length,
    approvers: contacts.filter(({ roles }) => roles.includes('approver')).length,
    unreachable: contacts.filter(({ unreachableReason }) => unreachableReason !== null).length,
  };
}
