import { Injectable } from '@nestjs/common';
import { changeCalendar } from '../../../../activities/planning/change-calendar.ts';
import {
  type CalendarRevision,
  listCalendars,
  readCalendarRevision,
} from '../../../../database/stores/calendar.store.ts';
import { readCalendarClients } from '../../../../database/read-models/calendar-clients.read-model.ts';
import { ask } from '../../../../domain/calendar/ask.ts';
import type { StoredCalendars } from '../../../../domain/calendar/question-calendar.ts';
import { validateCalendar } from '../../../../domain/calendar/validate-calendar.ts';
import type { Caller } from '../access/permissions.ts';
import { Backend } from '../backend.ts';
import type { Answer } from '../http/answers.ts';
import { notFound, Problem } from '../http/problem.ts';
import { documentOf } from './calendar-text.ts';
import type {
  askAnswers,
  AskBody,
  CalendarBody,
  calendarCheck,
  calendarView,
} from './calendars.schemas.ts';

/** Calendars; a new revision holds at once for every rollout that keeps to it. */
@Injectable()
export class CalendarsService {
  constructor(private readonly backend: Backend) {}

  async list(): Promise<readonly Answer<typeof calendarView>[]> {
    return (await listCalendars(this.backend.database.pool)).map((each) => viewOf(each));
  }

  async show(name: string): Promise<Answer<typeof calendarView>> {
    const calendar = await readCalendarRevision(this.backend.database.pool, name);
    if (calendar === null) throw notFound(`calendar "${name}"`);
    return viewOf(calendar);
  }

  check(body: CalendarBody): Answer<typeof calendarCheck> {
    const problems = validateCalendar(documentOf(body));
    return { valid: problems.length === 0, problems: problems.map((each) => ({ ...each })) };
  }

  async ask({ questions }: AskBody): Promise<Answer<typeof askAnswers>> {
    const stored = await this.storedCalendars();
    return { answers: questions.map((question) => ({ ...ask(question, stored) })) };
  }

  async save(
    name: string,
    body: CalendarBody,
    { actor }: Caller,
  ): Promise<Answer<typeof calendarView>> {
    const saved = await changeCalendar(this.backend, { name, document: documentOf(body), actor });
    if (saved.kind === 'saved') return await this.show(name);
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
      clients.flatMap(({ vendorCalendarId, calendarId }) => [vendorCalendarId, calendarId]),
    );
    return {
      calendar: (name) => calendars.find((each) => each.name === name)?.document,
      client: (key) => {
        const client = clients.find((each) => each.key === key);
        if (client === undefined) return undefined;
        const { zone, tags, vendorCalendarId, calendarId } = client;
        return {
          zone,
          tags,
          calendar: shelf.clientTime(calendarId, zone).calendar,
          layers: [
            ...shelf.layer('vendor', vendorCalendarId),
            ...shelf.layer('client', calendarId),
          ],
        };
      },
    };
  }
}

function viewOf({
  name,
  revision,
  document,
  savedBy,
  savedAt,
}: CalendarRevision): Answer<typeof calendarView> {
  return {
    name,
    revision,
    document: document as Readonly<Record<string, unknown>>,
    savedBy,
    savedAt,
  };
}
