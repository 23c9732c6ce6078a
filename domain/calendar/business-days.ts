import type { LocalDate } from '../instant.ts';
import { businessDayCount, type BusinessDayCount } from './business-day-count.ts';
import type { Calendar } from './calendar-document.ts';
import { CalendarError } from './calendar-error.ts';
import { dateOf, dayOf, firstDay, lastDay } from './local-time.ts';

/** Whether people work on a date, and which holiday set it is off by. */
export interface BusinessDayAnswer {
  readonly businessDay: boolean;
  /** The first set in `except` that has the date, on weekends too; never on a business day. */
  readonly holiday?: string;
}

/** What happens first with a start that is no business day. */
export type Roll = 'forward' | 'backward' | 'none';

/** Whether a date is a business day of the calendar. */
export function isBusinessDay(calendar: Calendar, date: LocalDate): BusinessDayAnswer {
  if (businessDayCount(calendar).works(dayOf(date))) return { businessDay: true };
  const holiday = calendar.businessDays.except.find((set) =>
    calendar.holidays[set]?.includes(date),
  );
  return { businessDay: false, ...(holiday !== undefined && { holiday }) };
}

/**
 * The date that many business days later, earlier when negative. A start that is no business day is rolled
 * first; with `none` counting starts from it.
 * @throws CalendarError when the count leaves the years 1 to 9999.
 */
export function addBusinessDays(
  calendar: Calendar,
  date: LocalDate,
  { days, roll = 'none' }: { readonly days: number; readonly roll?: Roll },
): LocalDate {
  const count = businessDayCount(calendar);
  const start = rolled(dayOf(date), roll, count);
  if (days === 0) return dateOf(start);
  const index = days > 0 ? count.before(start + 1) + days - 1 : count.before(start) + days;
  return dateOf(inRange(count.nth(index)));
}

/**
 * The date that many days later, earlier when negative.
 * @throws CalendarError when the count leaves the years 1 to 9999.
 */
export function addDays(date: LocalDate, days: number): LocalDate {
  const day = dayOf(date) + days;
  return dateOf(inRange(day >= firstDay && day <= lastDay ? day : undefined));
}

/** How many business days lie in `[from, to)`; minus those of `[to, from)` when `from` is later. */
export function businessDaysBetween(calendar: Calendar, from: LocalDate, to: LocalDate): number {
  const { before } = businessDayCount(calendar);
  return before(dayOf(to)) - before(dayOf(from));
}

function rolled(day: number, roll: Roll, { works, before, nth }: BusinessDayCount): number {
  if (roll === 'none' || works(day)) return day;
  return inRange(nth(roll === 'forward' ? before(day) : before(day) - 1));
}

function inRange(day: number | undefined): number {
  if (day !== undefined) return day;
  throw new CalendarError('out-of-range', 'the count leaves the years 1 to 9999', 'days');
}
