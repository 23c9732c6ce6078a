import { inTransaction } from '../../database/in-transaction.ts';
import {
  type FollowedDeployment,
  readDeploymentToFollow,
} from '../../database/read-models/deployment-to-follow.read-model.ts';
import type { SiteKind } from '../../database/stores/deployment.store.ts';
import { isUnsettled } from '../../domain/rollout/states.ts';
import type { ClientRolloutInput } from '../../workflows/contract/inputs.ts';
import type { ClientStep } from '../../workflows/contract/steps.ts';
import { answerStep, isTurnOf, lookAtClient } from '../client-look.ts';
import { stillWaiting } from '../failures.ts';
import type { DeployDependencies } from './deploy-dependencies.ts';
import { followOnce } from './follow-operation.ts';
import { verifySite } from './verify-site.ts';
import type { Round } from './wait-again.ts';

/**
 * Follows a deployment until it has an outcome and the site itself has said what it runs. It fails as "still
 * waiting" between two questions: that costs no history and holds no slot.
 */
export async function checkDeployment(
  deps: DeployDependencies,
  input: ClientRolloutInput,
  siteKind: SiteKind,
): Promise<ClientStep> {
  for (;;) {
    const deployment = await readDeploymentToFollow(deps.database.pool, { ...input, siteKind });
    const round = deployment && (await checkOnce(deps, input, deployment));
    if (round === null) return await onlyLook(deps, input);
    if (round.kind === 'again') throw stillWaiting(round.why, round.delayMs);
    // A success goes straight on to its verification: one activity less in the history.
    if (round.step.kind !== 'act' || round.step.act !== actOf(siteKind)) return round.step;
  }
}

/** Null = there is nothing to check, or it is not this act's turn. */
async function checkOnce(
  deps: DeployDependencies,
  input: ClientRolloutInput,
  deployment: FollowedDeployment,
): Promise<Round | null> {
  if (deployment.verification === 'pending') {
    const isWanted = deployment.isPresent || deployment.siteKind === 'production';
    return isWanted ? await verifySite(deps, deployment) : null;
  }
  if (!isUnsettled(deployment.state)) return null;
  const isRunning = deployment.state === 'running' && deployment.deployer.kind !== 'manual';
  if (!isRunning && !(await isMyTurn(deps, input, deployment.siteKind))) return null;
  return await followOnce(deps, deployment);
}

/** What has not been answered yet may belong to the act that starts: the rules say whose turn it is. */
async function isMyTurn(
  deps: DeployDependencies,
  input: ClientRolloutInput,
  siteKind: SiteKind,
): Promise<boolean> {
  return await inTransaction(deps.database, async (tx) => {
    const look = await lookAtClient(tx, deps, input, 'client');
    return look !== null && isTurnOf(actOf(siteKind), look);
  });
}

async function onlyLook(deps: DeployDependencies, input: ClientRolloutInput): Promise<ClientStep> {
  return await inTransaction(deps.database, async (tx): Promise<ClientStep> => {
    const look = await lookAtClient(tx, deps, input, 'client');
    if (look === null) return { kind: 'end', summary: 'there is no such client rollout' };
    return await answerStep(tx, look, look.next);
  });
}

function actOf(siteKind: SiteKind): 'verifyPreview' | 'verify' {
  return siteKind === 'preview' ? 'verifyPreview' : 'verify';
}
