import type { LocalDate } from '../instant.ts';
import { dateOf, dayOf, dayOfLocalMs, localTextOf, weekdayOf, type Weekday } from './local-time.ts';
import { tableOfZone } from './zone.ts';
import { offsetAt } from './zone-table.ts';

/** The days of a week as sentences name them. */
export const dayNames: Readonly<Record<Weekday, string>> = {
  mon: 'Monday',
  tue: 'Tuesday',
  wed: 'Wednesday',
  thu: 'Thursday',
  fri: 'Friday',
  sat: 'Saturday',
  sun: 'Sunday',
};

/** The months as sentences name them. */
export const monthNames = [
  'January',
  'February',
  'March',
  'April',
  'May',
  'June',
  'July',
  'August',
  'September',
  'October',
  'November',
  'December',
] as const;

/** `Friday 25 December`, with the year where it is not the reader's. */
export function dateWords(date: LocalDate, readersYear: string): string {
  const [year, month, day] = [date.slice(0, 4), date.slice(5, 7), date.slice(8)];
  const name = monthNames[Number(month) - 1] ?? '';
  const words = `${dayNames[weekdayOf(dayOf(date))]} ${Number(day)} ${name}`;
  return year === readersYear ? words : `${words} ${year}`;
}

/** Whose clock and which instant a sentence is written for. */
export interface Reader {
  readonly zone: string;
  /** The instant that is spoken of, in epoch milliseconds. */
  readonly at: number;
}

/** `21:00`, or `Friday 25 December 21:00` when that is another date than the one spoken of. */
export function timeWords(epochMs: number, { zone, at }: Reader): string {
  const spokenOf = localDateOf(at, zone);
  const time = clockWords(epochMs, zone);
  const date = localDateOf(epochMs, zone);
  return date === spokenOf ? time : `${dateWords(date, spokenOf.slice(0, 4))} ${time}`;
}

/** The date that a zone has at an instant. */
export function localDateOf(epochMs: number, zone: string): LocalDate {
  return dateOf(dayOfLocalMs(localMsAt(epochMs, zone)));
}

/** `YYYY-MM-DDTHH:MM:SS` that the clocks of a zone show at an instant. */
export function localTextAt(epochMs: number, zone: string): string {
  return localTextOf(localMsAt(epochMs, zone));
}

/** `90 min` as `1 h 30 min`; whole days from three on as days. */
export function lengthWords(ms: number): string {
  const days = ms / 86_400_000;
  if (days >= 3 && Number.isInteger(days)) return `${days} days`;
  const seconds = Math.floor(ms / 1000);
  const [hours, minutes] = [Math.floor(seconds / 3600), Math.floor((seconds % 3600) / 60)];
  const parts = [
    hours > 0 ? `${hours} h` : '',
    minutes > 0 ? `${minutes} min` : '',
    seconds % 60 > 0 ? `${seconds % 60} s` : '',
  ].filter((each) => each !== '');
  return parts.length === 0 ? '0 min' : parts.join(' ');
}

/** Things as people list them: `a, b and c`. */
export function listWords(each: readonly string[]): string {
  const first = each.slice(0, -1).join(', ');
  return [first, ...each.slice(-1)].filter((part) => part !== '').join(' and ');
}

function clockWords(epochMs: number, zone: string): string {
  const time = localTextAt(epochMs, zone).slice(11);
  return time.endsWith(':00') ? time.slice(0, 5) : time;
}

function localMsAt(epochMs: number, zone: string): number {
  return epochMs + offsetAt(tableOfZone(zone), epochMs);
}
