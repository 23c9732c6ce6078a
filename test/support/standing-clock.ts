import type { Clock } from '../../database/clock.ts';
import { epochMsOf, instantOf } from '../../domain/instant.ts';
import type { Instant } from '../../domain/instant.ts';

/** A clock that stands still until it is moved. */
export interface StandingClock extends Clock {
  readonly move: (ms: number) => void;
}

/** A clock that stands at that instant. */
export function standingClock(start: string): StandingClock {
  let at = epochMsOf(start as Instant);
  return {
    now: () => Promise.resolve(instantOf(at)),
    move: (ms) => {
      at += ms;
    },
  };
}
