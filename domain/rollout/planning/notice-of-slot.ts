import {
  type ClientTime,
  type Lead,
  noticeDeadline,
  noticeDeadlineOfDate,
  noticeQueueTime,
} from '../../calendar/notice-deadline.ts';
import { dateOf, dayMs, dayOf } from '../../calendar/local-time.ts';
import { localDateAt, localToInstant } from '../../calendar/zone.ts';
import { durationMs } from '../../duration.ts';
import { epochMsOf, instantOf, type LocalDate } from '../../instant.ts';

/** When the notice of a slot is queued, and by when it must have left. */
export interface NoticeOfSlot {
  readonly noticeAt: number;
  readonly noticeDeadline: number;
}

/** Time between a short notice being due and the provider having accepted it. */
export const shortNoticeMarginMs = 10_000;

/** What the notice of a client's slot depends on. */
export interface NoticeTerms {
  /** The policy's and what was agreed; the one with the earlier deadline counts. */
  readonly leads: readonly Lead[];
  readonly time: ClientTime;
}

/**
 * The notice's times for a start, or null when it would have to leave before the client agreed. For a date that
 * stands already, a notice that can still leave in time is good enough, however late it is queued.
 */
export function noticeOfSlot(
  start: number,
  { leads, time }: NoticeTerms,
  { agreedAt, stands }: { readonly agreedAt: number; readonly stands: boolean },
): NoticeOfSlot | null {
  const [strictest] = leads
    .map((lead) => ({ lead, deadline: noticeDeadline(instantOf(start), lead, time) }))
    .toSorted((a, b) => (a.deadline < b.deadline ? -1 : 1));
  if (strictest === undefined) return null;
  const deadline = epochMsOf(strictest.deadline);
  const queue = noticeQueueTime(strictest.deadline, strictest.lead, time);
  const wanted = queue === null ? agreedAt : epochMsOf(queue);
  const noticeAt = Math.max(wanted, agreedAt);
  if (queue !== null && !stands) {
    return wanted < agreedAt ? null : { noticeAt, noticeDeadline: deadline };
  }
  return noticeAt + shortNoticeMarginMs > deadline ? null : { noticeAt, noticeDeadline: deadline };
}

/** Answers the first start that leaves room for every notice after a client agreed, date by date remembered. */
export interface NoticeRoom {
  readonly firstStart: (agreedAt: number, terms: NoticeTerms) => number;
}

/** Remembers for each date when its notices are queued, since many clients ask about the same dates. */
export function noticeRoom(): NoticeRoom {
  const dates = new Map<string, number>();
  const starts = new Map<string, number>();
  const names = new WeakMap<object, string>();
  let count = 0;
  const nameOf = ({ calendar, zone }: ClientTime): string => {
    const known = names.get(calendar) ?? String(count++);
    names.set(calendar, known);
    return `${known} ${zone}`;
  };
  const mustLeave = (date: LocalDate, lead: DateLead, time: ClientTime): number => {
    const key = `${nameOf(time)} ${JSON.stringify(lead)} ${date}`;
    const known = dates.get(key) ?? mustLeaveOn(date, lead, time);
    dates.set(key, known);
    return known;
  };
  const firstOf = (agreedAt: number, lead: Lead, time: ClientTime): number => {
    if (!isDateLead(lead)) return agreedAt + exactRoomOf(lead);
    const key = `${nameOf(time)} ${JSON.stringify(lead)} ${agreedAt}`;
    const known = starts.get(key) ?? firstOnDate(agreedAt, lead, time);
    starts.set(key, known);
    return known;
  };
  const firstOnDate = (agreedAt: number, lead: DateLead, time: ClientTime): number => {
    let day = dayOf(localDateAt(time.zone, instantOf(agreedAt)));
    while (mustLeave(dateOf(day), lead, time) < agreedAt) day++;
    const midnight = localToInstant(time.zone, `${dateOf(day)}T00:00`).instant;
    // Only a notice of no days comes on the very date on which a client agrees.
    return Math.max(epochMsOf(midnight), agreedAt + shortNoticeMarginMs);
  };
  return {
    firstStart: (agreedAt, { leads, time }) =>
      Math.max(...leads.map((lead) => firstOf(agreedAt, lead, time))),
  };
}

type DateLead = Extract<Lead, { businessDays: number } | { days: number }>;

/** By when a client must have agreed for a start on that date. */
function mustLeaveOn(date: LocalDate, lead: DateLead, time: ClientTime): number {
  const deadline = noticeDeadlineOfDate(date, lead, time);
  const queue = noticeQueueTime(deadline, lead, time);
  return queue === null ? epochMsOf(deadline) - shortNoticeMarginMs : epochMsOf(queue);
}

function isDateLead(lead: Lead): lead is DateLead {
  return 'businessDays' in lead || 'days' in lead;
}

/** From agreeing to the start: the lead, and the two hours or seconds in which the notice leaves. */
function exactRoomOf(lead: Exclude<Lead, DateLead>): number {
  const leadMs = 'hours' in lead ? lead.hours * 3_600_000 : durationMs(lead.duration);
  return leadMs < shortLeadMs ? leadMs + shortNoticeMarginMs : leadMs + shortLeadMs;
}

const shortLeadMs = dayMs / 12;
