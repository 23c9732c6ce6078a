import type { Transaction } from '../../database/in-transaction.ts';
import {
  type FollowedDeployment,
  readDeploymentToFollow,
} from '../../database/read-models/deployment-to-follow.read-model.ts';
import { resolveAttention } from '../../database/stores/attention.store.ts';
import {
  lockClientRollout,
  lockForOutcome,
  moveClientRollout,
} from '../../database/stores/client-rollout.store.ts';
import { findRetriable, raiseGeneration } from '../../database/stores/retry.store.ts';
import type { ClientRolloutId, DeploymentId } from '../../domain/ids.ts';
import { hasEnded, isOver } from '../../domain/rollout/states.ts';
import { clientRolloutWorkflowId } from '../../workflows/contract/workflow-ids.ts';
import { recordOutcome } from './record-outcome.ts';

/** What came of a person's decision; a refusal says what the person can do instead. */
export type Decided<Done = object> =
  ({ readonly kind: 'done' } & Done) | { readonly kind: 'refused'; readonly reason: string };

/**
 * Lets a client whose deployment failed, or of which nobody knows how it ended, try once more under a new number.
 * Everything it needs to start is judged again. Locks the client's part; the caller holds nothing after it.
 */
export async function retryDeployment(
  tx: Transaction,
  retry: {
    readonly clientRolloutId: ClientRolloutId;
    readonly by: string;
    readonly reason?: string;
  },
): Promise<Decided<{ readonly siteKind: 'preview' | 'production' }>> {
  const { clientRolloutId, by } = retry;
  await lockClientRollout(tx, clientRolloutId);
  const found = await findRetriable(tx, clientRolloutId);
  if (found === null) return refused('this client is not part of the rollout');
  if (isOver(found.rolloutState)) return refused(`the rollout is ${found.rolloutState}`);
  if (found.state !== 'failed' && found.state !== 'unknown') {
    return refused(`it is ${found.state}; only what failed or is unknown can be tried again`);
  }
  const { siteKind, ref } = found;
  await raiseGeneration(tx, clientRolloutId, siteKind);
  await moveClientRollout(tx, {
    of: ref,
    from: ['failed', 'unknown'],
    to: siteKind === 'preview' ? 'planned' : 'scheduled',
    actor: by,
    reason: retry.reason ?? 'it is tried again',
    facts: { retry: siteKind },
  });
  await resolveAttention(tx, {
    dedupeKey: `deployment:${clientRolloutId}`,
    by,
    resolution: 'it is tried again',
  });
  tx.wake(clientRolloutWorkflowId(ref.rolloutId, ref.clientId), found.planOrder);
  return { kind: 'done', siteKind };
}

/**
 * Records how a deployment ended because a person says so: one done by hand, or one whose end nobody could find out.
 * A success is still verified at the site.
 */
export async function settleManual(
  tx: Transaction,
  decision: {
    readonly deploymentId: DeploymentId;
    readonly outcome: 'succeeded' | 'failed';
    readonly by: string;
    readonly detail: string | null;
  },
): Promise<Decided> {
  const before = await readDeploymentToFollow(tx, { deploymentId: decision.deploymentId });
  if (before === null) return refused('there is no such deployment');
  await lockForOutcome(tx, before.ref.clientRolloutId);
  const deployment = await readDeploymentToFollow(tx, { deploymentId: decision.deploymentId });
  if (deployment === null) return refused('there is no such deployment');
  const problem = problemOfSettling(deployment);
  if (problem !== null) return refused(problem);
  const { outcome: state, by, detail } = decision;
  const { ref } = deployment;
  await backToWork(tx, deployment, by);
  await resolveAttention(tx, {
    dedupeKey: `deployment:${ref.clientRolloutId}`,
    by,
    resolution: `${by} says that it ${state}`,
  });
  await recordOutcome(tx, deployment, { state, detail, by }, [
    'dispatching',
    'running',
    'unknown',
    'succeeded',
  ]);
  tx.wake(clientRolloutWorkflowId(ref.rolloutId, ref.clientId));
  return { kind: 'done' };
}

function problemOfSettling({ state, verification }: FollowedDeployment): string | null {
  if (state === 'running' || state === 'dispatching' || state === 'unknown') return null;
  if (state === 'succeeded' && verification !== 'match' && verification !== 'pending') return null;
  return `the deployment is ${state}${verification === null ? '' : `, verification ${verification}`}`;
}

/** A client that stopped at the unknown outcome waits for this deployment again, unless it has ended otherwise. */
async function backToWork(
  tx: Transaction,
  { ref, siteKind, clientState, isPresent }: FollowedDeployment,
  by: string,
): Promise<void> {
  if (!isPresent || !hasEnded(clientState)) return;
  await moveClientRollout(tx, {
    of: ref,
    from: ['unknown', 'failed'],
    to: siteKind === 'preview' ? 'previewing' : 'deploying',
    actor: by,
    reason: 'a person has looked how it ended',
  });
}

function refused(reason: string): { readonly kind: 'refused'; readonly reason: string } {
  return { kind: 'refused', reason };
}
