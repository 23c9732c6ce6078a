import type { Candidate } from './crowd.ts';
import type { Places } from './places.ts';
import { firstFreeStart } from './preview-slots.ts';
import { spanAt, startsBetween } from './start-span.ts';

/** How many clients without a date are helped by moving others; beyond that a person must help. */
const mostHelped = 100;

interface Room {
  readonly places: Places;
  readonly starts: Map<Candidate, number>;
  readonly bounds: { readonly earliest: number; readonly latest: number };
}

/** Somebody whose date may move, since nobody was told it. */
interface Movable {
  readonly candidate: Candidate;
  readonly start: number;
}

/**
 * Lets others leave their dates to clients that fit nowhere else, as long as they find new ones themselves: one
 * moves for each that is placed. Answers who has moved.
 */
export function makeRoom(
  unplaced: readonly Candidate[],
  movable: readonly Movable[],
  room: Room,
): readonly Candidate[] {
  const moved = new Set<Candidate>();
  for (const candidate of unplaced.slice(0, mostHelped)) {
    const other = movable.find(
      (each) => !moved.has(each.candidate) && swaps(candidate, each, room),
    );
    if (other) moved.add(other.candidate);
  }
  return [...moved];
}

/** Gives the place to the candidate if its holder finds another; leaves everything as it was otherwise. */
function swaps(
  candidate: Candidate,
  { candidate: holder, start }: Movable,
  { places, starts, bounds }: Room,
): boolean {
  if (start < candidate.from || spanAt(candidate.open, start) === undefined) return false;
  places.release(holder.client, start);
  if (places.isFree(candidate.client, start)) {
    places.take(candidate.client, start);
    const from = Math.max(holder.from, bounds.earliest);
    const open = startsBetween(holder.open, from, bounds.latest);
    const next = firstFreeStart(open, from, { places, seat: holder.client });
    if (next !== undefined) {
      places.take(holder.client, next);
      starts.set(holder, next);
      starts.set(candidate, start);
      return true;
    }
    places.release(candidate.client, start);
  }
  places.take(holder.client, start);
  return false;
}
