import { type Candidate, type Crowd, crowdsOf, startsOfCrowd } from './crowd.ts';
import { exchanges, type Exchanges } from './exchange-places.ts';
import type { Places } from './places.ts';
import { firstSpanFrom } from './start-span.ts';

/** Who got which start, and who found none. */
export interface CohortPlacing {
  readonly placed: ReadonlyMap<Candidate, number>;
  readonly unplaced: readonly Candidate[];
}

/** Between which instants the clients of a cohort may start; both included. */
export interface CohortBounds {
  readonly cohort: number;
  readonly earliest: number;
  readonly latest: number;
}

/**
 * Gives places in order of time: whenever one is free it goes to whoever could use it and has least choice, if
 * need be by letting others change places. All work takes equally long, so that no place is ever worth waiting for.
 */
export function placeCohort(
  candidates: readonly Candidate[],
  places: Places,
  bounds: CohortBounds,
): CohortPlacing {
  const crowds = crowdsOf(candidates, bounds.earliest);
  sweep({ crowds, places, bounds, exchange: exchanges(crowds, places) });
  const placed = new Map(crowds.flatMap((crowd) => startsOfCrowd(crowd)));
  return { placed, unplaced: candidates.filter((each) => !placed.has(each)) };
}

/** A crowd whose members could start now, and until when that lasts. */
interface Waiting {
  readonly crowd: Crowd;
  readonly last: number;
  /** In how many later stretches they could start as well. */
  readonly chances: number;
  readonly order: number;
}

interface Sweep {
  readonly crowds: readonly Crowd[];
  readonly places: Places;
  readonly bounds: CohortBounds;
  readonly exchange: Exchanges;
}

function sweep({ crowds, places, bounds, exchange }: Sweep): void {
  const openings = openingsOf(crowds, bounds.latest);
  let waiting: readonly Waiting[] = [];
  let next = 0;
  let left = crowds.reduce((sum, crowd) => sum + crowd.left, 0);
  let at = momentOf(openings, 0);
  while (left > 0 && at <= bounds.latest && at < Infinity) {
    const opened: Waiting[] = [];
    for (let each = openings[next]; each && each.at <= at; each = openings[++next]) {
      opened.push(each.waiting);
    }
    const now = at;
    const still = waiting.filter(({ last }) => last >= now);
    waiting = opened.length === 0 ? still : [...still, ...opened].sort(byChoice);
    left -= fill({ at, waiting: waiting.map(({ crowd }) => crowd), places, bounds, exchange });
    const opening = momentOf(openings, next);
    at = waiting.length === 0 ? opening : Math.min(opening, places.nextChange(at));
  }
}

function momentOf(openings: readonly Opening[], index: number): number {
  return openings[index]?.at ?? Infinity;
}

interface Opening {
  readonly at: number;
  readonly waiting: Waiting;
}

function openingsOf(crowds: readonly Crowd[], latest: number): readonly Opening[] {
  const openings: Opening[] = [];
  for (const [order, crowd] of crowds.entries()) {
    const { open, from } = crowd;
    for (let index = firstSpanFrom(open, from); index < open.length; index++) {
      const span = open[index];
      if (span === undefined || span.first > latest) break;
      const waiting = { crowd, last: span.last, chances: open.length - index, order };
      openings.push({ at: Math.max(span.first, from), waiting });
    }
  }
  return openings.sort((a, b) => a.at - b.at);
}

/** Who must go first: whose stretch closes first, then who has the fewest stretches left. */
function byChoice(a: Waiting, b: Waiting): number {
  return a.last - b.last || a.chances - b.chances || a.order - b.order;
}

interface Filling {
  readonly at: number;
  readonly waiting: readonly Crowd[];
  readonly places: Places;
  readonly bounds: CohortBounds;
  readonly exchange: Exchanges;
}

/** Fills the places that are free at a moment; answers how many were given. */
function fill({ at, waiting, places, bounds, exchange }: Filling): number {
  let given = 0;
  let first = 0;
  while (places.hasRoom(bounds.cohort, at)) {
    while (first < waiting.length && !wants(waiting[first], at, places)) first++;
    const crowd = waiting[first];
    if (crowd === undefined) break;
    exchange.give(crowd, at);
    given++;
  }
  while (places.hasRoom(bounds.cohort, at) && exchange.makeUseOf(at, waiting)) given++;
  return given;
}

function wants(crowd: Crowd | undefined, at: number, places: Places): boolean {
  return crowd !== undefined && crowd.left > 0 && places.deployerHasRoom(crowd.seat, at);
}
