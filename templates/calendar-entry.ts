import ical, {
  ICalAttendeeRole,
  ICalCalendarMethod,
  ICalEventStatus,
  type ICalAttendeeData,
} from 'ical-generator';
import type { Instant } from '../domain/instant.ts';

/** One revision of the calendar entry that accompanies a client's date. */
export interface CalendarEntry {
  /** `request` for a new or moved date, `cancel` to take it away. */
  readonly method: 'request' | 'cancel';
  /** Constant for (contact, rollout) over every move. */
  readonly uid: string;
  /** 0 at first, one more on every new date and on the cancel. */
  readonly sequence: number;
  /** When this revision was written; frozen with the mail. */
  readonly stampedAt: Instant;
  readonly startsAt: Instant;
  readonly endsAt: Instant;
  readonly summary: string;
  readonly description: string;
  /** Where it happens: the address of the production site. */
  readonly location: string;
  /** The mail's From. */
  readonly organizer: { readonly name: string; readonly email: string };
  /** The mail's recipient. */
  readonly attendee: { readonly name: string; readonly email: string };
}

/** The `.ics` text: UTC, the same bytes for the same entry. */
export function writeCalendarEntry(entry: CalendarEntry): string {
  for (const text of [entry.uid, entry.summary, entry.organizer.name, entry.attendee.name]) {
    if (/[\r\n]/.test(text)) {
      throw new Error('A calendar entry was given a name or summary of several lines.');
    }
  }
  if (entry.endsAt <= entry.startsAt) {
    throw new Error(
      `The calendar entry ends (${entry.endsAt}) before it starts (${entry.startsAt}).`,
    );
  }
  const isCancel = entry.method === 'cancel';
  const calendar = ical({
    prodId: { company: 'Daymark', product: 'Daymark', language: 'EN' },
    method: isCancel ? ICalCalendarMethod.CANCEL : ICalCalendarMethod.REQUEST,
  });
  const attendee: ICalAttendeeData = {
    name: entry.attendee.name,
    email: entry.attendee.email,
    role: ICalAttendeeRole.REQ,
    rsvp: false,
  };
  calendar.createEvent({
    id: entry.uid,
    sequence: entry.sequence,
    stamp: new Date(entry.stampedAt),
    start: new Date(entry.startsAt),
    end: new Date(entry.endsAt),
    summary: entry.summary,
    description: entry.description,
    location: entry.location,
    organizer: entry.organizer,
    attendees: [attendee],
    status: isCancel ? ICalEventStatus.CANCELLED : ICalEventStatus.CONFIRMED,
  });
  return calendar.toString();
}

/** The attachment's content type; its method must equal the one inside. */
export function calendarContentType(method: CalendarEntry['method']): string {
  return `text/calendar; charset=utf-8; method=${method.toUpperCase()}`;
}
