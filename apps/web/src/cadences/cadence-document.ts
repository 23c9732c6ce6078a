import type { Selector } from '../calendars/document/calendar-document.ts';
import { describeDays } from '../calendars/document/describe-rule.ts';
import { dayAfter, dayBefore } from '../calendars/document/patterns.ts';
import { shortDate } from '../words/dates.ts';
import { sentence } from '../words/terms.ts';

/** A cadence as people write it; the server checks it. */
export interface CadenceDocument {
  readonly title: string;
  readonly zone: string;
  readonly on: Selector;
  readonly policy?: string;
  readonly clients?: WhomDocument;
  readonly like?: string;
}

/** Whom its rollouts are for: everybody whom any field names. */
export interface WhomDocument {
  readonly all?: boolean;
  readonly keys?: readonly string[];
  readonly tags?: readonly string[];
  readonly reporters?: boolean;
}

/** The days of a cadence apart from the last of them; null = it goes on. */
export interface CadenceDays {
  readonly on: Selector;
  readonly lastDay: string | null;
}

/** A stored document as the screen reads it; the server has checked it when it was saved. */
export function asCadence(stored: Readonly<Record<string, unknown>>): CadenceDocument {
  return { title: '', zone: 'UTC', on: { any: [] }, ...stored };
}

/** The days, with their end read apart. */
export function daysOf(on: Selector): CadenceDays {
  const [days, end, ...more] = 'all' in on ? on.all : [];
  const after = end === undefined ? null : firstDayLeftOut(end);
  if (days === undefined || after === null || more.length > 0) return { on, lastDay: null };
  return { on: days, lastDay: dayBefore(after) };
}

/** The days as a selector; an end is “and not on any day from the day after it”. */
export function selectorOf({ on, lastDay }: CadenceDays): Selector {
  if (lastDay === null) return on;
  return { all: [on, { not: { every: { since: dayAfter(lastDay), days: 1 } } }] };
}

/** “The second Thursday of the month, until 24 Nov 2027”. */
export function describeCadence(document: Pick<CadenceDocument, 'on'>): string {
  const { on, lastDay } = daysOf(document.on);
  const end = lastDay === null ? '' : `, until ${shortDate(lastDay)}`;
  return `${sentence(describeDays(on))}${end}`;
}

function firstDayLeftOut(end: Selector): string | null {
  if (!('not' in end) || !('every' in end.not)) return null;
  const { since, days, weeks } = end.not.every;
  return days === 1 && weeks === undefined ? since : null;
}
