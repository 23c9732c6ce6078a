import type { DaySelector, HolidaySets, ValidSpan } from './calendar-document.ts';
import { dayOf, weekdayOf } from './local-time.ts';

/** Says whether a selector picks a day; days are counted from 1970-01-01. */
export type DayTest = (day: number) => boolean;

/** The test for a selector; without one every day is picked. */
export function dayTest(selector: DaySelector | undefined, holidays: HolidaySets): DayTest {
  if (selector === undefined) return () => true;
  switch (selector.kind) {
    case 'weekdays': {
      const picked = new Set(selector.weekdays);
      return (day) => picked.has(weekdayOf(day));
    }
    case 'dates':
      return isOneOf(selector.dates.map(dayOf));
    case 'holidays':
      return isOneOf((holidays[selector.set] ?? []).map(dayOf));
  }
}

/** The test for the start dates on which a rule holds. */
export function validTest({ since, until }: ValidSpan): DayTest {
  const first = since === undefined ? -Infinity : dayOf(since);
  const last = until === undefined ? Infinity : dayOf(until);
  return (day) => day >= first && day <= last;
}

function isOneOf(days: readonly number[]): DayTest {
  const picked = new Set(days);
  return (day) => picked.has(day);
}
