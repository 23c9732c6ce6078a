import type { Candidate } from './crowd.ts';
import { standingDates, takeWhereFree } from './place-clients.ts';
import { placeCohort } from './place-cohort.ts';
import type { Planning } from './planning.ts';

/** How many clients are placed in all tries together; beyond that the cohorts are not cut. */
const mostWork = 60_000;

/** The cohorts so far, each up to its cut: how many clients have a date, how early, and when the next may start. */
interface Reached {
  readonly placed: number;
  readonly sum: number;
  readonly from: number;
  readonly cuts: readonly number[];
}

/**
 * After which start each cohort is best cut short, so that most clients have a date, at least `enough` of them, and
 * those early. Places go out in order of time: placing a cohort once also says how many would have a date, had it
 * ended before. Nothing when that many are out of reach, or finding out would take too long.
 */
export function bestCuts(planning: Planning, enough: number): readonly number[] | null {
  const standing = standingDates(planning);
  const wanting = planning.candidates.filter((each) => !standing.starts.has(each));
  const placed = standing.starts.size;
  let reached: readonly Reached[] = [{ placed, sum: 0, from: planning.plannedMs, cuts: [] }];
  let work = 0;
  for (const cohort of planning.input.cohorts.keys()) {
    const left = wanting.filter(({ client }) => client.cohort >= cohort);
    const members = left.filter(({ client }) => client.cohort === cohort);
    const hopeful = reached.filter((each) => each.placed + inReach(left, each.from) >= enough);
    work += members.length * hopeful.length;
    if (work > mostWork) return null;
    reached = worthwhile(
      hopeful.flatMap((each) => onwards(each, { planning, standing, cohort, members })),
    );
  }
  const [best] = reached.toSorted((a, b) => b.placed - a.placed || a.sum - b.sum);
  return best === undefined || best.placed < enough ? null : best.cuts;
}

interface Turn {
  readonly planning: Planning;
  readonly standing: ReturnType<typeof standingDates>;
  readonly cohort: number;
  readonly members: readonly Candidate[];
}

/** Where the cohort whose turn it is could end, the dates its members have already left as they are. */
function onwards(
  before: Reached,
  { planning, standing, cohort, members }: Turn,
): readonly Reached[] {
  const { worstCaseMs, observationMs } = planning;
  const places = standing.places.copy();
  const stays = new Map<Candidate, number>();
  const inTurn = standing.loose.filter(
    ({ candidate, start }) => candidate.client.cohort === cohort && start >= before.from,
  );
  takeWhereFree(inTurn, { places, starts: stays, lost: new Map() });
  const told = [...standing.starts].filter(
    ([{ client }]) => client.cohort === cohort && client.pinned === null,
  );
  const ends = [...told, ...stays].map(([, start]) => start);
  const { placed } = placeCohort(
    members.filter((each) => !stays.has(each)),
    places,
    { cohort, earliest: before.from, latest: Infinity },
  );
  const kept = [...stays.values()].reduce((total, start) => total + start, 0);
  return endingsOf([...placed.values()]).map(({ count, sum, last }) => ({
    placed: before.placed + stays.size + count,
    sum: before.sum + kept + sum,
    from: Math.max(before.from, Math.max(last, ...ends) + worstCaseMs + observationMs),
    cuts: [...before.cuts, count === placed.size ? Infinity : last],
  }));
}

interface Ending {
  readonly count: number;
  readonly sum: number;
  readonly last: number;
}

/** Where a cohort could end: with nobody, or with all who start up to one of its starts. */
function endingsOf(starts: readonly number[]): readonly Ending[] {
  const endings: Ending[] = [{ count: 0, sum: 0, last: -Infinity }];
  let sum = 0;
  for (const [index, last] of starts.toSorted((a, b) => a - b).entries()) {
    sum += last;
    endings.push({ count: index + 1, sum, last });
  }
  return endings;
}

/** How many could have a date if their turn came then. */
function inReach(candidates: readonly Candidate[], turn: number): number {
  return candidates.filter(
    ({ open, from }) => (open.at(-1)?.last ?? -Infinity) >= Math.max(from, turn),
  ).length;
}

/** Leaves out what something else is no worse than: with more dates, or as many and earlier ones, and no later end. */
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
