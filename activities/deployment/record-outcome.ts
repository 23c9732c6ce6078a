import type { Transaction } from '../../database/in-transaction.ts';
import type { FollowedDeployment } from '../../database/read-models/deployment-to-follow.read-model.ts';
import { raiseAttention } from '../../database/stores/attention.store.ts';
import { moveClientRollout } from '../../database/stores/client-rollout.store.ts';
import { settleDeployment } from '../../database/stores/deployment.store.ts';
import type { ClientRolloutState, DeploymentState } from '../../domain/rollout/states.ts';
import { wakeAfterOutcome } from './wake-after-outcome.ts';

/** How a deployment ended, and who says so. */
export interface Outcome {
  readonly state: 'succeeded' | 'failed' | 'unknown';
  readonly detail: string | null;
  readonly operationId?: string | null;
  /** The deployer's word unless a person decided. */
  readonly by?: string;
}

const unsettled: readonly DeploymentState[] = ['claimed', 'dispatching', 'running'];

/**
 * Records an outcome on its deployment, whatever became of the client meanwhile; only the client's own move is
 * conditional. Frees the place and wakes whoever may have waited for it. The caller holds `lockForOutcome`.
 * The first outcome stays: false when there was one.
 */
export async function recordOutcome(
  tx: Transaction,
  deployment: FollowedDeployment,
  outcome: Outcome,
  from: readonly DeploymentState[] = unsettled,
): Promise<boolean> {
  const { ref, siteKind } = deployment;
  const recorded = await settleDeployment(tx, {
    id: deployment.id,
    from,
    to: outcome.state,
    detail: outcome.detail,
    operationId: outcome.operationId ?? null,
    verification: outcome.state === 'succeeded' ? 'pending' : null,
  });
  if (!recorded) {
    await reportContradiction(tx, deployment, outcome);
    return false;
  }
  tx.record({
    kind: `deployment.${outcome.state}`,
    actor: outcome.by ?? `deployer ${deployment.deployer.name}`,
    ...(outcome.detail === null ? {} : { cause: outcome.detail }),
    ...ref,
    facts: { deployment: deployment.id, site: siteKind, version: deployment.build.version },
  });
  if (outcome.state === 'succeeded') await moveOn(tx, deployment);
  else await moveToProblem(tx, deployment, outcome.state, outcome.detail);
  await wakeAfterOutcome(tx, deployment, {
    clientCounts: outcome.state !== 'succeeded',
    placeIsFree: true,
  });
  return true;
}

/** Stops a client's part at a problem, if it still waits for this deployment, and asks a person. */
export async function moveToProblem(
  tx: Transaction,
  deployment: FollowedDeployment,
  state: 'failed' | 'unknown',
  detail: string | null,
): Promise<void> {
  const { ref, siteKind, isPresent } = deployment;
  const where = siteKind === 'preview' ? 'the preview site' : 'production';
  const what = state === 'failed' ? 'failed' : 'has no known outcome';
  const reason = `${deployment.build.version} on ${where} ${what}${detail === null ? '' : `: ${detail}`}`;
  const moved =
    (siteKind === 'production' || isPresent) &&
    (await moveClientRollout(tx, {
      of: ref,
      from: statesDuring(siteKind),
      to: state,
      actor: 'daymark',
      reason,
      facts: { deployment: deployment.id },
    }));
  if (!moved) return;
  await raiseAttention(tx, {
    dedupeKey: `deployment:${ref.clientRolloutId}:${deployment.id}`,
    kind: `deployment-${state}`,
    text: `${deployment.clientName}: ${reason}. ${advice[state]}`,
    actions: state === 'failed' ? ['retry', 'skip'] : ['retry', 'skip', 'hold'],
    ...ref,
    subjectId: deployment.id,
    owner: deployment.owner,
  });
}

/** The states of a client's part that wait for a deployment to one kind of site. */
export function statesDuring(siteKind: 'preview' | 'production'): readonly ClientRolloutState[] {
  return siteKind === 'preview' ? ['planned', 'previewing'] : ['deploying', 'verifying'];
}

const advice = {
  failed: 'Retry it, or skip this client.',
  unknown:
    'It may or may not have been installed; look at the site before you retry, skip or hold it.',
} as const;

async function moveOn(tx: Transaction, { ref, siteKind }: FollowedDeployment): Promise<void> {
  if (siteKind === 'preview') return;
  await moveClientRollout(tx, {
    of: ref,
    from: ['deploying'],
    to: 'verifying',
    actor: 'daymark',
    reason: null,
  });
}

async function reportContradiction(
  tx: Transaction,
  deployment: FollowedDeployment,
  outcome: Outcome,
): Promise<void> {
  const known = deployment.state;
  if (unsettled.includes(known) || known === 'unknown' || known === outcome.state) return;
  await raiseAttention(tx, {
    dedupeKey: `deployment-contradiction:${deployment.id}`,
    kind: 'deployment-contradiction',
    text: `${deployment.clientName}: the deployer said "${known}" first and "${outcome.state}" later. The first stays; look at the site.`,
    actions: [],
    ...deployment.ref,
    subjectId: deployment.id,
    owner: deployment.owner,
  });
}
