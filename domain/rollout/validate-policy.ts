import { isDuration } from '../duration.ts';
import { consents, noAnswerRules, type Policy } from './policy.ts';

/** One thing that is wrong with a policy, and where. */
export interface PolicyProblem {
  readonly path: string;
  readonly message: string;
}

type Check = (value: unknown, path: string) => readonly PolicyProblem[];

/** What each field of a policy must look like; a field that is not named here is refused. */
const fieldChecks: Readonly<Record<keyof Policy, Check>> = {
  name: matching(/^[a-z0-9][a-z0-9-]{0,59}$/, 'lower-case letters, digits and "-"'),
  title: matching(/\S/, 'a text'),
  calendar: (value, path) => (value === null ? [] : aText(value, path)),
  previewRequired: aBoolean,
  consent: oneOf(consents),
  reportersConsent: optional(oneOf(consents)),
  noAnswerRule: oneOf(noAnswerRules),
  answerWithin: aLead,
  lead: aLead,
  worstCase: aLength,
  previewAllowance: aDuration,
  observation: aDuration,
  thresholdPercent: wholeNumber(1, 100),
  cohorts: cohortRules,
  maxInFlight: wholeNumber(1, 1_000),
  previewMaxInFlight: optional(wholeNumber(1, 1_000)),
  previewCalendar: optional(aText),
  clientMoves: optional(clientMoves),
  pauseAfterFailures: wholeNumber(1, 1_000),
  latestDateDays: wholeNumber(1, 730),
  missed: oneOf(['ask', 'plan-again']),
  undoTime: aDuration,
  probes: probeTimes,
  operationDeadline: aLength,
};

/** Everything that is wrong with a policy document; an empty list when it may be saved. */
export function validatePolicy(raw: unknown): readonly PolicyProblem[] {
  return checkFields(raw, '', fieldChecks);
}

/** The same for cohort rules alone, which an order may bring instead of the policy's. */
export function validateCohortRules(raw: unknown): readonly PolicyProblem[] {
  return cohortRules(raw, 'cohorts');
}

function checkFields(
  raw: unknown,
  path: string,
  checks: Readonly<Record<string, Check>>,
): readonly PolicyProblem[] {
  if (typeof raw !== 'object' || raw === null || Array.isArray(raw)) {
    return [{ path, message: `${path || 'the policy'} must be an object` }];
  }
  const fields = new Map(Object.entries(raw));
  const pathOf = (name: string): string => (path === '' ? name : `${path}.${name}`);
  const unknown = [...fields.keys()]
    .filter((name) => !Object.hasOwn(checks, name))
    .map((name) => ({ path: pathOf(name), message: `"${name}" is no field here` }));
  const wrong = Object.entries(checks).flatMap(([name, check]) =>
    check(fields.get(name), pathOf(name)),
  );
  return [...unknown, ...wrong];
}

const cohortChecks: Readonly<Record<string, Check>> = {
  name: matching(/\S/, 'a text'),
  tags: optional(listOfTexts),
  reporters: optional(aBoolean),
  rest: optional(aBoolean),
  maxInFlight: optional(wholeNumber(1, 1_000)),
};

function cohortRules(raw: unknown, path: string): readonly PolicyProblem[] {
  if (!Array.isArray(raw) || raw.length === 0) {
    return [{ path, message: 'must be a list with at least one cohort' }];
  }
  const rules = raw as readonly unknown[];
  const problems = rules.flatMap((rule, index) =>
    checkFields(rule, `${path}[${index}]`, cohortChecks),
  );
  if (problems.length > 0) return problems;
  const rests = rules.map((rule) => (rule as { rest?: boolean }).rest === true);
  // Otherwise a client could fall through every rule and be left out without a word.
  if (rests.filter(Boolean).length === 1 && rests.at(-1) === true) return namesOnce(rules, path);
  return [{ path, message: 'the last cohort, and only that one, must take the rest (rest: true)' }];
}

function namesOnce(rules: readonly unknown[], path: string): readonly PolicyProblem[] {
  const names = rules.map((rule) => (rule as { name: string }).name);
  return names.flatMap((name, index) =>
    names.indexOf(name) === index
      ? []
      : [
          {
            path: `${path}[${index}].name`,
            message: `"${name}" is the name of another cohort too`,
          },
        ],
  );
}

function probeTimes(raw: unknown, path: string): readonly PolicyProblem[] {
  return checkFields(raw, path, { times: wholeNumber(1, 20), interval: aDuration });
}

function clientMoves(raw: unknown, path: string): readonly PolicyProblem[] {
  return checkFields(raw, path, {
    times: wholeNumber(0, 100),
    noticeHours: wholeNumber(0, 8_784),
    latestDays: wholeNumber(1, 730),
  });
}

function aLead(raw: unknown, path: string): readonly PolicyProblem[] {
  const form = 'write one of { businessDays }, { days }, { hours } or { duration }';
  if (typeof raw !== 'object' || raw === null) return [{ path, message: form }];
  const [[unit, amount] = ['', null], ...others] = Object.entries(raw);
  if (others.length > 0) return [{ path, message: form }];
  if (unit === 'duration') return aDuration(amount, `${path}.duration`);
  if (!['businessDays', 'days', 'hours'].includes(unit)) return [{ path, message: form }];
  return wholeNumber(0, 366)(amount, `${path}.${unit}`);
}

function aDuration(raw: unknown, path: string): readonly PolicyProblem[] {
  if (typeof raw === 'string' && isDuration(raw)) return [];
  return [{ path, message: 'must be a duration such as PT45M or P1D' }];
}

/** A duration that is longer than nothing. */
function aLength(raw: unknown, path: string): readonly PolicyProblem[] {
  const problems = aDuration(raw, path);
  if (problems.length > 0 || /[1-9]/.test(String(raw))) return problems;
  return [{ path, message: 'must be longer than nothing' }];
}

function aText(raw: unknown, path: string): readonly PolicyProblem[] {
  return typeof raw === 'string' && raw !== '' ? [] : [{ path, message: 'must be a text' }];
}

function aBoolean(raw: unknown, path: string): readonly PolicyProblem[] {
  return typeof raw === 'boolean' ? [] : [{ path, message: 'must be true or false' }];
}

function listOfTexts(raw: unknown, path: string): readonly PolicyProblem[] {
  if (!Array.isArray(raw) || raw.length === 0) {
    return [{ path, message: 'must be a list of texts, or left out' }];
  }
  return raw.flatMap((each, index) => aText(each, `${path}[${index}]`));
}

function matching(form: RegExp, what: string): Check {
  return (raw, path) =>
    typeof raw === 'string' && form.test(raw) ? [] : [{ path, message: `must be ${what}` }];
}

function oneOf(words: readonly string[]): Check {
  return (raw, path) =>
    typeof raw === 'string' && words.includes(raw)
      ? []
      : [{ path, message: `must be one of ${words.join(', ')}` }];
}

function wholeNumber(least: number, most: number): Check {
  return (raw, path) =>
    Number.isInteger(raw) && Number(raw) >= least && Number(raw) <= most
      ? []
      : [{ path, message: `must be a whole number from ${least} to ${most}` }];
}

function optional(check: Check): Check {
  return (raw, path) => (raw === undefined ? [] : check(raw, path));
}
