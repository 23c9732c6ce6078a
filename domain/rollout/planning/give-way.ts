import { type Candidate, kindOf } from './crowd.ts';
import type { CohortBounds, CohortPlacing } from './place-cohort.ts';
import type { Places } from './places.ts';
import { firstFreeStart } from './preview-slots.ts';
import { startsBetween } from './start-span.ts';

/** How many clients may give way one after the other until somebody gets in. */
const mostMoves = 5;
/** How many starts and dates of others are looked at within one cohort; beyond that whoever is left stays without a place. */
const mostLooks = 20_000;

/**
 * Lets those in who have no place: somebody gives way who meets them only in part, takes the time of another one,
 * and so on until one finds a free place. Where windows overlap without being alike no place passes whole from
 * one to the other, so that changing places alone does not do. Takes and leaves the places of all who move.
 */
export function giveWay(
  { placed, unplaced }: CohortPlacing,
  places: Places,
  bounds: CohortBounds,
): CohortPlacing {
  const starts = new Map(placed);
  const state: State = { places, bounds, starts, kinds: new Map(), looks: 0 };
  const hopeless = new Set<string>();
  const left = unplaced.filter((each) => {
    const kind = kindIn(state, each);
    if (hopeless.has(kind)) return true;
    const isIn = getsIn(state, each);
    if (!isIn) hopeless.add(kind);
    return !isIn;
  });
  if (left.length < unplaced.length) moveUp(state);
  return { placed: starts, unplaced: left };
}

interface State {
  readonly places: Places;
  readonly bounds: CohortBounds;
  readonly starts: Map<Candidate, number>;
  readonly kinds: Map<Candidate, string>;
  looks: number;
}

/** One search: who has moved in it already, and what was tried with how many moves left. */
interface Search {
  readonly state: State;
  readonly moved: Set<Candidate>;
  readonly tried: Map<string, number>;
}

/** Few moves come first: they unsettle the fewest clients. */
function getsIn(state: State, candidate: Candidate): boolean {
  for (let moves = 0; moves <= mostMoves; moves++) {
    if (settles({ state, moved: new Set(), tried: new Map() }, candidate, moves)) return true;
  }
  return false;
}

/** Finds a start, with so many others giving way; leaves everything as it was if there is none. */
function settles(search: Search, candidate: Candidate, moves: number): boolean {
  const { state, tried } = search;
  for (const start of startsFor(state, candidate)) {
    const key = `${kindIn(state, candidate)} ${start}`;
    if ((tried.get(key) ?? -1) >= moves) continue;
    tried.set(key, moves);
    if (++state.looks > mostLooks) return false;
    if (state.places.isFree(candidate.client, start)) {
      put(state, candidate, start);
      return true;
    }
    if (moves > 0 && pushesIn(search, { candidate, start, moves })) return true;
  }
  return false;
}

interface Push {
  readonly candidate: Candidate;
  readonly start: number;
  readonly moves: number;
}

function pushesIn(search: Search, { candidate, start, moves }: Push): boolean {
  const { state, moved } = search;
  const alike = new Set<string>();
  for (const [other, at] of [...state.starts]) {
    const key = `${kindIn(state, other)} ${at}`;
    if (moved.has(other) || alike.has(key)) continue;
    alike.add(key);
    if (++state.looks > mostLooks) return false;
    lift(state, other, at);
    if (state.places.isFree(candidate.client, start)) {
      put(state, candidate, start);
      moved.add(candidate);
      if (settles(search, other, moves - 1)) return true;
      moved.delete(candidate);
      lift(state, candidate, start);
    }
    put(state, other, at);
  }
  return false;
}

/** Where the candidate could start: as soon as it is open, or when a place may have become free. */
function startsFor({ places, bounds }: State, { open, from }: Candidate): readonly number[] {
  return startsBetween(open, Math.max(from, bounds.earliest), bounds.latest).flatMap((span) => {
    const starts: number[] = [];
    for (let at = span.first; at <= span.last; at = places.nextChange(at)) starts.push(at);
    return starts;
  });
}

/** Lets everybody start as early as is free by now. */
function moveUp(state: State): void {
  const { places, bounds, starts } = state;
  for (const [candidate, start] of [...starts].sort(([, a], [, b]) => a - b)) {
    lift(state, candidate, start);
    const from = Math.max(candidate.from, bounds.earliest);
    const open = startsBetween(candidate.open, from, start);
    const earlier = firstFreeStart(open, from, { places, seat: candidate.client });
    put(state, candidate, earlier ?? start);
  }
}

function put({ places, starts }: State, candidate: Candidate, start: number): void {
  places.take(candidate.client, start);
  starts.set(candidate, start);
}

function lift({ places, starts }: State, candidate: Candidate, start: number): void {
  places.release(candidate.client, start);
  starts.delete(candidate);
}

function kindIn({ kinds }: State, candidate: Candidate): string {
  const kind = kinds.get(candidate) ?? kindOf(candidate);
  kinds.set(candidate, kind);
  return kind;
}
