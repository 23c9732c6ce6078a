import type { FixedWork, Group, Problem } from './optimum-problem.ts';

/** A whole-number model in the LP format of HiGHS, and what its numbers stand for. */
export interface Model {
  readonly text: string;
  /** Units of the grid that the objective leaves out for each client that is placed. */
  readonly baseMs: number;
}

/** First as many as possible, then, with that number given, as early as possible. */
export type Goal =
  { readonly kind: 'most' } | { readonly kind: 'earliest'; readonly placed: number };

interface Variable {
  readonly name: string;
  readonly group: Group;
  readonly start: number;
}

/** A limit on deployments at once, and whose count under it. */
interface Limit {
  readonly most: number;
  readonly counts: (work: { readonly cohort: number | null; readonly deployer: string }) => boolean;
}

/**
 * One variable for each group and start: how many of the group start then. At every moment at which something
 * starts no limit is exceeded. A cohort has opened by a moment or not; whoever of an earlier cohort ends, observed,
 * only after that moment keeps it closed.
 */
export function modelOf(problem: Problem, goal: Goal): Model {
  const variables = problem.groups.flatMap((group, index) =>
    group.starts.map((start) => ({ name: `x${index}_${gridOf(start, problem)}`, group, start })),
  );
  const baseMs = Math.min(...variables.map(({ start }) => start));
  const cost = ({ start }: Variable): number => (start - baseMs) / problem.gridMs;
  const all = variables.map(({ name }) => name);
  const openings = openingsOf(problem, variables);
  const rows = [
    ...rowsOfGroups(problem.groups, variables),
    ...limitsOf(problem).flatMap((limit) => rowsOfLimit(limit, problem, variables)),
    ...openings.rows,
    ...(goal.kind === 'earliest' ? [`${sum(all)} = ${goal.placed}`] : []),
  ];
  const objective =
    goal.kind === 'most'
      ? `maximize\n ${sum(all)}`
      : `minimize\n ${sum(variables.map((each) => `${cost(each)} ${each.name}`))}`;
  const bounds = variables.map(({ name, group }) => ` 0 <= ${name} <= ${group.size}`);
  const text = [
    objective,
    'subject to',
    ...rows.map((row, index) => ` r${index}: ${row}`),
    'bounds',
    ...bounds,
    ...openings.closed.map((name) => ` ${name} = 0`),
    'general',
    ...all.map((name) => ` ${name}`),
    'binary',
    ...openings.names.filter((name) => !openings.closed.includes(name)).map((name) => ` ${name}`),
    'end',
  ];
  return { text: text.join('\n'), baseMs };
}

/** Lines of the format may not become too long. */
function sum(terms: readonly string[]): string {
  return terms.map((term, index) => (index % 20 === 19 ? `${term}\n` : term)).join(' + ');
}

function gridOf(at: number, { gridMs }: Problem): number {
  return at / gridMs;
}

function rowsOfGroups(groups: readonly Group[], variables: readonly Variable[]): readonly string[] {
  const byGroup = Map.groupBy(variables, ({ group }) => group);
  return groups.map((group) => {
    const names = (byGroup.get(group) ?? []).map(({ name }) => name);
    return `${sum(names)} <= ${group.size}`;
  });
}

function limitsOf({ input, groups }: Problem): readonly Limit[] {
  const { policy, vendorLimit, cohorts } = input;
  const deployers = new Map(groups.map((each) => [each.deployer, each.deployerLimit]));
  return [
    { most: vendorLimit, counts: () => true },
    { most: policy.maxInFlight, counts: ({ cohort }) => cohort !== null },
    ...cohorts.map(({ maxInFlight }, index) => ({
      most: maxInFlight ?? policy.maxInFlight,
      counts: ({ cohort }: { readonly cohort: number | null }) => cohort === index,
    })),
    ...[...deployers].map(([name, most]) => ({
      most,
      counts: ({ deployer }: { readonly deployer: string }) => deployer === name,
    })),
  ];
}

function rowsOfLimit(
  { most, counts }: Limit,
  { fixed, worstCaseMs }: Problem,
  variables: readonly Variable[],
): readonly string[] {
  const counted = variables.filter(({ group }) => counts(group));
  const given = fixed.filter(counts);
  const moments = new Set([
    ...counted.map(({ start }) => start),
    ...given.map(({ start }) => start),
  ]);
  const byStart = Map.groupBy(counted, ({ start }) => start);
  const starts = [...byStart.keys()];
  return [...moments].flatMap((moment) => {
    const running = starts
      .filter((start) => start <= moment && moment < start + worstCaseMs)
      .flatMap((start) => byStart.get(start) ?? []);
    if (running.length === 0) return [];
    const taken = given.filter(({ start, end }) => start <= moment && moment < end).length;
    return [`${sum(running.map(({ name }) => name))} <= ${Math.max(0, most - taken)}`];
  });
}

interface Openings {
  readonly names: readonly string[];
  /** Openings that a date that stands already rules out. */
  readonly closed: readonly string[];
  readonly rows: readonly string[];
}

/** For each later cohort and each moment at which it could start: whether it has opened by then. */
function openingsOf(problem: Problem, variables: readonly Variable[]): Openings {
  const { input, observationMs, worstCaseMs, fixed } = problem;
  const all = { names: [] as string[], closed: [] as string[], rows: [] as string[] };
  for (let cohort = 1; cohort < input.cohorts.length; cohort += 1) {
    const own = startsByMoment(variables.filter(({ group }) => group.cohort === cohort));
    const moments = [...own.keys()].sort((a, b) => a - b);
    const nameAt = (moment: number): string => `y${cohort}_${gridOf(moment, problem)}`;
    all.names.push(...moments.map(nameAt));
    all.closed.push(
      ...moments
        .filter((moment) => fixed.some((each) => keepsClosed(each, cohort, moment - observationMs)))
        .map(nameAt),
    );
    const most = limitOfCohort(problem, cohort);
    for (const [index, moment] of moments.entries()) {
      all.rows.push(`${sum(own.get(moment) ?? [])} - ${most} ${nameAt(moment)} <= 0`);
      const later = moments[index + 1];
      if (later !== undefined) all.rows.push(`${nameAt(moment)} - ${nameAt(later)} <= 0`);
    }
    const lastBefore = (start: number): number | undefined =>
      moments.findLast((moment) => moment < start + worstCaseMs + observationMs);
    for (let before = 0; before < cohort; before += 1) {
      const limit = limitOfCohort(problem, before);
      const theirs = startsByMoment(variables.filter(({ group }) => group.cohort === before));
      for (const [start, names] of theirs) {
        const last = lastBefore(start);
        if (last === undefined) continue;
        all.rows.push(`${sum(names)} + ${limit} ${nameAt(last)} <= ${limit}`);
      }
      all.rows.push(...rowsOfTails(variables, before, { until: lastBefore, nameAt }));
    }
  }
  return all;
}

/** As no client starts twice, whatever part of a group starts late keeps that part of the opening closed. */
function rowsOfTails(
  variables: readonly Variable[],
  cohort: number,
  {
    until,
    nameAt,
  }: { until: (start: number) => number | undefined; nameAt: (at: number) => string },
): readonly string[] {
  const groups = Map.groupBy(
    variables.filter(({ group }) => group.cohort === cohort),
    ({ group }) => group,
  );
  return [...groups].flatMap(([{ size }, own]) =>
    own.flatMap(({ start }, index) => {
      const closed = until(start);
      const saysNothingNew = closed === until(own[index - 1]?.start ?? -Infinity);
      if (closed === undefined || saysNothingNew) return [];
      const tail = own.slice(index).map(({ name }) => name);
      return [`${sum(tail)} + ${size} ${nameAt(closed)} <= ${size}`];
    }),
  );
}

function startsByMoment(variables: readonly Variable[]): Map<number, readonly string[]> {
  const groups = Map.groupBy(variables, ({ start }) => start);
  return new Map([...groups].map(([start, some]) => [start, some.map(({ name }) => name)]));
}

function keepsClosed({ cohort, end, holdsUp }: FixedWork, later: number, until: number): boolean {
  return holdsUp && cohort !== null && cohort < later && end > until;
}

function limitOfCohort({ input }: Problem, cohort: number): number {
  return input.cohorts[cohort]?.maxInFlight ?? input.policy.maxInFlight;
}
