import { type Candidate, kindOf } from './crowd.ts';
import { giveWay } from './give-way.ts';
import { type CohortBounds, type CohortPlacing, placeCohort } from './place-cohort.ts';
import type { Places } from './places.ts';
import { firstFreeStart } from './preview-slots.ts';
import { firstStartFrom, startsBetween } from './start-span.ts';

/** How often somebody else is let go first. */
const mostTries = 16;
/** Larger cohorts are not tried again: one client more or less in an evening hardly matters to them. */
const mostMembers = 400;

/**
 * Places a cohort, then lets those go first who came off worst: who has no place, or starts last. Where windows do
 * not follow each other evenly, a place that starts a little later may fit one client more. Keeps what is best for
 * the cohort and for the clients that wait for its end.
 */
export function placeCohortWell(
  candidates: readonly Candidate[],
  places: Places,
  bounds: CohortBounds & { readonly waiting: number },
): CohortPlacing {
  let best = placeCohort(candidates, places.copy(), bounds);
  let first: readonly Candidate[] = [];
  const tried = new Set<string>();
  while (candidates.length <= mostMembers && tried.size < mostTries) {
    const next = worstOff(best, bounds).find((each) => !tried.has(kindOf(each)));
    if (next === undefined) break;
    tried.add(kindOf(next));
    const other = placeAfter([...first, next], candidates, { places: places.copy(), bounds });
    if (!isBetter(other, best, bounds.waiting)) continue;
    best = other;
    first = [...first, next];
  }
  for (const [{ client }, start] of best.placed) places.take(client, start);
  return candidates.length > mostMembers ? best : giveWay(best, places, bounds);
}

/** Places some at the first place they could have at all, and everybody else around them. */
function placeAfter(
  first: readonly Candidate[],
  candidates: readonly Candidate[],
  { places, bounds }: { readonly places: Places; readonly bounds: CohortBounds },
): CohortPlacing {
  const starts = new Map<Candidate, number>();
  for (const each of first) {
    const from = Math.max(each.from, bounds.earliest);
    const open = startsBetween(each.open, from, bounds.latest);
    const start = firstFreeStart(open, from, { places, seat: each.client });
    if (start === undefined) continue;
    places.take(each.client, start);
    starts.set(each, start);
  }
  const others = candidates.filter((each) => !starts.has(each));
  const { placed, unplaced } = placeCohort(others, places, bounds);
  return { placed: new Map([...starts, ...placed]), unplaced };
}

/** Who has no place first, then who starts last, as long as an earlier start is open to them. */
function worstOff(
  { placed, unplaced }: CohortPlacing,
  { earliest }: CohortBounds,
): readonly Candidate[] {
  const firstOf = (each: Candidate): number =>
    firstStartFrom(each.open, Math.max(each.from, earliest)) ?? Infinity;
  const late = [...placed]
    .filter(([each, start]) => firstOf(each) < start)
    .sort(([a, x], [b, y]) => y - x || (a.client.key < b.client.key ? -1 : 1))
    .map(([each]) => each);
  return [...unplaced.filter((each) => firstOf(each) < Infinity), ...late];
}

/** More are placed, or as many and earlier; the end counts once for each client that waits for it. */
function isBetter(a: CohortPlacing, b: CohortPlacing, waiting: number): boolean {
  if (a.placed.size !== b.placed.size) return a.placed.size > b.placed.size;
  return costOf(a, waiting) < costOf(b, waiting);
}

function costOf({ placed }: CohortPlacing, waiting: number): number {
  let [sum, last] = [0, 0];
  for (const start of placed.values()) {
    sum += start;
    last = Math.max(last, start);
  }
  return sum + waiting * last;
}
