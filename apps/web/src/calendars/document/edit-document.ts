import type { CalendarDocument, CoverageDocument, RuleDocument } from './calendar-document.ts';
import type { AwayPattern, CoveragePattern, TeamPattern } from './patterns.ts';

/** A rule's place in a document. */
export interface RulePlace {
  readonly list: 'allow' | 'deny';
  readonly index: number;
}

/** The document with a rule in its place, or with one more; `always` gives way to what is allowed instead. */
export function withRule(
  document: CalendarDocument,
  where: RulePlace | RulePlace['list'],
  rule: RuleDocument,
): CalendarDocument {
  if (typeof where === 'string') {
    return { ...document, [where]: [...rulesOf(document, where), rule] };
  }
  const { list, index } = where;
  return { ...document, [list]: rulesOf(document, list).with(index, rule) };
}

/** The rule at a place; null = there is none. */
export function ruleAt(
  document: CalendarDocument,
  { list, index }: RulePlace,
): RuleDocument | null {
  return rulesOf(document, list)[index] ?? null;
}

/** The document without a rule; a list that becomes empty goes with it. */
export function withoutRule(
  document: CalendarDocument,
  { list, index }: RulePlace,
): CalendarDocument {
  const rest = rulesOf(document, list).filter((_, place) => place !== index);
  return rest.length === 0 ? without(document, list) : { ...document, [list]: rest };
}

/** The document with a holiday set that closes whole days, and is left out of the business days where that is wanted. */
export function withHolidays(
  document: CalendarDocument,
  holidays: {
    readonly set: string;
    readonly dates: readonly string[];
    readonly title: string;
    readonly areClosed: boolean;
    readonly areNoBusinessDays: boolean;
  },
): CalendarDocument {
  const { set, dates, title, areClosed, areNoBusinessDays } = holidays;
  const named = { ...document, holidays: { ...document.holidays, [set]: [...dates].sort() } };
  const closed =
    areClosed && !closesSet(document, set)
      ? withRule(named, 'deny', { name: title, on: { holidays: set } })
      : named;
  return withExcept(closed, set, areNoBusinessDays);
}

/** The document with this coverage; null takes it away. */
export function withCoverage(
  document: CalendarDocument,
  coverage: CoverageDocument | null,
): CalendarDocument {
  return coverage === null ? without(document, 'coverage') : { ...document, coverage };
}

/** The form for a stored coverage, or null when it says more than the form can. */
export function coveragePatternOf(coverage: CoverageDocument): CoveragePattern | null {
  const { aftercare } = coverage.require;
  const within = /^PT(\d+)H$/.exec(aftercare?.within ?? 'PT24H')?.[1];
  const teams = Object.keys(coverage.teams).map((name) => teamPatternOf(coverage, name));
  const away = (coverage.away ?? []).map(awayPatternOf);
  if (within === undefined || teams.includes(null) || away.includes(null)) return null;
  return {
    teams: teams.filter((team) => team !== null),
    away: away.filter((each) => each !== null),
    aftercareHours: aftercare?.hours ?? 8,
    withinHours: Number(within),
  };
}

/** The rules of a list; none where everything is allowed. */
export function rulesOf(
  document: CalendarDocument,
  list: RulePlace['list'],
): readonly RuleDocument[] {
  const rules = document[list];
  return rules === undefined || rules === 'always' ? [] : rules;
}

function teamPatternOf({ teams, require }: CoverageDocument, name: string): TeamPattern | null {
  const team = teams[name];
  const hours = onlyHoursOf(team);
  if (team === undefined || hours === null) return null;
  return {
    name,
    people: team.people,
    weekdays: hours.on.weekdays,
    from: hours.from,
    to: hours.to,
    zone: team.zone ?? null,
    off: team.off ?? [],
    during: require.during?.[name] ?? 0,
    aftercare: require.aftercare?.teams[name] ?? 0,
  };
}

/** The hours of a team that the form can show; null when there are others. */
function onlyHoursOf(team: CoverageDocument['teams'][string] | undefined): PlainHours | null {
  const [hours, ...more] = team?.hours ?? [];
  return hours !== undefined && more.length === 0 && isPlain(hours) ? hours : null;
}

function without(
  document: CalendarDocument,
  field: 'allow' | 'deny' | 'coverage',
): CalendarDocument {
  const others = Object.entries(document).filter(([name]) => name !== field);
  return { zone: document.zone, ...Object.fromEntries(others) };
}

type Hours = CoverageDocument['teams'][string]['hours'][number];

interface PlainHours {
  readonly on: { readonly weekdays: TeamPattern['weekdays'] };
  readonly from: string;
  readonly to: string;
}

function isPlain(hours: Hours): hours is Hours & PlainHours {
  const isMore = hours.plusDays !== undefined || hours.valid !== undefined || 'replace' in hours;
  const isOnWeekdays = hours.on !== undefined && 'weekdays' in hours.on;
  return isOnWeekdays && hours.from !== undefined && hours.to !== undefined && !isMore;
}

function awayPatternOf(away: NonNullable<CoverageDocument['away']>[number]): AwayPattern | null {
  const [from, to] = away.between;
  if (!from.endsWith('T00:00') || !to.endsWith('T00:00')) return null;
  const last = new Date(Date.parse(`${to}Z`) - 86_400_000).toISOString().slice(0, 10);
  return { team: away.team, from: from.slice(0, 10), to: last, people: away.people };
}

function closesSet(document: CalendarDocument, set: string): boolean {
  return rulesOf(document, 'deny').some(
    ({ on, from }) => on !== undefined && 'holidays' in on && on.holidays === set && !from,
  );
}

function withExcept(document: CalendarDocument, set: string, isIn: boolean): CalendarDocument {
  const before = document.businessDays?.except ?? [];
  if (before.includes(set) === isIn) return document;
  const except = isIn ? [...before, set] : before.filter((each) => each !== set);
  return { ...document, businessDays: { ...document.businessDays, except } };
}
