import { dayMs } from './local-time.ts';

/** Where a day lies in its month. */
export interface MonthPlace {
  /** Months since January of the year 0, so that months can be added. */
  readonly month: number;
  /** 1 to 12. */
  readonly monthOfYear: number;
  /** 1 to 31. */
  readonly dayOfMonth: number;
  readonly monthLength: number;
}

/** Where a day, counted from 1970-01-01, lies in its month. */
export function monthPlaceOf(day: number): MonthPlace {
  const date = new Date(day * dayMs);
  const month = date.getUTCFullYear() * 12 + date.getUTCMonth();
  return {
    month,
    monthOfYear: date.getUTCMonth() + 1,
    dayOfMonth: date.getUTCDate(),
    monthLength: monthLengthOf(month),
  };
}

/** How many days a month has. */
export function monthLengthOf(month: number): number {
  const year = Math.floor(month / 12);
  const monthOfYear = month - year * 12;
  if (monthOfYear === february) return isLeapYear(year) ? 29 : 28;
  return shortMonths.includes(monthOfYear) ? 30 : 31;
}

/** The first day of a month, counted from 1970-01-01. */
export function firstDayOf(month: number): number {
  const year = Math.floor(month / 12);
  // `Date.UTC` would take the years 0 to 99 for 1900 to 1999.
  return new Date(0).setUTCFullYear(year, month - year * 12, 1) / dayMs;
}

const february = 1;
/** April, June, September and November, January being 0. */
const shortMonths: readonly number[] = [3, 5, 8, 10];

function isLeapYear(year: number): boolean {
  return (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0;
}
