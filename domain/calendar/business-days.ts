import type { LocalDate } from '../instant.ts';
import type { Calendar } from './calendar-document.ts';
import { CalendarError } from './calendar-error.ts';
import { dateOf, dayOf, weekdayOf, type Weekday } from './local-time.ts';

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
  if (businessDayTest(calendar)(dayOf(date))) return { businessDay: true };
  const holiday = calendar.businessDays.except.find((set) =>
    calendar.holidays[set]?.includes(date),
  );
  return { businessDay: false, ...(holiday !== undefined && { holiday }) };
}

/**
 * The date that many business days later, earlier when negative. A start that is no business day is rolled
 * first; with `none` counting starts from it.
 * @throws CalendarError when the calendar has not that many business days.
 */
export function addBusinessDays(
  calendar: Calendar,
  date: LocalDate,
  { days, roll = 'none' }: { readonly days: number; readonly roll?: Roll },
): LocalDate {
  const works = businessDayTest(calendar);
  let day = dayOf(date);
  if (roll !== 'none') {
    const rollBy = roll === 'forward' ? 1 : -1;
    while (!works(day)) day = stepped(day, rollBy);
  }
  const step = days < 0 ? -1 : 1;
  for (let left = Math.abs(days); left > 0;) {
    day = stepped(day, step);
    if (works(day)) left--;
  }
  return dateOf(day);
}

/** How many business days lie in `[from, to)`; minus those of `[to, from)` when `from` is later. */
export function businessDaysBetween(calendar: Calendar, from: LocalDate, to: LocalDate): number {
  if (from > to) return -businessDaysBetween(calendar, to, from) || 0;
  const works = businessDayTest(calendar);
  let count = 0;
  for (let day = dayOf(from); day < dayOf(to); day++) if (works(day)) count++;
  return count;
}

const firstDay = dayOf('0001-01-01' as LocalDate);
const lastDay = dayOf('9999-12-31' as LocalDate);

function stepped(day: number, by: number): number {
  const next = day + by;
  if (next >= firstDay && next <= lastDay) return next;
  throw new CalendarError('out-of-range', 'the count leaves the years 1 to 9999', 'days');
}

interface BusinessDayLookup {
  readonly weekdays: ReadonlySet<Weekday>;
  readonly extra: ReadonlySet<number>;
  readonly off: ReadonlySet<number>;
}

const lookups = new WeakMap<Calendar, BusinessDayLookup>();

function businessDayTest(calendar: Calendar): (day: number) => boolean {
  const { weekdays, extra, off } = lookups.get(calendar) ?? newLookup(calendar);
  return (day) => extra.has(day) || (weekdays.has(weekdayOf(day)) && !off.has(day));
}

function newLookup(calendar: Calendar): BusinessDayLookup {
  const { weekdays, extra, except } = calendar.businessDays;
  const lookup = {
    weekdays: new Set(weekdays),
    extra: new Set(extra.map(dayOf)),
    off: new Set(except.flatMap((set) => (calendar.holidays[set] ?? []).map(dayOf))),
  };
  lookups.set(calendar, lookup);
  return lookup;
}
