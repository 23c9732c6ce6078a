import type { DaySelector, HolidaySets } from './calendar-document.ts';
import { weekdays, type Weekday } from './local-time.ts';
import { shown, type ProblemList, type RawFields } from './problem-list.ts';

/** What a selector may refer to. */
export interface SelectorContext {
  readonly problems: ProblemList;
  readonly holidays: HolidaySets;
}

type SelectorReader = (raw: unknown, path: string, context: SelectorContext) => DaySelector;

const readers: Readonly<Record<string, SelectorReader>> = {
  weekdays: (raw, path, { problems }) => ({
    kind: 'weekdays',
    weekdays: readWeekdays(raw, path, problems),
  }),
  dates: (raw, path, { problems }) => ({ kind: 'dates', dates: problems.dates(raw, path) }),
  holidays: readHolidays,
};

const later = [
  'monthly',
  'monthDays',
  'months',
  'yearly',
  'every',
  'offset',
  'next',
  'previous',
  'all',
  'any',
  'not',
];

/** Reads a selector, which has exactly one key; nothing when it cannot be read. */
export function readSelector(
  raw: unknown,
  path: string,
  context: SelectorContext,
): DaySelector | undefined {
  const fields = context.problems.fields(raw, path, [...Object.keys(readers), ...later]);
  if (!fields) return undefined;
  const keys = Object.keys(fields);
  if (keys.length !== 1) {
    context.problems.add('one-selector', path, `${path} must have exactly one key`);
    return undefined;
  }
  return readByKey(fields, keys[0] ?? '', { path, context });
}

/** A list of days of the week. */
export function readWeekdays(
  raw: unknown,
  path: string,
  problems: ProblemList,
): readonly Weekday[] {
  return problems.texts(raw, path).filter((each, index): each is Weekday => {
    if ((weekdays as readonly string[]).includes(each)) return true;
    problems.add(
      'bad-weekday',
      `${path}[${index}]`,
      `"${each}" is no day of the week; write mon, tue, wed, thu, fri, sat or sun`,
    );
    return false;
  });
}

function readByKey(
  fields: RawFields,
  key: string,
  { path, context }: { path: string; context: SelectorContext },
): DaySelector | undefined {
  if (later.includes(key)) context.problems.refuseLater(`${path}.${key}`);
  return Object.hasOwn(readers, key)
    ? readers[key]?.(fields[key], `${path}.${key}`, context)
    : undefined;
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
