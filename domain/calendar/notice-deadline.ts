import { durationMs, type Duration } from '../duration.ts';
import { earliestOf, instantOf, plusMs, type Instant, type LocalDate } from '../instant.ts';
import { addBusinessDays, addDays } from './business-days.ts';
import type { Calendar } from './calendar-document.ts';
import { dayMs, dayOf } from './local-time.ts';
import { localDateAt, tableOfZone } from './zone.ts';
import { resolveLocal } from './zone-table.ts';

/** How long before (or after) something: in business days, in days, or in exact time. */
export type Lead =
  | { readonly businessDays: number }
  | { readonly days: number }
  | { readonly hours: number }
  | { readonly duration: Duration };

/** A lead that is counted on dates. */
export type DateLead = Extract<Lead, { businessDays: number } | { days: number }>;

/** Whose business days and whose clock count. */
export interface ClientTime {
  /** The client's calendar. */
  readonly calendar: Calendar;
  /** The client's zone. */
  readonly zone: string;
}

const hourMs = 3_600_000;

/**
 * The last instant at which the notice of a start may leave, never after the start itself.
 * Business days and days end at `businessDays.hours.to` of the resulting date; exact time counts back from the start.
 * @throws CalendarError when there is no such zone.
 */
export function noticeDeadline(start: Instant, lead: Lead, client: ClientTime): Instant {
  if (!isDateLead(lead)) return plusMs(start, -exactMsOf(lead));
  const date = localDateAt(client.zone, start);
  return earliestOf(start, noticeDeadlineOfDate(date, lead, client));
}

/**
 * The last instant at which the notice of a rollout on that client-local date may leave.
 * @throws CalendarError when there is no such zone, or no such date.
 */
export function noticeDeadlineOfDate(
  date: LocalDate,
  lead: DateLead,
  { calendar, zone }: ClientTime,
): Instant {
  const due =
    'businessDays' in lead
      ? addBusinessDays(calendar, date, { days: -lead.businessDays, roll: 'backward' })
      : addDays(date, -lead.days);
  return onDate(due, calendar.businessDays.toMinutes, zone);
}

/**
 * When a notice is queued so that it leaves before its deadline: for a lead in business days one business day
 * before at `businessDays.hours.from`, for other leads two hours before. Null for a lead below two hours: as
 * soon as the client's side agreed.
 * @throws CalendarError when there is no such zone.
 */
export function noticeQueueTime(deadline: Instant, lead: Lead, client: ClientTime): Instant | null {
  if ('businessDays' in lead) {
    return lead.businessDays > 0 ? businessDayBefore(deadline, client) : null;
  }
  const leadMs = 'days' in lead ? lead.days * dayMs : exactMsOf(lead);
  return leadMs < 2 * hourMs ? null : plusMs(deadline, -2 * hourMs);
}

/**
 * One business day before the client-local date of an instant, at `businessDays.hours.from`.
 * @throws CalendarError when there is no such zone.
 */
export function businessDayBefore(at: Instant, { calendar, zone }: ClientTime): Instant {
  const date = addBusinessDays(calendar, localDateAt(zone, at), { days: -1, roll: 'backward' });
  return onDate(date, calendar.businessDays.fromMinutes, zone);
}

/**
 * Until when an answer may come: business days and days after the acceptance at `businessDays.hours.to`, an
 * acceptance on a day off counting from the next business day; exact time counts from the acceptance.
 * @throws CalendarError when there is no such zone.
 */
export function answerDeadline(accepted: Instant, within: Lead, client: ClientTime): Instant {
  if (!isDateLead(within)) return plusMs(accepted, exactMsOf(within));
  const { calendar, zone } = client;
  const date = localDateAt(zone, accepted);
  const due =
    'businessDays' in within
      ? addBusinessDays(calendar, date, { days: within.businessDays, roll: 'forward' })
      : addDays(date, within.days);
  return onDate(due, calendar.businessDays.toMinutes, zone);
}

/** A point of the clock on a date: the first occurrence in an overlap, the first instant after a gap. */
function onDate(date: LocalDate, minutes: number, zone: string): Instant {
  const localMs = dayOf(date) * dayMs + minutes * 60_000;
  return instantOf(resolveLocal(tableOfZone(zone), localMs).first);
}

function isDateLead(lead: Lead): lead is DateLead {
  return 'businessDays' in lead || 'days' in lead;
}

function exactMsOf(lead: Exclude<Lead, DateLead>): number {
  return 'hours' in lead ? lead.hours * hourMs : durationMs(lead.duration);
}
