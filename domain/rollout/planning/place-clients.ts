import { epochMsOf } from '../../instant.ts';
import type { Candidate } from './crowd.ts';
import { makeRoom } from './make-room.ts';
import { placeCohort } from './place-cohort.ts';
import { placeCohortWell } from './place-first.ts';
import type { Places } from './places.ts';
import type { Planning } from './planning.ts';
import { type Obstacle, obstacleTo, type PresentDate, presentDateOf } from './present-date.ts';

/** Where everybody is placed, and what has kept those who had a date from keeping it. */
export interface Placing {
  readonly starts: ReadonlyMap<Candidate, number>;
  readonly kept: ReadonlySet<Candidate>;
  readonly lost: ReadonlyMap<Candidate, LostDate>;
  /** Taken places, all clients of the plan included. */
  readonly places: Places;
  /** From when each cohort may start: when the one before was observed. */
  readonly earliest: readonly number[];
  /** The last start that was tried, where a cohort was kept from making others wait; Infinity where none was. */
  readonly latest: readonly number[];
}

/** Why a date cannot stay: what is in its way, the limits, its cohort's turn, or others who fit nowhere else. */
export type LostDate = Obstacle | 'no place' | 'cohort' | 'displaced';

/** How to place: no cohort after its `latest` start, and whether to try again for those who came off worst. */
export interface PlacingOrder {
  readonly latest: readonly number[];
  readonly thorough: boolean;
  /** Whether a cohort first tries to be over in time for the dates that later ones have and nobody was told. */
  readonly heedsLaterDates: boolean;
}

/**
 * Places all cohorts in their order, none of them after its `latest` start. First come the dates that stand: begun,
 * told, pinned, and loose ones as long as they hold.
 */
export function placeClients(
  planning: Planning,
  { latest, thorough, heedsLaterDates }: PlacingOrder,
): Placing {
  const { candidates, input, plannedMs, observationMs, worstCaseMs } = planning;
  const places = planning.places.copy();
  const state: State = { planning, places, starts: new Map(), kept: new Set(), lost: new Map() };
  const loose = keepFirmDates(state);
  const earliest: number[] = [];
  let from = plannedMs;
  for (const cohort of input.cohorts.keys()) {
    earliest.push(from);
    const members = candidates.filter(({ client }) => client.cohort === cohort);
    const later = heedsLaterDates
      ? loose.filter(({ candidate }) => candidate.client.cohort > cohort)
      : [];
    placeMembers(state, {
      cohort,
      members,
      loose: loose.filter(({ candidate }) => candidate.client.cohort === cohort),
      earliest: from,
      latest: latest[cohort] ?? Infinity,
      waiting: candidates.filter(({ client }) => client.cohort > cohort).length,
      thorough,
      // The next cohorts' dates, which nobody has to move if this one is observed before them.
      beforeOthers: Math.min(...later.map(({ start }) => start)) - observationMs - worstCaseMs,
    });
    from = Math.max(from, lastStart(state, members) + worstCaseMs + observationMs);
  }
  return { ...state, earliest, latest };
}

/** The dates that stand whatever the cohorts do, the places these take, and the loose ones, which may have to go. */
export function standingDates(
  planning: Planning,
): Pick<Placing, 'starts' | 'places'> & { readonly loose: readonly LooseDate[] } {
  const places = planning.places.copy();
  const state: State = { planning, places, starts: new Map(), kept: new Set(), lost: new Map() };
  const loose = keepFirmDates(state);
  return { ...state, loose };
}

/** Takes a place for each where one is free; the others have lost their date. */
export function takeWhereFree(
  dates: readonly LooseDate[],
  { places, starts, lost }: Pick<State, 'places' | 'starts' | 'lost'>,
): void {
  for (const { candidate, start } of dates) {
    if (!places.isFree(candidate.client, start)) lost.set(candidate, 'no place');
    else {
      places.take(candidate.client, start);
      starts.set(candidate, start);
    }
  }
}

interface State {
  readonly planning: Planning;
  readonly places: Places;
  readonly starts: Map<Candidate, number>;
  readonly kept: Set<Candidate>;
  readonly lost: Map<Candidate, LostDate>;
}

/** A date that was planned, chosen or not, and that nobody was told. */
export interface LooseDate {
  readonly candidate: Candidate;
  readonly start: number;
}

/**
 * Takes the places of all dates that stand whatever the cohorts do: what was told stays even where a limit was
 * lowered since, what was chosen only where a place is left. Answers the loose dates that hold by themselves.
 */
function keepFirmDates({ planning, places, starts, kept, lost }: State): readonly LooseDate[] {
  const chosen: LooseDate[] = [];
  const loose: LooseDate[] = [];
  for (const candidate of planning.candidates) {
    const present = presentDateOf(candidate);
    if (present === null) continue;
    const start = epochMsOf(present.slot.start);
    const obstacle = obstacleTo(present, candidate, planning);
    if (obstacle !== null) lost.set(candidate, obstacle);
    else if (isKept(present)) {
      places.take(candidate.client, start);
      starts.set(candidate, start);
      kept.add(candidate);
    } else (present.firmness === 'pinned' ? chosen : loose).push({ candidate, start });
  }
  takeWhereFree(chosen.sort(byStart), { places, starts, lost });
  return loose.sort(byStart);
}

function byStart(a: LooseDate, b: LooseDate): number {
  return a.start - b.start;
}

function isKept({ firmness }: PresentDate): boolean {
  return firmness === 'begun' || firmness === 'told';
}

interface Members {
  readonly cohort: number;
  readonly members: readonly Candidate[];
  readonly loose: readonly LooseDate[];
  readonly earliest: number;
  readonly latest: number;
  readonly beforeOthers: number;
  /** How many clients of later cohorts wait for the end of this one. */
  readonly waiting: number;
  readonly thorough: boolean;
}

function placeMembers(state: State, { members, loose, ...bounds }: Members): void {
  const { places, starts, lost } = state;
  const inTurn = loose.filter(({ start }) => start >= bounds.earliest);
  for (const { candidate, start } of loose) {
    if (start < bounds.earliest) lost.set(candidate, 'cohort');
  }
  takeWhereFree(inTurn, state);
  const { cohort, earliest, waiting } = bounds;
  const place = bounds.thorough ? placeCohortWell : placeCohort;
  let left = members.filter((each) => !starts.has(each));
  const tries = [Math.min(bounds.latest, bounds.beforeOthers), bounds.latest];
  for (const latest of new Set(tries)) {
    const { placed, unplaced } = place(left, places, { cohort, earliest, latest, waiting });
    for (const [candidate, start] of placed) starts.set(candidate, start);
    left = [...unplaced];
  }
  const movable = loose.filter(({ candidate, start }) => starts.get(candidate) === start);
  const moved = makeRoom(left, movable, { places, starts, bounds });
  for (const candidate of moved) lost.set(candidate, 'displaced');
}

/** When the last client starts that the next cohort waits for; a date that was chosen beyond all others holds nobody up. */
function lastStart({ starts }: State, members: readonly Candidate[]): number {
  const of = (some: readonly Candidate[]): number =>
    some.reduce((last, each) => Math.max(last, starts.get(each) ?? -Infinity), -Infinity);
  const ordinary = of(members.filter(({ client }) => client.pinned === null));
  return ordinary === -Infinity ? of(members) : ordinary;
}
