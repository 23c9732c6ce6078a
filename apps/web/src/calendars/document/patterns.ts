import type { CoverageDocument, RuleDocument, Selector, Weekday } from './calendar-document.ts';

/** “Tuesday to Thursday evenings.” */
export interface WeeklyPattern {
  readonly name: string;
  readonly weekdays: readonly Weekday[];
  readonly from: string;
  readonly to: string;
  readonly kinds: readonly string[];
  readonly tags: readonly string[];
}

/** “The fourth Thursday, for the big clients.” */
export interface MonthlyPattern extends Omit<WeeklyPattern, 'weekdays'> {
  /** 1 to 5, or -1 for the last. */
  readonly nth: number;
  readonly weekday: Weekday;
  /** Empty = every month. */
  readonly months: readonly number[];
  /** These clients have no other days. */
  readonly isOnly: boolean;
}

export type Period = 'month' | 'quarter' | 'year';

/** “Not in the last three business days of a quarter.” */
export interface PeriodEndPattern {
  readonly name: string;
  readonly edge: 'first' | 'last';
  readonly count: number;
  readonly period: Period;
}

/** “Not between two dates”, once or every year. */
export interface SpanPattern {
  readonly name: string;
  readonly repeats: 'once' | 'yearly';
  /** Dates, both inclusive; of every year only month and day count. */
  readonly from: string;
  readonly to: string;
  readonly kinds: readonly string[];
}

/** The rule that allows some weekdays. */
export function weeklyRule(pattern: WeeklyPattern): RuleDocument {
  const { name, weekdays, from, to } = pattern;
  return { name, ...audienceOf(pattern), on: { weekdays }, from, to };
}

/** What a monthly pattern adds: a rule that allows, and where it is the only one, a rule that closes all else. */
export function monthlyRules(pattern: MonthlyPattern): {
  readonly allow: RuleDocument;
  readonly deny: RuleDocument | null;
} {
  const { name, nth, weekday, months, from, to, isOnly } = pattern;
  const on: Selector = { monthly: { nth, weekday, ...(months.length > 0 ? { months } : {}) } };
  const audience = audienceOf(pattern);
  return {
    allow: { name, ...audience, on, from, to },
    deny: isOnly ? { name: `${name} only`, ...audience, on: { not: on } } : null,
  };
}

/** The rule that closes the first or last business days of each period. */
export function periodEndRule({ name, edge, count, period }: PeriodEndPattern): RuleDocument {
  return { name, on: anyOf(businessDaysAt(edge, count, period)) };
}

/** The rule that closes a span, whole days. */
export function spanRule({ name, repeats, from, to, kinds }: SpanPattern): RuleDocument {
  const audience = audienceOf({ kinds, tags: [] });
  if (repeats === 'yearly') {
    return { name, ...audience, on: { yearly: { from: from.slice(-5), to: to.slice(-5) } } };
  }
  return { name, ...audience, between: [`${from}T00:00`, `${dayAfter(to)}T00:00`] };
}

/** A team with its hours on some weekdays. */
export interface TeamPattern {
  readonly name: string;
  readonly people: number;
  readonly weekdays: readonly Weekday[];
  readonly from: string;
  readonly to: string;
  readonly zone: string | null;
  /** The holiday sets on whose dates it is off. */
  readonly off: readonly string[];
  /** How many must be there while work runs; 0 = nobody has to. */
  readonly during: number;
  /** How many must be there afterwards; 0 = nobody has to. */
  readonly aftercare: number;
}

/** People who are away for whole days, both inclusive. */
export interface AwayPattern {
  readonly team: string;
  readonly from: string;
  readonly to: string;
  readonly people: number;
}

/** “Not when fewer than two escalation people are there for the next eight support hours.” */
export interface CoveragePattern {
  readonly teams: readonly TeamPattern[];
  readonly away: readonly AwayPattern[];
  readonly aftercareHours: number;
  readonly withinHours: number;
}

/** The coverage that a form describes; null when nobody is required. */
export function coverageOf(pattern: CoveragePattern): CoverageDocument | null {
  const { teams, away, aftercareHours, withinHours } = pattern;
  const during = needsOf(teams, 'during');
  const aftercare = needsOf(teams, 'aftercare');
  if (during === null && aftercare === null) return null;
  return {
    teams: Object.fromEntries(teams.map((team) => [team.name, teamOf(team)])),
    ...(away.length > 0 ? { away: away.map(awayOf) } : {}),
    require: {
      ...(during === null ? {} : { during }),
      ...(aftercare === null
        ? {}
        : { aftercare: { within: `PT${withinHours}H`, hours: aftercareHours, teams: aftercare } }),
    },
  };
}

/** The date after a date. */
export function dayAfter(date: string): string {
  return moved(date, 86_400_000);
}

/** The date before a date. */
export function dayBefore(date: string): string {
  return moved(date, -86_400_000);
}

function moved(date: string, ms: number): string {
  return new Date(Date.parse(`${date}T00:00Z`) + ms).toISOString().slice(0, 10);
}

const firstMonths = {
  month: null,
  quarter: [1, 4, 7, 10],
  year: [1],
} as const satisfies Record<Period, readonly number[] | null>;

const lastMonths = {
  month: null,
  quarter: [3, 6, 9, 12],
  year: [12],
} as const satisfies Record<Period, readonly number[] | null>;

/**
 * Counting business days begins beside a date, and a date that is none is first moved to one: back when counting back.
 * So the day at the edge itself is reached by one step in and one step out; it is right wherever the period ends.
 */
function businessDaysAt(
  edge: 'first' | 'last',
  count: number,
  period: Period,
): readonly Selector[] {
  const inward = edge === 'last' ? -1 : 1;
  const day: Selector = { monthDays: [edge === 'last' ? -1 : 1] };
  const months = (edge === 'last' ? lastMonths : firstMonths)[period];
  const from: Selector = months === null ? day : { all: [{ months }, day] };
  const second: Selector = { offset: { businessDays: inward, from } };
  const outermost: Selector = { offset: { businessDays: -inward, from: second } };
  const further = Array.from({ length: count - 1 }, (_, index): Selector => ({
    offset: { businessDays: inward * (index + 1), from },
  }));
  return [outermost, ...further];
}

function anyOf(selectors: readonly Selector[]): Selector {
  const [only, ...others] = selectors;
  return only !== undefined && others.length === 0 ? only : { any: selectors };
}

function audienceOf({
  kinds,
  tags,
}: Pick<WeeklyPattern, 'kinds' | 'tags'>): Pick<RuleDocument, 'kinds' | 'tags'> {
  return { ...(kinds.length > 0 ? { kinds } : {}), ...(tags.length > 0 ? { tags } : {}) };
}

function needsOf(
  teams: readonly TeamPattern[],
  when: 'during' | 'aftercare',
): Readonly<Record<string, number>> | null {
  const needed = teams.filter((team) => team[when] > 0).map((team) => [team.name, team[when]]);
  return needed.length === 0 ? null : (Object.fromEntries(needed) as Record<string, number>);
}

function teamOf({
  people,
  weekdays,
  from,
  to,
  zone,
  off,
}: TeamPattern): CoverageDocument['teams'][string] {
  return {
    people,
    ...(off.length > 0 ? { off } : {}),
    hours: [{ on: { weekdays }, from, to }],
    ...(zone === null ? {} : { zone }),
  };
}

function awayOf({
  team,
  from,
  to,
  people,
}: AwayPattern): NonNullable<CoverageDocument['away']>[number] {
  return { team, between: [`${from}T00:00`, `${dayAfter(to)}T00:00`], people };
}
