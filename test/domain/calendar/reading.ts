import { ask } from '../../../domain/calendar/ask.ts';
import type {
  Calendar,
  CalendarDocument,
  DaySelectorDocument,
} from '../../../domain/calendar/calendar-document.ts';
import type { CalendarLayer } from '../../../domain/calendar/calendar-layer.ts';
import { readCalendar } from '../../../domain/calendar/validate-calendar.ts';
import { parseInstant, type Instant } from '../../../domain/instant.ts';

/** A calendar in UTC, always open unless said otherwise. */
export function aCalendar(document: Partial<CalendarDocument> = {}): Calendar {
  const reading = readCalendar({ zone: 'UTC', allow: 'always', ...document });
  if (reading.kind === 'readable') return reading.calendar;
  throw new Error(JSON.stringify(reading.problems));
}

/** One layer called `calendar`. */
export function aLayer(
  document: Partial<CalendarDocument> = {},
  layer = 'calendar',
): CalendarLayer {
  return { layer, calendar: aCalendar(document) };
}

/** An instant, written without seconds when they are zero. */
export function at(text: string): Instant {
  return parseInstant(text);
}

/** The instant as short as it can be written. */
export function short(instant: Instant | undefined): string | undefined {
  return instant?.replace(/(:00)?\.000Z$/, 'Z');
}

/** The dates of a range, both ends inclusive, that a selector picks, as one text. */
export function datesOf(
  on: DaySelectorDocument,
  [from, to]: readonly [string, string],
  calendar: Partial<CalendarDocument> = {},
): string {
  const answer = ask({ ask: 'dates', calendar: { zone: 'UTC', ...calendar }, on, from, to });
  return Array.isArray(answer['dates']) ? answer['dates'].join(' ') : JSON.stringify(answer);
}
