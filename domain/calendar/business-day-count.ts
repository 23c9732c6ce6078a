import type { Calendar } from './calendar-document.ts';
import { dayOf, firstDay, lastDay, weekdayOf, weekdays, type Weekday } from './local-time.ts';

/**
 * The business days of a calendar as a numbered list, so that any count of them is a look-up:
 * whole weeks are multiplied, and only days that differ from their weekday are stored.
 */
export interface BusinessDayCount {
  readonly works: (day: number) => boolean;
  /** How many business days lie before the day; only differences of it mean something. */
  readonly before: (day: number) => number;
  /** The business day with that many before it; nothing outside the years 1 to 9999. */
  readonly nth: (index: number) => number | undefined;
}

type Facts = Pick<Calendar, 'holidays' | 'businessDays'>;

const counts = new WeakMap<Facts, BusinessDayCount>();

/** The business days of a calendar; counted once for each. */
export function businessDayCount(facts: Facts): BusinessDayCount {
  const known = counts.get(facts);
  if (known) return known;
  const fresh = newCount(facts);
  counts.set(facts, fresh);
  return fresh;
}

function newCount(facts: Facts): BusinessDayCount {
  const works = workTest(facts);
  const before = counter(facts, works);
  return { works, before, nth: (index) => nthDay(index, before) };
}

function workTest({ businessDays, holidays }: Facts): (day: number) => boolean {
  const usual = new Set<Weekday>(businessDays.weekdays);
  const extra = new Set(businessDays.extra.map(dayOf));
  const off = new Set(businessDays.except.flatMap((set) => (holidays[set] ?? []).map(dayOf)));
  return (day) => extra.has(day) || (usual.has(weekdayOf(day)) && !off.has(day));
}

function counter(
  { businessDays, holidays }: Facts,
  works: (day: number) => boolean,
): (day: number) => number {
  const usual = new Set<Weekday>(businessDays.weekdays);
  const inWeek = runningSum(weekdays.map((each) => (usual.has(each) ? 1 : 0)));
  const named = [
    ...businessDays.extra,
    ...businessDays.except.flatMap((set) => holidays[set] ?? []),
  ];
  const unusual = [...new Set(named.map(dayOf))]
    .filter((day) => works(day) !== usual.has(weekdayOf(day)))
    .sort((a, b) => a - b);
  const added = runningSum(unusual.map((day) => (works(day) ? 1 : -1)));
  return (day) => {
    const week = Math.floor(day / 7);
    const inWholeWeeks = week * (inWeek[7] ?? 0);
    return inWholeWeeks + (inWeek[day - week * 7] ?? 0) + (added[countBelow(unusual, day)] ?? 0);
  };
}

/** The sums of the first 0, 1, 2, … numbers. */
function runningSum(numbers: readonly number[]): readonly number[] {
  let sum = 0;
  return [0, ...numbers.map((each) => (sum += each))];
}

function nthDay(index: number, before: (day: number) => number): number | undefined {
  if (index < before(firstDay) || index >= before(lastDay + 1)) return undefined;
  let low = firstDay;
  let high = lastDay;
  while (low < high) {
    const middle = Math.floor((low + high) / 2);
    if (before(middle + 1) > index) high = middle;
    else low = middle + 1;
  }
  return low;
}

/** How many of the sorted numbers lie below the limit. */
function countBelow(sorted: readonly number[], limit: number): number {
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((sorted[middle] ?? Infinity) < limit) low = middle + 1;
    else high = middle;
  }
  return low;
}
