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
    monthLength: firstDayOf(month + 1) - firstDayOf(month),
  };
}

/** The first day of a month, counted from 1970-01-01. */
export function firstDayOf(month: number): number {
  // `Date.UTC` would take the years 0 to 99 for 1900 to 1999.
  return (
    new Date(0).setUTCFullYear(Math.floor(month / 12), month - Math.floor(month / 12) * 12, 1) /
    dayMs
  );
}
