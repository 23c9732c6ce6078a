import type { BusinessDayCount } from './business-day-count.ts';
import type { DaySelector } from './calendar-document.ts';
import { firstDay, lastDay, weekdayOf } from './local-time.ts';
import { firstDayOf, monthLengthOf, monthPlaceOf } from './month-place.ts';
import type { DayTest } from './remembered-days.ts';

/*
 * All of these are asked backwards: of a day, whether one of the dates that would move to it is picked.
 */

/** Each picked date moved by days, months or business days. */
export function selectMoved(
  { unit, count }: DaySelector & { kind: 'offset' },
  picks: DayTest,
  businessDays: BusinessDayCount,
): DayTest {
  switch (unit) {
    case 'days':
      return (day) => picksAny(picks, day - count, day - count);
    case 'months':
      return movedByMonths(count, picks);
    case 'businessDays':
      return movedByBusinessDays(count, picks, businessDays);
  }
}

/** For each picked date the first such weekday on or after it. */
export function selectNext(
  { weekday }: DaySelector & { kind: 'next' | 'previous' },
  picks: DayTest,
): DayTest {
  return (day) => weekdayOf(day) === weekday && picksAny(picks, day - 6, day);
}

/** For each picked date the last such weekday on or before it. */
export function selectPrevious(
  { weekday }: DaySelector & { kind: 'next' | 'previous' },
  picks: DayTest,
): DayTest {
  return (day) => weekdayOf(day) === weekday && picksAny(picks, day, day + 6);
}

/** The same day of the month; where a month is too short its last day stands for the missing ones. */
function movedByMonths(count: number, picks: DayTest): DayTest {
  return (day) => {
    const { month, dayOfMonth, monthLength } = monthPlaceOf(day);
    const origin = month - count;
    const length = monthLengthOf(origin);
    const last = dayOfMonth === monthLength ? length : Math.min(dayOfMonth, length);
    const dayZero = firstDayOf(origin) - 1;
    return picksAny(picks, dayZero + dayOfMonth, dayZero + last);
  };
}

/**
 * That many business days on. A picked date that is no business day is first moved the way the count goes to
 * one, so all days off beside the business day from which is counted belong to it.
 */
function movedByBusinessDays(
  count: number,
  picks: DayTest,
  { works, before, nth }: BusinessDayCount,
): DayTest {
  return (day) => {
    if (!works(day)) return false;
    const index = before(day) - count;
    const origin = nth(index);
    if (origin === undefined) return false;
    return count > 0
      ? picksAny(picks, (nth(index - 1) ?? origin - 1) + 1, origin)
      : picksAny(picks, origin, (nth(index + 1) ?? origin + 1) - 1);
  };
}

/** Dates outside the years 1 to 9999 are none. */
function picksAny(picks: DayTest, first: number, last: number): boolean {
  const end = Math.min(last, lastDay);
  for (let day = Math.max(first, firstDay); day <= end; day++) if (picks(day)) return true;
  return false;
}
