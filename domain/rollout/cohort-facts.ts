import type { CohortId, RolloutId } from '../ids.ts';
import type { Instant } from '../instant.ts';
import type { Policy } from './policy.ts';
import type { CohortState, RolloutState } from './states.ts';

/** What the rules need to know of a rollout as a whole, read in one moment. */
export interface RolloutFacts {
  readonly rolloutId: RolloutId;
  readonly state: RolloutState;
  readonly policy: Policy;
  /** In cohort order. */
  readonly cohorts: readonly CohortProgress[];
  /** Failures since the rollout was started or last resumed. */
  readonly failures: number;
  readonly missed: number;
  /** A proposal to plan the missed clients again waits for a person. */
  readonly replanAsked: boolean;
  /** When missed clients were last planned again by policy; null = never. */
  readonly replannedAt: Instant | null;
}

export interface CohortProgress {
  readonly id: CohortId;
  readonly name: string;
  readonly state: CohortState;
  readonly observeUntil: Instant | null;
  /** All clients of the cohort that still count: not skipped, withdrawn, on hold or moved past its last slot. */
  readonly due: number;
  readonly done: number;
  /** Clients that may still do something by themselves, whether they count or not. */
  readonly unfinished: number;
  readonly failures: number;
  /** When the newest problem in this cohort occurred; a problem restarts the observation. */
  readonly lastProblemAt: Instant | null;
}
