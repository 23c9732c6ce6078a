import { inTransaction, type Transaction } from '../../database/in-transaction.ts';
import {
  type FollowedDeployment,
  readDeploymentToFollow,
} from '../../database/read-models/deployment-to-follow.read-model.ts';
import { lockForOutcome } from '../../database/stores/client-rollout.store.ts';
import { readWantedLevel } from '../../database/stores/wake.store.ts';
import type { DeploymentId } from '../../domain/ids.ts';
import type { Instant } from '../../domain/instant.ts';
import { clientRolloutWorkflowId } from '../../workflows/contract/workflow-ids.ts';
import type { ClientStep } from '../../workflows/contract/steps.ts';
import { answerStep, nextAfter } from '../client-look.ts';
import type { DeployDependencies } from './deploy-dependencies.ts';
import { recordOutcome, type Outcome } from './record-outcome.ts';
import type { Round } from './wait-again.ts';

/** A deployment read again under the locks of its outcome, and the time of this decision. */
export interface Settling {
  readonly deployment: FollowedDeployment;
  readonly now: Instant;
}

/**
 * Changes a deployment under the locks of an outcome. `work` answers how long to wait before the next question, which
 * act is next (it judges for itself), or null when the loop shall hear what is next.
 */
export async function settling(
  deps: DeployDependencies,
  of: Pick<FollowedDeployment, 'id' | 'ref'>,
  work: (
    tx: Transaction,
    settling: Settling,
  ) => Promise<{ readonly why: string; readonly delayMs: number } | ClientStep | null>,
): Promise<Round> {
  const { ref } = of;
  const settle = async (tx: Transaction): Promise<Round> => {
    // Asked in one go and answered one after the other: what follows the lock is read under it.
    const [level, , now, deployment] = await Promise.all([
      readWantedLevel(tx, clientRolloutWorkflowId(ref.rolloutId, ref.clientId)),
      lockForOutcome(tx, ref.clientRolloutId),
      tx.now(),
      readDeploymentToFollow(tx, { deploymentId: of.id }),
    ]);
    const result = deployment === null ? null : await work(tx, { deployment, now });
    if (result !== null && 'why' in result) return { kind: 'again', ...result };
    if (result !== null) return { kind: 'step', step: result };
    const look = { ref, now, level, waitsForPlace: deployment?.waitsForPlace ?? false };
    return { kind: 'step', step: await answerStep(tx, look, await nextAfter(tx, deps, look)) };
  };
  return await inTransaction(deps.database, settle, { turn: ref.rolloutId });
}

/** Records an outcome in a transaction of its own and answers what is next. */
export async function settleAs(
  deps: DeployDependencies,
  of: { readonly id: DeploymentId; readonly ref: FollowedDeployment['ref'] },
  outcome: Outcome,
): Promise<Round> {
  return await settling(deps, of, async (tx, { deployment }) => {
    const isNew = await recordOutcome(tx, deployment, outcome);
    if (!isNew || outcome.state !== 'succeeded') return null;
    const act = deployment.siteKind === 'preview' ? 'verifyPreview' : 'verify';
    return { kind: 'act', act, summary: 'the site is to be verified' };
  });
}
