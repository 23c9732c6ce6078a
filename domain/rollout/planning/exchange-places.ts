import { type Crowd, suits } from './crowd.ts';
import type { Places } from './places.ts';

/** Gives places to crowds and lets them change places among each other. */
export interface Exchanges {
  readonly give: (crowd: Crowd, start: number) => void;
  /**
   * Uses a free place that nobody who waits for one could take: somebody of the given crowds moves there and
   * leaves its own place to another, and so on until somebody without a place gets one. Answers whether that went.
   */
  readonly makeUseOf: (start: number, crowds: readonly Crowd[]) => boolean;
}

/** How many places are looked at for exchanges within one cohort; beyond that only free ones are given. */
const mostLooks = 20_000_000;

/** From whom a crowd would get which place: null = the free one. */
interface Offer {
  readonly from: Crowd | null;
  readonly start: number;
}

interface Move {
  readonly crowd: Crowd;
  readonly start: number;
  readonly by: 1 | -1;
}

/** Exchanges among these crowds. */
export function exchanges(crowds: readonly Crowd[], places: Places): Exchanges {
  // Once no chain led from a crowd to anybody without a place none ever will: its places only change among those
  // that were reached with it.
  const hopeless = new Set<Crowd>();
  let looks = 0;

  const change = ({ crowd, start, by }: Move): void => {
    const count = (crowd.slots.get(start) ?? 0) + by;
    if (count === 0) crowd.slots.delete(start);
    else crowd.slots.set(start, count);
    crowd.left -= by;
    if (by > 0) places.take(crowd.seat, start);
    else places.release(crowd.seat, start);
  };
  const couldTake = (crowd: Crowd, start: number, holder: Crowd): boolean =>
    suits(crowd, start) &&
    (crowd.seat.deployer === holder.seat.deployer || places.deployerHasRoom(crowd.seat, start));

  const chainFrom = (start: number, free: readonly Crowd[]): readonly Move[] | null => {
    const offers = new Map<Crowd, Offer>(free.map((crowd) => [crowd, { from: null, start }]));
    const unreached = new Set(crowds.filter((each) => !offers.has(each) && !hopeless.has(each)));
    const seen = new Set<string>();
    for (const [holder] of offers) {
      for (const place of holder.slots.keys()) {
        const key = `${place} ${holder.seat.deployer}`;
        if (seen.has(key)) continue;
        seen.add(key);
        looks += unreached.size;
        if (looks > mostLooks) return null;
        for (const crowd of unreached) {
          if (!couldTake(crowd, place, holder)) continue;
          const offer = { from: holder, start: place };
          if (crowd.left > 0) return movesAlong(offers, crowd, offer);
          unreached.delete(crowd);
          offers.set(crowd, offer);
        }
      }
    }
    for (const crowd of offers.keys()) hopeless.add(crowd);
    return null;
  };

  return {
    give: (crowd, start) => {
      change({ crowd, start, by: 1 });
    },
    makeUseOf: (start, waiting) => {
      const free = waiting.filter(
        (each) =>
          !hopeless.has(each) && each.left === 0 && places.deployerHasRoom(each.seat, start),
      );
      const isWanted = crowds.some(({ left, from }) => left > 0 && from < start);
      if (free.length === 0 || !isWanted || looks > mostLooks) return false;
      const moves = chainFrom(start, free);
      if (moves === null) return false;
      for (const move of moves) change(move);
      const breaks = moves.some(
        ({ crowd, start: at, by }) => by > 0 && !keepsWithin(crowd, at, places),
      );
      if (!breaks) return true;
      for (const move of moves) change({ ...move, by: move.by > 0 ? -1 : 1 });
      return false;
    },
  };
}

/** From the one without a place back to the free place: each takes what the one before it leaves. */
function movesAlong(
  offers: ReadonlyMap<Crowd, Offer>,
  last: Crowd,
  lastOffer: Offer,
): readonly Move[] {
  const moves: Move[] = [];
  let taker: Crowd = last;
  let offer: Offer | undefined = lastOffer;
  while (offer) {
    const { from, start }: Offer = offer;
    if (from !== null) moves.push({ crowd: from, start, by: -1 });
    moves.push({ crowd: taker, start, by: 1 });
    if (from === null) break;
    taker = from;
    offer = offers.get(from);
  }
  return moves;
}

/** Whether the deployer's limit still holds there; changing places leaves all other limits as they were. */
function keepsWithin({ seat }: Crowd, start: number, places: Places): boolean {
  return places.deployerHasRoom({ ...seat, deployerLimit: seat.deployerLimit + 1 }, start);
}
