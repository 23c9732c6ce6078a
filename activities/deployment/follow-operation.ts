import type { FollowedDeployment } from '../../database/read-models/deployment-to-follow.read-model.ts';
import { noteAbsent, noteRunning } from '../../database/stores/deployment.store.ts';
import { type Instant, plusMs } from '../../domain/instant.ts';
import type { DeployLookUp } from '../../domain/rollout/classify-deploy-answer.ts';
import type { DeployCapability } from '../../integrations/deployment/deployer.ts';
import type { DeployDependencies } from './deploy-dependencies.ts';
import { giveClaimBack } from './release-claim.ts';
import { settleAs, settling } from './settle-deployment.ts';
import { nextDelayMs, type Round } from './wait-again.ts';

/** Asks once after a deployment without an outcome; starts nothing. */
export async function followOnce(
  deps: DeployDependencies,
  deployment: FollowedDeployment,
): Promise<Round> {
  const now = await deps.database.clock.now(deps.database.pool);
  if (deployment.state === 'claimed') return await neverStarted(deps, deployment, now);
  if (now >= deployment.deadline) {
    const detail = `no outcome within the time limit${saidLast(deployment)}`;
    return await settleAs(deps, deployment, { state: 'unknown', detail });
  }
  const deployer = deps.deployers.open(deployment.deployer);
  const { key, operationId, statusUrl } = deployment;
  const found = await deployer.lookUp({ key, operationId, statusUrl });
  return deployment.state === 'running'
    ? await whileRunning(deps, deployment, found)
    : await afterDispatch(deps, deployment, { found, capability: deployer.capability });
}

async function neverStarted(
  deps: DeployDependencies,
  of: FollowedDeployment,
  now: Instant,
): Promise<Round> {
  if (now >= of.deadline) {
    const detail = `nothing could be started within the time limit${saidLast(of)}`;
    return await settleAs(deps, of, { state: 'failed', detail });
  }
  return await settling(deps, of, async (tx, { deployment }) => {
    const { ref, siteKind, id } = deployment;
    await giveClaimBack(tx, { ref, siteKind, deploymentId: id }, 'it is not to start any more');
    return null;
  });
}

/** The deployer had taken it on. */
async function whileRunning(
  deps: DeployDependencies,
  deployment: FollowedDeployment,
  found: DeployLookUp,
): Promise<Round> {
  switch (found.kind) {
    case 'succeeded':
    case 'failed':
      return await settleAs(deps, deployment, { ...found, state: found.kind });
    case 'lost':
    case 'absent': {
      const detail = 'the deployer no longer knows the operation it had accepted';
      return await settleAs(deps, deployment, { state: 'unknown', detail });
    }
    case 'running':
    case 'no-answer':
    case 'not-supported':
      return await later(deps, deployment, found);
  }
}

/** A dispatch without a recorded answer, of which only look-ups may tell more for now. */
async function afterDispatch(
  deps: DeployDependencies,
  of: FollowedDeployment,
  asked: { readonly found: DeployLookUp; readonly capability: DeployCapability },
): Promise<Round> {
  const { found, capability } = asked;
  switch (found.kind) {
    case 'succeeded':
    case 'failed':
      return await settleAs(deps, of, { ...found, state: found.kind });
    case 'running':
      return await settling(deps, of, async (tx, { deployment }) => {
        await noteRunning(tx, {
          id: deployment.id,
          operationId: found.operationId,
          statusUrl: null,
        });
        return null;
      });
    case 'absent':
      return await absent(deps, of);
    case 'lost':
    case 'no-answer':
      return await later(deps, of, found);
    case 'not-supported':
      if (capability === 'key') return await later(deps, of, found);
      return await settleAs(deps, of, {
        state: 'unknown',
        detail: `the dispatch has no answer and cannot be looked up${saidLast(of)}`,
      });
  }
}

/** "Never heard of it" counts only once a request that is still under way would have arrived. */
async function absent(deps: DeployDependencies, of: FollowedDeployment): Promise<Round> {
  const { permitMs, requestMs } = deps.settings;
  return await settling(deps, of, async (tx, { deployment, now }) => {
    if (deployment.state !== 'dispatching') return null;
    const sent = deployment.permitUntil ?? plusMs(deployment.claimedAt, permitMs);
    const arrivedBy = plusMs(sent, requestMs);
    if (now < arrivedBy) {
      const since = deployment.claimedAt;
      const delayMs = nextDelayMs(deps.settings, { since, now, deadline: arrivedBy });
      return { why: 'the deployer has not heard of it yet', delayMs };
    }
    await noteAbsent(tx, deployment.id);
    return null;
  });
}

async function later(
  deps: DeployDependencies,
  of: FollowedDeployment,
  found: DeployLookUp,
): Promise<Round> {
  const now = await deps.database.clock.now(deps.database.pool);
  const retryAfterMs = found.kind === 'no-answer' ? found.retryAfterMs : null;
  const { claimedAt: since, deadline } = of;
  const delayMs = nextDelayMs(deps.settings, { since, now, deadline, retryAfterMs });
  const why = found.kind === 'no-answer' ? `no answer: ${found.cause}` : 'the deployer works on it';
  return { kind: 'again', why, delayMs };
}

function saidLast({ detail }: FollowedDeployment): string {
  return detail === null ? '' : `; last: ${detail}`;
}
