import type { LocalDate } from '../instant.ts';
import type { DaySelector } from './calendar-document.ts';
import { isLocalDate, weekdays, type Weekday } from './local-time.ts';
import { shown, type ProblemList, type RawFields } from './problem-list.ts';

/** A list of days of the week. */
export function readWeekdays(
  raw: unknown,
  path: string,
  problems: ProblemList,
): readonly Weekday[] {
  return problems.list(raw, path, (each, at) => readWeekday(each, at, problems));
}

/** One day of the week. */
export function readWeekday(
  raw: unknown,
  path: string,
  problems: ProblemList,
): Weekday | undefined {
  const weekday = weekdays.find((each) => each === raw);
  if (weekday === undefined) {
    const message = `${shown(raw)} is no day of the week; write mon, tue, wed, thu, fri, sat or sun`;
    problems.add('bad-weekday', path, message);
  }
  return weekday;
}

/** The nth weekday of months. */
export function readMonthly(
  raw: unknown,
  path: string,
  problems: ProblemList,
): DaySelector | undefined {
  const fields = problems.fields(raw, path, ['nth', 'weekday', 'months']);
  if (!fields) return undefined;
  const nth = readCounted(fields['nth'], `${path}.nth`, { problems, most: 5 });
  const weekday = readWeekday(fields['weekday'], `${path}.weekday`, problems);
  const months =
    fields['months'] === undefined
      ? {}
      : { months: readMonths(fields['months'], `${path}.months`, problems) };
  if (nth === undefined || weekday === undefined) return undefined;
  return { kind: 'monthly', nth, weekday, ...months };
}

/** Days of the month, negative ones from its end. */
export function readMonthDays(raw: unknown, path: string, problems: ProblemList): DaySelector {
  const days = problems.list(raw, path, (each, at) =>
    readCounted(each, at, { problems, most: 31 }),
  );
  return { kind: 'monthDays', days };
}

/** Months of the year, 1 to 12. */
export function readMonths(raw: unknown, path: string, problems: ProblemList): readonly number[] {
  return problems.list(raw, path, (each, at) =>
    problems.wholeNumber(each, at, { least: 1, most: 12 }),
  );
}

/** A span of each year. */
export function readYearly(
  raw: unknown,
  path: string,
  problems: ProblemList,
): DaySelector | undefined {
  const fields = problems.fields(raw, path, ['from', 'to']);
  if (!fields) return undefined;
  const from = readMonthAndDay(fields['from'], `${path}.from`, problems);
  const to = readMonthAndDay(fields['to'], `${path}.to`, problems);
  return from !== undefined && to !== undefined ? { kind: 'yearly', from, to } : undefined;
}

/** Far more than the years 1 to 9999 have. */
const mostDays = 10_000_000;

/** A cadence anchored at a date, in days or in weeks. */
export function readEvery(
  raw: unknown,
  path: string,
  problems: ProblemList,
): DaySelector | undefined {
  const fields = problems.fields(raw, path, ['days', 'weeks', 'since']);
  if (!fields) return undefined;
  const days = readStep(fields, path, problems);
  const since = readDate(fields['since'], `${path}.since`, problems);
  return days !== undefined && since !== undefined ? { kind: 'every', days, since } : undefined;
}

function readStep(fields: RawFields, path: string, problems: ProblemList): number | undefined {
  const limits = { least: 1, most: mostDays };
  const [days, weeks] = (['days', 'weeks'] as const).map((unit) =>
    fields[unit] === undefined
      ? undefined
      : problems.wholeNumber(fields[unit], `${path}.${unit}`, limits),
  );
  if ((fields['days'] === undefined) === (fields['weeks'] === undefined)) {
    problems.add('one-unit', path, `${path} needs exactly one of days, weeks`);
    return undefined;
  }
  return days ?? (weeks === undefined ? undefined : weeks * 7);
}

function readDate(raw: unknown, path: string, problems: ProblemList): LocalDate | undefined {
  return problems.isDate(raw, path) ? raw : undefined;
}

/** 1, 2, 3, … from the start, or -1, -2, -3, … from the end. */
function readCounted(
  raw: unknown,
  path: string,
  { problems, most }: { readonly problems: ProblemList; readonly most: number },
): number | undefined {
  const distance = Number.isInteger(raw) ? Math.abs(Number(raw)) : 0;
  if (distance >= 1 && distance <= most) return Number(raw);
  problems.add('bad-number', path, `${path} must be 1 to ${most}, or -1 to -${most} from the end`);
  return undefined;
}

/** `MM-DD`; 29 February is one. */
function readMonthAndDay(raw: unknown, path: string, problems: ProblemList): string | undefined {
  if (typeof raw === 'string' && isLocalDate(`2028-${raw}`)) return raw;
  problems.add('bad-date', path, `${shown(raw)} is no day of a year; write "12-15"`);
  return undefined;
}
