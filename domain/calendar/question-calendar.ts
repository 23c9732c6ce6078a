import type { Calendar } from './calendar-document.ts';
import { CalendarError } from './calendar-error.ts';
import type { CalendarLayer } from './calendar-layer.ts';
import type { QuestionFields } from './question-fields.ts';
import { readCalendar } from './validate-calendar.ts';

/** What a question may refer to by name; a question that carries its calendar needs none of it. */
export interface StoredCalendars {
  /** The document of that name, nothing when there is none. */
  readonly calendar: (name: string) => unknown;
  readonly client: (key: string) => StoredClient | undefined;
}

/** What applies to one client. */
export interface StoredClient {
  readonly layers: readonly CalendarLayer[];
  /** The client's own calendar, for business days. */
  readonly calendar: Calendar;
  readonly zone: string;
  readonly tags: readonly string[];
}

/** The calendars that a question is about. */
export interface QuestionCalendars {
  readonly layers: readonly CalendarLayer[];
  /** The calendar whose business days and holiday sets count. */
  readonly calendar: Calendar;
  readonly clientZone?: string;
  readonly tags?: readonly string[];
}

/** Offline there are no stored calendars. */
export const noStoredCalendars: StoredCalendars = {
  calendar: () => undefined,
  client: () => undefined,
};

/**
 * The calendars that a question carries or names.
 * @throws CalendarError when there is none, or it cannot be read.
 */
export function calendarsOf(fields: QuestionFields, stored: StoredCalendars): QuestionCalendars {
  if (!fields.has('calendar') && fields.has('client')) return clientCalendars(fields, stored);
  const reading = readCalendar(documentOf(fields, stored));
  if (reading.kind === 'readable') {
    const { calendar } = reading;
    return { layers: [{ layer: 'calendar', calendar }], calendar };
  }
  const [first] = reading.problems;
  throw new CalendarError(
    first?.code ?? 'unreadable',
    first?.message ?? 'the calendar cannot be read',
    first?.path,
  );
}

/**
 * The document that a question carries or names, unchecked.
 * @throws CalendarError when there is none.
 */
export function documentOf(fields: QuestionFields, stored: StoredCalendars): unknown {
  const given = fields.required('calendar');
  if (typeof given !== 'string') return given;
  const document = stored.calendar(given);
  if (document !== undefined) return document;
  throw new CalendarError(
    'unknown-calendar',
    `no calendar is stored as "${given}"; write the document itself into "calendar"`,
    'calendar',
  );
}

function clientCalendars(fields: QuestionFields, stored: StoredCalendars): QuestionCalendars {
  const key = fields.text('client');
  const client = stored.client(key);
  if (client) return { ...client, clientZone: client.zone };
  throw new CalendarError('unknown-client', `no client is known as "${key}"`, 'client');
}
