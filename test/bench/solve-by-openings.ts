import { type HighsDesk, openHighs } from './highs-desk.ts';
import { modelOf } from './optimum-model.ts';
import type { Problem } from './optimum-problem.ts';
import type { Optimum } from './solve-optimum.ts';

/** Cohorts done so far: how many are placed, the sum of their starts, and from when the next cohort may start. */
interface Reached {
  readonly placed: number;
  readonly sum: number;
  readonly from: number;
}

type Found = Pick<Reached, 'placed' | 'sum'>;

/**
 * The proven optimum, found cohort by cohort. One cohort ends before the next one opens, so that no limit ever
 * binds both: given when they open they know nothing of each other, and each is a small model of its own. All
 * openings are looked at, except where the same optimum at both ends of a range proves it for everything between.
 */
export async function solveByOpenings(
  problem: Problem,
  { seconds, knownPlaced }: { readonly seconds: number; readonly knownPlaced: number },
): Promise<Optimum> {
  const startedAt = performance.now();
  const highs = openHighs(seconds);
  try {
    // Some plan's number saves looking at openings that leave fewer; should it be wrong, all are looked at.
    const best =
      (await bestOf(problem, highs, knownPlaced)) ?? (await bestOf(problem, highs, -Infinity));
    const took = (performance.now() - startedAt) / 1_000;
    if (best === null) return { kind: 'not proven', seconds: took };
    const { placed, sum } = best;
    return {
      kind: 'proven',
      placed,
      completionMs: (since) => sum + placed * (problem.worstCaseMs - since),
      seconds: took,
    };
  } catch (error) {
    if (!(error instanceof OutOfTime)) throw error;
    return { kind: 'not proven', seconds: (performance.now() - startedAt) / 1_000 };
  } finally {
    await highs.close();
  }
}

/** HiGHS has not proven one of its models within the time for all of them. */
class OutOfTime extends Error {}

async function bestOf(problem: Problem, highs: HighsDesk, enough: number): Promise<Reached | null> {
  const { input, groups } = problem;
  let reached: readonly Reached[] = [{ placed: 0, sum: 0, from: -Infinity }];
  for (const cohort of input.cohorts.keys()) {
    const later = groups.filter((each) => each.cohort > cohort);
    const next: Reached[] = [];
    for (const before of reached) {
      const least = (from: number): number => enough - before.placed - inReach(later, from);
      next.push(...(await endingsOf({ problem, highs, cohort, before, least })));
    }
    reached = worthwhile(next);
  }
  return reached.toSorted((a, b) => b.placed - a.placed || a.sum - b.sum)[0] ?? null;
}

interface Turn {
  readonly problem: Problem;
  readonly highs: HighsDesk;
  readonly cohort: number;
  readonly before: Reached;
  /** How many of the cohort must be placed if the next one opens then. */
  readonly least: (from: number) => number;
}

/** For each start the cohort could end with: its optimum, and from when the next one may start. */
async function endingsOf({ problem, highs, cohort, before, least }: Turn): Promise<Reached[]> {
  const { worstCaseMs, observationMs, input } = problem;
  const own = problem.groups.filter((each) => each.cohort === cohort);
  const starts = own.flatMap((each) => each.starts).filter((start) => start >= before.from);
  const lasts = [-Infinity, ...new Set(starts.toSorted((a, b) => a - b))];
  const opens = (last: number): number => Math.max(before.from, last + worstCaseMs + observationMs);
  const until = (index: number): Promise<Found> => {
    const last = lasts[index] ?? -Infinity;
    return foundBetween({ problem, highs, cohort }, before.from, last);
  };
  const endings: Reached[] = [];
  const keep = (index: number, { placed, sum }: Found): void => {
    const from = opens(lasts[index] ?? -Infinity);
    if (placed < least(from)) return;
    endings.push({ placed: before.placed + placed, sum: before.sum + sum, from });
  };
  const between = async (low: number, high: number, ends: readonly Found[]): Promise<void> => {
    const [atLow, atHigh] = ends as [Found, Found];
    const isSame = atLow.placed === atHigh.placed && atLow.sum === atHigh.sum;
    if (high - low < 2 || isSame || atHigh.placed < least(opens(lasts[low] ?? 0))) return;
    const middle = (low + high) >> 1;
    const found = await until(middle);
    keep(middle, found);
    await between(low, middle, [atLow, found]);
    await between(middle, high, [found, atHigh]);
  };
  const end = lasts.length - 1;
  const whole = await until(end);
  keep(end, whole);
  if (cohort < input.cohorts.length - 1 && end > 0) {
    const none = { placed: 0, sum: 0 };
    keep(0, none);
    await between(0, end, [none, whole]);
  }
  return endings;
}

/** The optimum of one cohort that starts nobody before or after these instants. */
async function foundBetween(
  { problem, highs, cohort }: Pick<Turn, 'problem' | 'highs' | 'cohort'>,
  from: number,
  last: number,
): Promise<Found> {
  const part = onlyCohort(problem, cohort, (start) => start >= from && start <= last);
  if (part.groups.length === 0) return { placed: 0, sum: 0 };
  const placed = await highs.solve(modelOf(part, { kind: 'most' }).text);
  if (placed === null) throw new OutOfTime();
  const { text, baseMs } = modelOf(part, { kind: 'earliest', placed });
  const left = await highs.solve(text);
  if (left === null) throw new OutOfTime();
  return { placed, sum: left * problem.gridMs + placed * baseMs };
}

/** The problem as if there were no other cohort; dates that stand in the others keep their places. */
function onlyCohort(problem: Problem, cohort: number, allows: (start: number) => boolean): Problem {
  const { input, groups, fixed, observationMs } = problem;
  const awaited = fixed.filter(
    (each) => each.holdsUp && each.cohort !== null && each.cohort < cohort,
  );
  const opens = Math.max(...awaited.map(({ end }) => end + observationMs));
  return {
    ...problem,
    input: { ...input, cohorts: input.cohorts.slice(cohort, cohort + 1) },
    groups: groups
      .filter((each) => each.cohort === cohort)
      .map((each) => ({
        ...each,
        cohort: 0,
        starts: each.starts.filter((start) => start >= opens && allows(start)),
      }))
      .filter(({ starts }) => starts.length > 0),
    fixed: fixed.map((each) => ({
      ...each,
      cohort: each.cohort === null ? null : each.cohort - cohort,
    })),
  };
}

/** How many could be placed if their turn came then. */
function inReach(groups: Problem['groups'], turn: number): number {
  return groups
    .filter(({ starts }) => starts.some((start) => start >= turn))
    .reduce((total, { size }) => total + size, 0);
}

/** Leaves out what another one is no worse than, and opens the next cohort no later. */
function worthwhile(all: readonly Reached[]): readonly Reached[] {
  const kept: Reached[] = [];
  const sorted = all.toSorted((a, b) => a.from - b.from || b.placed - a.placed || a.sum - b.sum);
  for (const each of sorted) {
    const isWorse = kept.some(
      ({ placed, sum }) => placed > each.placed || (placed === each.placed && sum <= each.sum),
    );
    if (!isWorse) kept.push(each);
  }
  return kept;
}
