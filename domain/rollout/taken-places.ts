import { type Instant, plusMs } from '../instant.ts';
import type { PlanClient } from './plan-input.ts';

/** Which places are taken when, each for the worst case, so that no limit is ever exceeded. */
export interface TakenPlaces {
  readonly take: (client: PlanClient, start: Instant, ms: number) => void;
  /** The given start when a place is free then, otherwise the next instant at which one may be. */
  readonly firstFree: (client: PlanClient, start: Instant, ms: number, limit: number) => Instant;
}

interface Taken {
  readonly start: Instant;
  readonly end: Instant;
  readonly deployer: string;
}

/** Starts with no place taken. */
export function takenPlaces(vendorLimit: number): TakenPlaces {
  const taken: Taken[] = [];
  return {
    take: ({ deployer }, start, ms) => {
      taken.push({ start, end: plusMs(start, ms), deployer });
    },
    firstFree: (client, start, ms, limit) => {
      const end = plusMs(start, ms);
      const meeting = taken.filter((each) => each.start < end && start < each.end);
      const ofDeployer = meeting.filter((each) => each.deployer === client.deployer);
      const isFree =
        meeting.length < Math.min(limit, vendorLimit) && ofDeployer.length < client.deployerLimit;
      if (isFree) return start;
      return meeting.map((each) => each.end).reduce((a, b) => (a < b ? a : b));
    },
  };
}
