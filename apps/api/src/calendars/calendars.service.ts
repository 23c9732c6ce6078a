import { Injectable } from '@nestjs/common';
import { effectOfCalendar } from '../../../../activities/planning/calendar-effect.ts';
import { changeCalendar } from '../../../../activities/planning/change-calendar.ts';
import {
  type CalendarRevision,
  listCalendarRevisions,
  listCalendars,
  readCalendarRevision,
} from '../../../../database/stores/calendar.store.ts';
import { readCalendarUses } from '../../../../database/read-models/calendar-uses.read-model.ts';
import {
  calendarIdsOf,
  layersOfClient,
  readCalendarClients,
} from '../../../../database/read-models/calendar-clients.read-model.ts';
import { ask } from '../../../../domain/calendar/ask.ts';
import type { StoredCalendars } from '../../../../domain/calendar/question-calendar.ts';
import { validateCalendar } from '../../../../domain/calendar/validate-calendar.ts';
import type { Caller } from '../access/permissions.ts';
import { Backend } from '../backend.ts';
import type { Answer } from '../http/answers.ts';
import { notFound, Problem } from '../http/problem.ts';
import { documentOf, inFieldOrder, yamlOf } from './calendar-text.ts';
import { effectAnswerOf } from './effect-answer.ts';
import type { effectView } from './effect.schemas.ts';
import type {
  askAnswers,
  AskBody,
  CalendarBody,
  calendarCheck,
  calendarList,
  calendarView,
  SaveCalendarBody,
} from './calendars.schemas.ts';

/** Calendars; a new revision holds at once for every rollout that keeps to it. */
@Injectable()
export class CalendarsService {
  constructor(private readonly backend: Backend) {}

  async list(): Promise<Answer<typeof calendarList>['items']> {
    const { pool } = this.backend.database;
    const uses = await readCalendarUses(pool);
    return (await listCalendars(pool)).map((each) => summaryOf(each, uses));
  }

  async show(name: string, revision?: number): Promise<Answer<typeof calendarView>> {
    const { pool } = this.backend.database;
    const calendar = await readCalendarRevision(pool, name, revision ?? null);
    if (calendar === null) {
      throw notFound(`calendar "${name}"${revision ? ` in revision ${revision}` : ''}`);
    }
    const shown = summaryOf(calendar, await readCalendarUses(pool));
    const revisions = await listCalendarRevisions(pool, name);
    return { ...shown, yaml: yamlOf(shown.document), revisions };
  }

  check(body: CalendarBody): Answer<typeof calendarCheck> {
    const problems = validateCalendar(documentOf(body));
    return { valid: problems.length === 0, problems: problems.map((each) => ({ ...each })) };
  }

  async ask({ questions }: AskBody): Promise<Answer<typeof askAnswers>> {
    const stored = await this.storedCalendars();
    return { answers: questions.map((question) => ({ ...ask(question, stored) })) };
  }

  async effect(name: string, body: CalendarBody): Promise<Answer<typeof effectView>> {
    const answer = await effectOfCalendar(this.backend, { name, document: documentOf(body) });
    if (answer.kind === 'no-client') throw new Error('A calendar is not about one client');
    return effectAnswerOf(answer);
  }

  async save(
    name: string,
    body: SaveCalendarBody,
    { actor }: Caller,
  ): Promise<Answer<typeof calendarView>> {
    const { seenRevision } = body;
    const order = { name, document: documentOf(body), seenRevision, actor };
    const saved = await changeCalendar(this.backend, order);
    if (saved.kind === 'saved') return await this.show(name);
    if (saved.kind === 'changed') throw changedMeanwhile(saved.newest);
    const errors = saved.problems;
    const detail = `The calendar was not saved: ${errors.map((each) => `${each.path}: ${each.message}`).join('; ')}`;
    throw new Problem(422, 'CALENDAR_INVALID', detail, { errors });
  }

  private async storedCalendars(): Promise<StoredCalendars> {
    const { shelf, database } = this.backend;
    const calendars = await listCalendars(database.pool);
    const clients = await readCalendarClients(database.pool);
    await shelf.fetch(
      database.pool,
      clients.flatMap((each) => calendarIdsOf(each)),
    );
    return {
      calendar: (name) => calendars.find((each) => each.name === name)?.document,
      client: (key) => {
        const client = clients.find((each) => each.key === key);
        if (client === undefined) return undefined;
        const { zone, tags, calendarId } = client;
        const { calendar } = shelf.clientTime(calendarId, zone);
        return { zone, tags, calendar, layers: layersOfClient(client, shelf) };
      },
    };
  }
}

function summaryOf(
  { name, revision, document, savedBy, savedAt }: CalendarRevision,
  uses: ReadonlyMap<string, readonly string[]>,
): Answer<typeof calendarList>['items'][number] {
  return {
    name,
    revision,
    document: inFieldOrder(document) as Readonly<Record<string, unknown>>,
    savedBy,
    savedAt,
    usedBy: uses.get(name) ?? [],
  };
}

function changedMeanwhile({ name, revision, savedBy, savedAt }: CalendarRevision): Problem {
  const detail = `Calendar "${name}" is at revision ${revision} since ${savedAt}, saved by ${savedBy}; look at it, then save again`;
  return new Problem(409, 'CALENDAR_CHANGED', detail, { revision });
}
