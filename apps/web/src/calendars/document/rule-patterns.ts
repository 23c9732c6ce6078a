import type { CalendarDocument, RuleDocument } from './calendar-document.ts';
import { coveragePatternOf, ruleAt, rulesOf, type RulePlace } from './edit-document.ts';
import {
  dayBefore,
  type MonthlyPattern,
  monthlyRules,
  type PeriodEndPattern,
  periodEndRule,
  type SpanPattern,
  spanRule,
  type WeeklyPattern,
  weeklyRule,
} from './patterns.ts';
import { isSame } from './same-document.ts';

export type PatternName = 'weekly' | 'monthly' | 'period-end' | 'span' | 'holidays' | 'coverage';

/** The form in which something was entered, with the rule that is filled in; null = none yet. */
export interface RuleForm {
  readonly pattern: PatternName;
  readonly place: RulePlace | null;
}

/** The form that a rule can be changed in without losing anything it says; null = the file alone can. */
export function formOfRule(document: CalendarDocument, place: RulePlace): RuleForm | null {
  const rule = ruleAt(document, place);
  if (rule === null) return null;
  if (place.list === 'allow') {
    if (weeklyPatternOf(rule) !== null) return { pattern: 'weekly', place };
    return monthlyPatternOf(document, place) === null ? null : { pattern: 'monthly', place };
  }
  if (periodEndPatternOf(rule) !== null) return { pattern: 'period-end', place };
  if (spanPatternOf(rule, leapYear) !== null) return { pattern: 'span', place };
  if (holidaySetOf(rule) !== null) return { pattern: 'holidays', place };
  return formOfCounterpart(document, place);
}

/** The form of the coverage; null = it says more than the form can. */
export function formOfCoverage({ coverage }: CalendarDocument): RuleForm | null {
  const isPlain = coverage === undefined || coveragePatternOf(coverage) !== null;
  return isPlain ? { pattern: 'coverage', place: null } : null;
}

/** The weekdays that a rule allows, as their form shows them. */
export function weeklyPatternOf(rule: RuleDocument): WeeklyPattern | null {
  const { on, from, to } = rule;
  if (on === undefined || !('weekdays' in on) || !isClock(from) || !isClock(to)) return null;
  const pattern = { ...audienceOf(rule), weekdays: on.weekdays, from, to };
  return isWhole(rule, weeklyRule(pattern)) ? pattern : null;
}

/** The weekday of the month that a rule allows, and whether another rule makes it the only one. */
export function monthlyPatternOf(
  document: CalendarDocument,
  place: RulePlace,
): MonthlyPattern | null {
  const rule = ruleAt(document, place);
  if (rule?.on === undefined || !('monthly' in rule.on)) return null;
  const { on, from, to } = rule;
  if (!isClock(from) || !isClock(to)) return null;
  const { nth, weekday, months = [] } = on.monthly;
  const isOnly = counterpartOf(document, place) !== null;
  const pattern = { ...audienceOf(rule), nth, weekday, months, from, to, isOnly };
  return isWhole(rule, monthlyRules(pattern).allow) ? pattern : null;
}

/** The rule that closes all other days for the clients of a monthly rule; null = there is none. */
export function counterpartOf(document: CalendarDocument, { index }: RulePlace): RulePlace | null {
  const rule = rulesOf(document, 'allow')[index];
  if (rule?.on === undefined || !('monthly' in rule.on)) return null;
  const { nth, weekday, months = [] } = rule.on.monthly;
  const hours = { from: '', to: '' };
  const pattern = { ...audienceOf(rule), nth, weekday, months, ...hours, isOnly: true };
  const { deny } = monthlyRules(pattern);
  const found = rulesOf(document, 'deny').findIndex((each) => isSame(each, deny));
  return found < 0 ? null : { list: 'deny', index: found };
}

/** The business days at the edge of a period that a rule closes. */
export function periodEndPatternOf(rule: RuleDocument): PeriodEndPattern | null {
  const { on, name = '' } = rule;
  if (on === undefined) return null;
  const count = 'any' in on ? on.any.length : 1;
  const all = edges.map((edge): PeriodEndPattern => ({ name, count, ...edge }));
  return all.find((pattern) => isWhole(rule, periodEndRule(pattern))) ?? null;
}

/** The span that a rule closes; one of every year is shown in the year that is given. */
export function spanPatternOf(rule: RuleDocument, year: number): SpanPattern | null {
  const { name = '', kinds = [] } = rule;
  const pattern = spanOf(rule, year);
  if (pattern === null) return null;
  const whole = { ...pattern, name, kinds };
  return isWhole(rule, spanRule(whole)) ? whole : null;
}

/** The holiday set that a rule closes for whole days; null = the rule does something else. */
export function holidaySetOf(rule: RuleDocument): string | null {
  const { on, name } = rule;
  if (on === undefined || !('holidays' in on)) return null;
  return isSame(rule, { name, on }) ? on.holidays : null;
}

/** Every day of any year exists in it. */
const leapYear = 2028;

const edges = (['last', 'first'] as const).flatMap((edge) =>
  (['month', 'quarter', 'year'] as const).map((period) => ({ edge, period })),
);

/** A rule that closes all but one day of the month is changed where that day is allowed. */
function formOfCounterpart(document: CalendarDocument, place: RulePlace): RuleForm | null {
  const index = rulesOf(document, 'allow').findIndex(
    (_, each) => counterpartOf(document, { list: 'allow', index: each })?.index === place.index,
  );
  return index < 0 ? null : formOfRule(document, { list: 'allow', index });
}

/** Whether a form would write exactly this rule again; a rule without a name gets one in the form. */
function isWhole(rule: RuleDocument, written: RuleDocument): boolean {
  return isSame({ ...rule, name: rule.name ?? '' }, written);
}

function audienceOf({
  name = '',
  kinds = [],
  tags = [],
}: RuleDocument): Pick<WeeklyPattern, 'name' | 'kinds' | 'tags'> {
  return { name, kinds, tags };
}

/** A field for a time of day knows no 24:00. */
function isClock(time: string | undefined): time is string {
  return time !== undefined && /^([01]\d|2[0-3]):[0-5]\d$/.test(time);
}

function spanOf(
  { on, between }: RuleDocument,
  year: number,
): Pick<SpanPattern, 'repeats' | 'from' | 'to'> | null {
  if (between !== undefined) {
    const [from, to] = between;
    const areDays = from.endsWith('T00:00') && to.endsWith('T00:00');
    return areDays
      ? { repeats: 'once', from: from.slice(0, 10), to: dayBefore(to.slice(0, 10)) }
      : null;
  }
  if (on === undefined || !('yearly' in on)) return null;
  const { from, to } = on.yearly;
  const shown = [from, to].includes('02-29') ? leapYear : year;
  const isOverNewYear = to < from;
  return {
    repeats: 'yearly',
    from: `${shown}-${from}`,
    to: `${isOverNewYear ? shown + 1 : shown}-${to}`,
  };
}
