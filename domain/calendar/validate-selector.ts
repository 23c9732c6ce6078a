import type { DaySelector, HolidaySets } from './calendar-document.ts';
import { shown, type ProblemList } from './problem-list.ts';
import {
  readEvery,
  readMonthDays,
  readMonthly,
  readMonths,
  readWeekday,
  readWeekdays,
  readYearly,
} from './validate-recurrence.ts';

/** What a selector may refer to. */
export interface SelectorContext {
  readonly problems: ProblemList;
  readonly holidays: HolidaySets;
  /** In how many selectors this one lies; absent = none. */
  readonly depth?: number;
}

type SelectorReader = (
  raw: unknown,
  path: string,
  context: SelectorContext,
) => DaySelector | undefined;

const readers: Readonly<Record<string, SelectorReader>> = {
  weekdays: (raw, path, { problems }) => ({
    kind: 'weekdays',
    weekdays: readWeekdays(raw, path, problems),
  }),
  monthly: (raw, path, { problems }) => readMonthly(raw, path, problems),
  monthDays: (raw, path, { problems }) => readMonthDays(raw, path, problems),
  months: (raw, path, { problems }) => ({
    kind: 'months',
    months: readMonths(raw, path, problems),
  }),
  yearly: (raw, path, { problems }) => readYearly(raw, path, problems),
  dates: (raw, path, { problems }) => ({ kind: 'dates', dates: problems.dates(raw, path) }),
  every: (raw, path, { problems }) => readEvery(raw, path, problems),
  holidays: readHolidays,
  offset: readOffset,
  next: (raw, path, context) => readNearest('next', raw, { path, context }),
  previous: (raw, path, context) => readNearest('previous', raw, { path, context }),
  all: (raw, path, context) => ({ kind: 'all', of: readSelectors(raw, path, context) }),
  any: (raw, path, context) => ({ kind: 'any', of: readSelectors(raw, path, context) }),
  not: readNot,
};

const names = Object.keys(readers);

/** Deeper than anybody writes by hand, and far from where reading would run out of stack. */
const mostDepth = 64;

/** Reads a selector, which has exactly one key; nothing when it cannot be read. */
export function readSelector(
  raw: unknown,
  path: string,
  context: SelectorContext,
): DaySelector | undefined {
  const { problems, depth = 0 } = context;
  if (depth > mostDepth) {
    problems.add('too-deep', path, `selectors are nested more than ${mostDepth} deep here`);
    return undefined;
  }
  const fields = problems.admitsPart(path) ? problems.fields(raw, path, names) : undefined;
  if (!fields) return undefined;
  const keys = Object.keys(fields);
  if (keys.length !== 1) {
    problems.add('one-selector', path, `${path} must have exactly one key`);
  }
  const deeper = { ...context, depth: depth + 1 };
  const read = keys.map((key) =>
    Object.hasOwn(readers, key) ? readers[key]?.(fields[key], `${path}.${key}`, deeper) : undefined,
  );
  return keys.length === 1 ? read[0] : undefined;
}

function readHolidays(raw: unknown, path: string, context: SelectorContext): DaySelector {
  const set = typeof raw === 'string' ? raw : '';
  if (!Object.hasOwn(context.holidays, set)) {
    context.problems.add(
      'unknown-set',
      path,
      `${shown(raw)} names no holiday set; define it under "holidays"`,
    );
  }
  return { kind: 'holidays', set };
}

function readSelectors(
  raw: unknown,
  path: string,
  context: SelectorContext,
): readonly DaySelector[] {
  return context.problems.list(raw, path, (each, at) => readSelector(each, at, context));
}

function readNot(raw: unknown, path: string, context: SelectorContext): DaySelector | undefined {
  const of = readSelector(raw, path, context);
  return of && { kind: 'not', of };
}

function readNearest(
  kind: 'next' | 'previous',
  raw: unknown,
  { path, context }: { readonly path: string; readonly context: SelectorContext },
): DaySelector | undefined {
  const fields = context.problems.fields(raw, path, ['weekday', 'from']);
  if (!fields) return undefined;
  const weekday = readWeekday(fields['weekday'], `${path}.weekday`, context.problems);
  const from = readSelector(fields['from'], `${path}.from`, context);
  return weekday && from && { kind, weekday, from };
}

const offsetUnits = ['days', 'months', 'businessDays'] as const;

/** Far more than the years 1 to 9999 have. */
const mostOffset = 10_000_000;

function readOffset(raw: unknown, path: string, context: SelectorContext): DaySelector | undefined {
  const { problems } = context;
  const fields = problems.fields(raw, path, [...offsetUnits, 'from']);
  if (!fields) return undefined;
  const given = offsetUnits.filter((each) => fields[each] !== undefined);
  if (given.length !== 1) {
    problems.add('one-unit', path, `${path} needs exactly one of ${offsetUnits.join(', ')}`);
  }
  const limits = { least: -mostOffset, most: mostOffset };
  const counts = given.map((unit) => {
    const count = problems.wholeNumber(fields[unit], `${path}.${unit}`, limits);
    if (unit !== 'businessDays' || count !== 0) return count;
    problems.add('bad-number', `${path}.${unit}`, `${path}.${unit} must not be 0`);
    return undefined;
  });
  const from = readSelector(fields['from'], `${path}.from`, context);
  const [unit, ...others] = given;
  const [count] = counts;
  if (unit === undefined || others.length > 0 || count === undefined || !from) return undefined;
  return { kind: 'offset', unit, count, from };
}
