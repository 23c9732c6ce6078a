import type { ClientId } from '../ids.ts';
import { type Instant, plusMs } from '../instant.ts';
import type { PlanClient, TakenSlot } from './plan-input.ts';

/** Limits on deployments at once; the client's own and its deployer's come with the client. */
export interface PlaceLimits {
  readonly vendor: number;
  readonly rollout: number;
}

/** Which places are taken when, each for the worst case, so that no limit is ever exceeded. */
export interface TakenPlaces {
  readonly take: (client: PlanClient, start: Instant, ms: number) => void;
  /**
   * The given start when a place is free then, otherwise a later instant at which one may be.
   * `limit` is the cohort's.
   */
  readonly firstFree: (client: PlanClient, start: Instant, ms: number, limit: number) => Instant;
}

interface Taken {
  readonly start: Instant;
  readonly end: Instant;
  readonly clientId: ClientId;
  readonly deployer: string;
  /** Index of the cohort; null for another rollout's deployment. */
  readonly cohort: number | null;
}

/** Starts with what other rollouts have taken. */
export function takenPlaces(limits: PlaceLimits, others: readonly TakenSlot[] = []): TakenPlaces {
  const taken: Taken[] = others.map((each) => ({ ...each, cohort: null }));
  return {
    take: ({ clientId, deployer, cohort }, start, ms) => {
      taken.push({ start, end: plusMs(start, ms), clientId, deployer, cohort });
    },
    firstFree: (client, start, ms, limit) => {
      const end = plusMs(start, ms);
      const meeting = taken.filter((each) => each.start < end && start < each.end);
      const bounds: readonly (readonly [number, (each: Taken) => boolean])[] = [
        [1, (each) => each.clientId === client.clientId],
        [limit, (each) => each.cohort === client.cohort],
        [limits.rollout, (each) => each.cohort !== null],
        [client.deployerLimit, (each) => each.deployer === client.deployer],
        [limits.vendor, () => true],
      ];
      const inTheWay = bounds.flatMap(([most, counts]) => {
        const counted = meeting.filter(counts);
        return busiest(counted, start) < most ? [] : counted;
      });
      if (inTheWay.length === 0) return start;
      return inTheWay.map((each) => each.end).reduce((a, b) => (a < b ? a : b));
    },
  };
}

/** How many are at work at once at the busiest moment from the given start on. */
function busiest(counted: readonly Taken[], start: Instant): number {
  const moments = counted.map((each) => (each.start > start ? each.start : start));
  const numbers = moments.map(
    (moment) => counted.filter((each) => each.start <= moment && moment < each.end).length,
  );
  return Math.max(0, ...numbers);
}
