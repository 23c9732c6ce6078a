import {
  type BusinessDays,
  type Calendar,
  type CalendarProblem,
  type CalendarReading,
  type CalendarRule,
  type HolidaySets,
  usualBusinessDays,
} from './calendar-document.ts';
import { ProblemList, shown, type RawFields } from './problem-list.ts';
import { readCoverage } from './validate-coverage.ts';
import { readRule } from './validate-rule.ts';
import { readTimeOfDay } from './validate-rule-time.ts';
import { readWeekdays } from './validate-recurrence.ts';
import type { SelectorContext } from './validate-selector.ts';
import { isZone } from './zone.ts';

const fieldNames = ['calendar', 'zone', 'allow', 'deny', 'holidays', 'businessDays', 'coverage'];
const readings = new WeakMap<object, CalendarReading>();

/** Reads a calendar document from any parsed JSON or YAML. The same object is read once. */
export function readCalendar(raw: unknown): CalendarReading {
  if (typeof raw !== 'object' || raw === null) return readDocument(raw);
  const known = readings.get(raw);
  if (known) return known;
  const reading = readDocument(raw);
  readings.set(raw, reading);
  return reading;
}

/** Everything that is wrong with a calendar document; an empty list when nothing is. */
export function validateCalendar(raw: unknown): readonly CalendarProblem[] {
  const reading = readDocument(raw);
  return reading.kind === 'readable' ? [] : reading.problems;
}

function readDocument(raw: unknown): CalendarReading {
  const problems = new ProblemList();
  const fields = problems.fields(raw, '', fieldNames);
  const calendar = fields && calendarOf(fields, problems);
  return calendar && problems.problems.length === 0
    ? { kind: 'readable', calendar }
    : { kind: 'unreadable', problems: asWritten(problems.problems, Object.keys(fields ?? {})) };
}

/** In the order of the document, whatever was read first; what is missing comes before. */
function asWritten(
  problems: readonly CalendarProblem[],
  keys: readonly string[],
): readonly CalendarProblem[] {
  const place = ({ path }: CalendarProblem): number =>
    keys.indexOf(/^[^.[]*/.exec(path)?.[0] ?? '');
  return [...problems].sort((a, b) => place(a) - place(b));
}

function calendarOf(fields: RawFields, problems: ProblemList): Calendar {
  const holidays = readHolidaySets(fields['holidays'], problems);
  const context = { problems, holidays };
  return {
    name: readCalendarName(fields['calendar'], problems),
    zone: readZone(fields['zone'], problems),
    allow: fields['allow'] === 'always' ? 'always' : readRules(fields['allow'], 'allow', context),
    deny: readRules(fields['deny'], 'deny', context),
    holidays,
    businessDays: readBusinessDays(fields['businessDays'], context),
    coverage: readCoverage(fields['coverage'], context),
  };
}

function readCalendarName(raw: unknown, problems: ProblemList): string {
  if (raw === undefined) return 'calendar';
  if (typeof raw === 'string' && raw !== '') return raw;
  problems.add('wrong-type', 'calendar', 'calendar must be a name');
  return 'calendar';
}

function readZone(raw: unknown, problems: ProblemList): string {
  if (raw === undefined) {
    problems.add('required', 'zone', 'zone is missing; write America/Toronto, -05:00 or client');
  } else if (typeof raw !== 'string' || (raw !== 'client' && !isZone(raw))) {
    problems.add(
      'unknown-zone',
      'zone',
      `${shown(raw)} is no zone; write an IANA name such as America/Toronto, an offset such as -05:00, or client`,
    );
  }
  return String(raw);
}

function readRules(raw: unknown, path: string, context: SelectorContext): readonly CalendarRule[] {
  if (raw === undefined) return [];
  if (!Array.isArray(raw)) {
    const expected = path === 'allow' ? 'a list of rules, or "always"' : 'a list of rules';
    context.problems.add('wrong-type', path, `${path} must be ${expected}`);
    return [];
  }
  return raw
    .map((each, index) => readRule(each, `${path}[${index}]`, context))
    .filter((each) => each !== undefined);
}

function readHolidaySets(raw: unknown, problems: ProblemList): HolidaySets {
  if (raw === undefined) return {};
  const names = typeof raw === 'object' && raw !== null ? Object.keys(raw) : [];
  const fields = problems.fields(raw, 'holidays', names);
  return Object.fromEntries(
    Object.entries(fields ?? {}).map(([name, dates]) => [
      name,
      problems.dates(dates, `holidays.${name}`),
    ]),
  );
}

function readBusinessDays(raw: unknown, { problems, holidays }: SelectorContext): BusinessDays {
  const fields =
    raw === undefined
      ? {}
      : (problems.fields(raw, 'businessDays', ['weekdays', 'except', 'extra', 'hours']) ?? {});
  const { weekdays, except = [], extra } = fields;
  const sets = problems.texts(except, 'businessDays.except', { mayBeEmpty: true });
  sets.forEach((each, index) => {
    if (Object.hasOwn(holidays, each)) return;
    const message = `"${each}" names no holiday set; define it under "holidays"`;
    problems.add('unknown-set', `businessDays.except[${index}]`, message);
  });
  return {
    weekdays:
      weekdays === undefined
        ? usualBusinessDays.weekdays
        : readWeekdays(weekdays, 'businessDays.weekdays', problems),
    except: sets,
    extra:
      extra === undefined ? [] : problems.dates(extra, 'businessDays.extra', { mayBeEmpty: false }),
    ...readBusinessHours(fields['hours'], problems),
  };
}

function readBusinessHours(
  raw: unknown,
  problems: ProblemList,
): { readonly fromMinutes: number; readonly toMinutes: number } {
  const { fromMinutes: usualFrom, toMinutes: usualTo } = usualBusinessDays;
  const usual = { fromMinutes: usualFrom, toMinutes: usualTo };
  if (raw === undefined) return usual;
  const path = 'businessDays.hours';
  const fields = problems.fields(raw, path, ['from', 'to']);
  if (!fields) return usual;
  const fromMinutes = readTimeOfDay(fields['from'], `${path}.from`, problems);
  const toMinutes = readTimeOfDay(fields['to'], `${path}.to`, problems, { endOfDay: true });
  if (fromMinutes === undefined || toMinutes === undefined) return usual;
  if (fromMinutes < toMinutes) return { fromMinutes, toMinutes };
  problems.add('empty-window', path, `${path} must end after they begin, on the same day`);
  return usual;
}
