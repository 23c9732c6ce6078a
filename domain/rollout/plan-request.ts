import type { ChangeId, RolloutId } from '../ids.ts';
import type { LocalDate } from '../instant.ts';
import type { CohortRule } from './policy.ts';

/** Which active clients a rollout is for: everybody whom any of the fields names. */
export interface ClientSelection {
  readonly all?: boolean;
  readonly keys?: readonly string[];
  readonly tags?: readonly string[];
  /** Those that reported an issue of the change, by its latest assessment. */
  readonly reporters?: boolean;
}

/** A new rollout as it was ordered; kept with its plan, so that the same can be planned with later facts. */
export interface NewPlanRequest {
  readonly kind: 'new';
  readonly changeId: ChangeId;
  readonly clients: ClientSelection;
  /** Null = chosen by kind, impact and whether it is critical. */
  readonly policyName: string | null;
  /** Instead of the policy's. */
  readonly cohorts: readonly CohortRule[] | null;
  /** Instead of the change's. */
  readonly earliestDate: LocalDate | null;
  readonly latestDate: LocalDate | null;
  /** The rollout whose cohorts, policy and clients were taken over; absent = none. */
  readonly like?: RolloutId;
  /** The cadence that proposed it for `earliestDate`; absent = none. */
  readonly cadence?: string;
}

/** New dates for clients of a rollout that runs: those named by key, all that missed theirs, or whoever must move. */
export interface PlanAgainRequest {
  readonly kind: 'again';
  readonly rolloutId: RolloutId;
  readonly clients: 'all' | 'missed' | readonly string[];
  readonly reason: string;
}

export type PlanRequest = NewPlanRequest | PlanAgainRequest;
