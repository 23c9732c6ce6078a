import type { DaySelector } from './calendar-document.ts';
import { weekdayOf } from './local-time.ts';
import { monthPlaceOf } from './month-place.ts';
import type { DayTest } from './remembered-days.ts';

/** The nth weekday, from the start or the end of the month; a month that has none picks nothing. */
export function selectMonthly({
  nth,
  weekday,
  months,
}: DaySelector & { kind: 'monthly' }): DayTest {
  return (day) => {
    if (weekdayOf(day) !== weekday) return false;
    const { monthOfYear, dayOfMonth, monthLength } = monthPlaceOf(day);
    const fromStart = Math.ceil(dayOfMonth / 7);
    const fromEnd = -Math.ceil((monthLength - dayOfMonth + 1) / 7);
    return nth === (nth > 0 ? fromStart : fromEnd) && (months?.includes(monthOfYear) ?? true);
  };
}

/** Days of the month; negative ones count from the end, and those that a month has not are no days. */
export function selectMonthDays({ days }: DaySelector & { kind: 'monthDays' }): DayTest {
  return (day) => {
    const { dayOfMonth, monthLength } = monthPlaceOf(day);
    return days.includes(dayOfMonth) || days.includes(dayOfMonth - monthLength - 1);
  };
}

/** Every day of those months. */
export function selectMonths({ months }: DaySelector & { kind: 'months' }): DayTest {
  return (day) => months.includes(monthPlaceOf(day).monthOfYear);
}

/** Compared by month and day alone, so that 29 February is a bound in every year. */
export function selectYearly({ from, to }: DaySelector & { kind: 'yearly' }): DayTest {
  const [first, last] = [monthAndDayOf(from), monthAndDayOf(to)];
  return (day) => {
    const { monthOfYear, dayOfMonth } = monthPlaceOf(day);
    const monthAndDay = monthOfYear * 100 + dayOfMonth;
    const isAfterStart = monthAndDay >= first;
    const isBeforeEnd = monthAndDay <= last;
    return first <= last ? isAfterStart && isBeforeEnd : isAfterStart || isBeforeEnd;
  };
}

/** 1215 for `12-15`. */
function monthAndDayOf(text: string): number {
  return Number(text.slice(0, 2)) * 100 + Number(text.slice(3));
}
