import type { RuleTime } from './calendar-document.ts';
import { localMsOf, minutesOf } from './local-time.ts';
import { shown, type ProblemList, type RawFields } from './problem-list.ts';
import { readSelector, type SelectorContext } from './validate-selector.ts';

const minutesADay = 24 * 60;

/** Ten years; each look at a rule goes back that far. */
const mostPlusDays = 3660;

/** When a rule holds: one span of wall clock time, or hours of selected dates. */
export function readRuleTime(
  fields: RawFields,
  path: string,
  context: SelectorContext,
): RuleTime | undefined {
  const timed = ['on', 'from', 'to', 'plusDays'].filter((each) => fields[each] !== undefined);
  if (fields['between'] === undefined && timed.length === 0) {
    context.problems.add('no-time', path, `${path} needs "between", "on", or "from" and "to"`);
    return undefined;
  }
  if (fields['between'] === undefined) return readDays(fields, path, context);
  const recurring = fields['replace'] === undefined ? timed : [...timed, 'replace'];
  for (const each of recurring) {
    context.problems.add(
      'between-stands-alone',
      `${path}.${each}`,
      `a rule with "between" has no "${each}"`,
    );
  }
  return readBetween(fields['between'], `${path}.between`, context.problems);
}

function readBetween(raw: unknown, path: string, problems: ProblemList): RuleTime | undefined {
  if (!Array.isArray(raw) || raw.length !== 2) {
    problems.add('wrong-type', path, `${path} must be a list of two local times`);
    return undefined;
  }
  const [startLocalMs, endLocalMs] = raw.map((each: unknown, index) => {
    const localMs = localMsOf(each);
    if (localMs === undefined) {
      const message = `${shown(each)} is no local time; write "2026-12-15T00:00"`;
      problems.add('bad-local-time', `${path}[${index}]`, message);
    }
    return localMs;
  });
  if (startLocalMs === undefined || endLocalMs === undefined) return undefined;
  if (endLocalMs > startLocalMs) return { kind: 'span', startLocalMs, endLocalMs };
  problems.add('empty-window', path, `${path} must end after it starts`);
  return undefined;
}

function readDays(fields: RawFields, path: string, context: SelectorContext): RuleTime | undefined {
  const on =
    fields['on'] === undefined ? undefined : readSelector(fields['on'], `${path}.on`, context);
  const hours = readHours(fields, path, context.problems);
  if (!hours || (fields['on'] !== undefined && !on)) return undefined;
  return { kind: 'days', ...(on && { on }), ...hours };
}

interface Hours {
  readonly fromMinutes: number;
  readonly toMinutes: number;
}

function readHours(fields: RawFields, path: string, problems: ProblemList): Hours | undefined {
  const { from, to, plusDays } = fields;
  const days = readPlusDays(plusDays, `${path}.plusDays`, problems);
  if (from === undefined && to === undefined) {
    if (plusDays === undefined) return { fromMinutes: 0, toMinutes: minutesADay };
    problems.add('required', `${path}.from`, `${path}.plusDays needs "from" and "to"`);
    return undefined;
  }
  const fromMinutes = readTimeOfDay(from, `${path}.from`, problems);
  const toMinutes = readTimeOfDay(to, `${path}.to`, problems, { endOfDay: true });
  if (fromMinutes === undefined || toMinutes === undefined || days === null) return undefined;
  return hoursOf({ fromMinutes, toMinutes, days }, path, problems);
}

function hoursOf(
  { fromMinutes, toMinutes, days }: Hours & { days: number | undefined },
  path: string,
  problems: ProblemList,
): Hours | undefined {
  const plusDays = days ?? (toMinutes < fromMinutes ? 1 : 0);
  const end = toMinutes + plusDays * minutesADay;
  if (end > fromMinutes) return { fromMinutes, toMinutes: end };
  const message =
    days === undefined
      ? `${path} is empty: "from" equals "to"; write "00:00" and "24:00" for a whole day, or plusDays`
      : `${path} ends before it starts; raise plusDays`;
  problems.add('empty-window', path, message);
  return undefined;
}

/** `HH:MM`; `24:00` only where a window ends. */
export function readTimeOfDay(
  raw: unknown,
  path: string,
  problems: ProblemList,
  options: { endOfDay?: boolean } = {},
): number | undefined {
  const minutes = minutesOf(raw);
  if (minutes !== undefined && (minutes < minutesADay || options.endOfDay === true)) return minutes;
  if (raw === undefined) {
    problems.add('required', path, `${path} is missing; "from" and "to" go together`);
  } else problems.add('bad-time', path, `${shown(raw)} is no time of day here; write "20:00"`);
  return undefined;
}

/** Nothing when it is absent, null when it is wrong. */
function readPlusDays(
  raw: unknown,
  path: string,
  problems: ProblemList,
): number | undefined | null {
  if (raw === undefined) return undefined;
  return problems.wholeNumber(raw, path, { least: 0, most: mostPlusDays }) ?? null;
}
