import type { Transaction } from '../../database/in-transaction.ts';
import type { FollowedDeployment } from '../../database/read-models/deployment-to-follow.read-model.ts';
import { readRolloutFacts } from '../../database/read-models/rollout-facts.read-model.ts';
import { nextForPlaces, otherPartsOf } from '../../database/stores/place.store.ts';
import type { RolloutId } from '../../domain/ids.ts';
import { nextRolloutStep } from '../../domain/rollout/next-rollout-step.ts';
import {
  clientRolloutWorkflowId,
  rolloutWorkflowId,
} from '../../workflows/contract/workflow-ids.ts';

/** What others may wait for that has happened now. */
export interface Happened {
  /** The client has finished or has a problem: its cohort counts it. */
  readonly clientCounts: boolean;
  /** A place is free that was taken. */
  readonly placeIsFree: boolean;
}

/** Wakes the rollout, the same client's other rollouts and those for whom a place is free now, where it matters to them. */
export async function wakeAfterOutcome(
  tx: Transaction,
  { ref }: Pick<FollowedDeployment, 'ref'>,
  { clientCounts, placeIsFree }: Happened,
): Promise<void> {
  if (clientCounts) await wakeRolloutIfDue(tx, ref.rolloutId);
  const [others, next] = await Promise.all([
    otherPartsOf(tx, ref),
    placeIsFree ? nextForPlaces(tx) : [],
  ]);
  for (const part of [...others, ...next]) {
    tx.wake(clientRolloutWorkflowId(part.rolloutId, part.clientId), part.planOrder);
  }
}

/** Most clients end without anything to do for the rollout: it is woken by the one that reaches a threshold. */
async function wakeRolloutIfDue(tx: Transaction, rolloutId: RolloutId): Promise<void> {
  const now = await tx.now();
  const facts = await readRolloutFacts(tx, rolloutId, now);
  if (facts === null || nextRolloutStep(facts, now).kind !== 'act') return;
  tx.wake(rolloutWorkflowId(rolloutId));
}
