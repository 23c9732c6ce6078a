import { inTransaction } from '../../database/in-transaction.ts';
import type { FollowedDeployment } from '../../database/read-models/deployment-to-follow.read-model.ts';
import { raiseAttention } from '../../database/stores/attention.store.ts';
import { disableDeployer } from '../../database/stores/deployer.store.ts';
import {
  noteNotStarted,
  noteRunning,
  noteUncertain,
  type Permit,
} from '../../database/stores/deployment.store.ts';
import type { DeployAnswer } from '../../domain/rollout/classify-deploy-answer.ts';
import type { DeployDependencies } from './deploy-dependencies.ts';
import { recordOutcome } from './record-outcome.ts';
import { settleAs, settling } from './settle-deployment.ts';
import { nextDelayMs, type Round } from './wait-again.ts';

/** One attempt and what the deployer answered to it. */
export interface Answered {
  readonly deployment: FollowedDeployment;
  readonly permit: Permit;
  readonly answer: DeployAnswer;
}

/** Records what one dispatch came to. It speaks for this attempt only: an earlier unknown one stays unknown. */
export async function applyAnswer(deps: DeployDependencies, answered: Answered): Promise<Round> {
  const { deployment, answer } = answered;
  switch (answer.kind) {
    case 'succeeded':
    case 'failed':
      return await settleAs(deps, deployment, { ...answer, state: answer.kind });
    case 'accepted':
      return await running(deps, deployment, answer);
    case 'waits-for-person':
      return await byHand(deps, deployment);
    case 'running-elsewhere':
      return await runningElsewhere(deps, answered);
    case 'disable':
      await disable(deps, deployment, answer.reason);
      return await refused(deps, deployment, answer.reason);
    case 'refused':
      return await refused(deps, deployment, answer.reason);
    case 'mismatch':
      return await refused(deps, deployment, `the request does not fit its key: ${answer.reason}`);
    case 'back-off':
      return await notStarted(deps, answered, {
        why: 'the deployer asks to come back later',
        retryAfterMs: answer.retryAfterMs,
      });
    case 'not-started':
      return await notStarted(deps, answered, {
        why: `could not reach the deployer: ${answer.cause}`,
        retryAfterMs: null,
      });
    case 'unknown':
      return await uncertain(deps, answered, answer.cause);
  }
}

async function running(
  deps: DeployDependencies,
  of: FollowedDeployment,
  operation: { readonly operationId: string | null; readonly statusUrl: string | null },
): Promise<Round> {
  return await settling(deps, of, async (tx, { deployment }) => {
    const { operationId, statusUrl } = operation;
    if (await noteRunning(tx, { id: deployment.id, operationId, statusUrl })) {
      tx.record({
        kind: 'deployment.running',
        actor: `deployer ${deployment.deployer.name}`,
        ...deployment.ref,
        facts: { deployment: deployment.id, site: deployment.siteKind, operationId },
      });
    }
    return null;
  });
}

/** Somebody is asked to do it; the question stays open until the outcome is recorded. */
async function byHand(deps: DeployDependencies, of: FollowedDeployment): Promise<Round> {
  const { ref, siteKind, build, clientName, owner } = of;
  await inTransaction(deps.database, async (tx) => {
    await raiseAttention(tx, {
      dedupeKey: `deployment:${ref.clientRolloutId}:${of.id}:by-hand`,
      kind: 'manual-deployment',
      text: `${clientName}: bring ${build.version} to the ${siteKind} site by hand, then record how it ended. What the site reports decides.`,
      actions: ['settle'],
      ...ref,
      subjectId: of.id,
      owner,
    });
  });
  return await running(deps, of, { operationId: null, statusUrl: null });
}

/** The deployer works under this key already; without a way to look it up, the same request is put again. */
async function runningElsewhere(deps: DeployDependencies, answered: Answered): Promise<Round> {
  const { key } = answered.deployment;
  const found = await deps.deployers
    .open(answered.deployment.deployer)
    .lookUp({ key, operationId: null, statusUrl: null });
  if (found.kind === 'not-supported' || found.kind === 'no-answer') {
    return await uncertain(deps, answered, 'the deployer works under this key already');
  }
  const operationId = found.kind === 'running' ? found.operationId : null;
  return await running(deps, answered.deployment, { operationId, statusUrl: null });
}

/** Nothing came of this attempt; but what an earlier unknown one came to, nobody has said. */
async function refused(
  deps: DeployDependencies,
  of: FollowedDeployment,
  reason: string,
): Promise<Round> {
  return await settling(deps, of, async (tx, { deployment }) => {
    await recordOutcome(
      tx,
      deployment,
      deployment.uncertain
        ? { state: 'unknown', detail: `refused after an attempt without an answer: ${reason}` }
        : { state: 'failed', detail: `the deployer refused: ${reason}` },
    );
    return null;
  });
}

async function notStarted(
  deps: DeployDependencies,
  { deployment: of, permit }: Answered,
  because: { readonly why: string; readonly retryAfterMs: number | null },
): Promise<Round> {
  return await settling(deps, of, async (tx, { deployment, now }) => {
    await noteNotStarted(tx, permit, because.why);
    const { claimedAt: since, deadline } = deployment;
    const { why, retryAfterMs } = because;
    return { why, delayMs: nextDelayMs(deps.settings, { since, now, deadline, retryAfterMs }) };
  });
}

async function uncertain(
  deps: DeployDependencies,
  { deployment: of, permit }: Answered,
  cause: string,
): Promise<Round> {
  const { capability } = deps.deployers.open(of.deployer);
  return await settling(deps, of, async (tx, { deployment, now }) => {
    if (capability === 'none') {
      await recordOutcome(tx, deployment, { state: 'unknown', detail: cause });
      return null;
    }
    await noteUncertain(tx, permit, cause);
    const { claimedAt: since, deadline } = deployment;
    return { why: cause, delayMs: nextDelayMs(deps.settings, { since, now, deadline }) };
  });
}

/** In a transaction of its own: its lock comes before those of an outcome. */
async function disable(
  deps: DeployDependencies,
  { deployer }: FollowedDeployment,
  reason: string,
): Promise<void> {
  await inTransaction(deps.database, async (tx) => {
    const by = `deployer ${deployer.name}`;
    if (!(await disableDeployer(tx, { id: deployer.id, by, reason }))) return;
    await raiseAttention(tx, {
      dedupeKey: `deployer-withdrawn:${deployer.id}`,
      kind: 'deployer-withdrawn',
      text: `Deployer ${deployer.name} says that its address was withdrawn (${reason}). Nothing is sent there until it is saved again.`,
      actions: [],
      subjectId: deployer.id,
    });
  });
}
