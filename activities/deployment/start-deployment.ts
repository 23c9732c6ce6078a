import { performance } from 'node:perf_hooks';
import { inTransaction, type Transaction } from '../../database/in-transaction.ts';
import {
  type FollowedDeployment,
  readDeploymentToFollow,
} from '../../database/read-models/deployment-to-follow.read-model.ts';
import { grantPermit, type Permit, type SiteKind } from '../../database/stores/deployment.store.ts';
import type { DeploymentId } from '../../domain/ids.ts';
import type { DeploymentFacts } from '../../domain/rollout/client-facts.ts';
import {
  type ClosedGate,
  judgeGates,
  judgePreviewGates,
} from '../../domain/rollout/judge-gates.ts';
import { isUnsettled } from '../../domain/rollout/states.ts';
import type { ClientRolloutInput } from '../../workflows/contract/inputs.ts';
import type { ClientStep } from '../../workflows/contract/steps.ts';
import { answerStep, type ClientLook, isTurnOf, lookAtClient, nextAfter } from '../client-look.ts';
import { stillWaiting } from '../failures.ts';
import { applyAnswer } from './apply-answer.ts';
import { claimDeployment } from './claim-deployment.ts';
import type { DeployDependencies } from './deploy-dependencies.ts';
import { followOnce } from './follow-operation.ts';
import { giveClaimBack } from './release-claim.ts';

/**
 * Starts a deployment, or goes on with one whose answer is not known: each call to the deployer is made under a
 * permit of its own, taken with every gate judged again. With a gate closed only look-ups are made.
 */
export async function startDeployment(
  deps: DeployDependencies,
  input: ClientRolloutInput,
  siteKind: SiteKind,
): Promise<ClientStep> {
  // Measured from before the permit's transaction, so that it ends here no later than in the database.
  const permitFrom = performance.now();
  const decision = await inTransaction(deps.database, (tx) => decide(tx, deps, input, siteKind), {
    turn: input.rolloutId,
  });
  if (decision.kind === 'step') return decision.step;
  const { deployment } = decision;
  const round =
    decision.kind === 'follow'
      ? await followOnce(deps, deployment)
      : await applyAnswer(deps, {
          deployment,
          permit: decision.permit,
          answer: await deps.deployers.open(deployment.deployer).dispatch({
            key: deployment.key,
            webhookId: `deploy_${deployment.id}`,
            body: deployment.body,
            beforeWrite: () => performance.now() - permitFrom < deps.settings.permitMs,
          }),
        });
  if (round.kind === 'step') return round.step;
  throw stillWaiting(round.why, round.delayMs);
}

type Decision =
  | { readonly kind: 'step'; readonly step: ClientStep }
  | { readonly kind: 'permit'; readonly permit: Permit; readonly deployment: FollowedDeployment }
  | { readonly kind: 'follow'; readonly deployment: FollowedDeployment };

async function decide(
  tx: Transaction,
  deps: DeployDependencies,
  input: ClientRolloutInput,
  siteKind: SiteKind,
): Promise<Decision> {
  const look = await lookAtClient(tx, deps, input, `${siteKind}-start`);
  if (look === null) {
    return { kind: 'step', step: { kind: 'end', summary: 'there is no such client rollout' } };
  }
  const act = siteKind === 'preview' ? 'preparePreview' : 'deploy';
  if (!isTurnOf(act, look)) {
    return { kind: 'step', step: await answerStep(tx, look, look.next) };
  }
  const closed = closedGatesOf(look, siteKind);
  const attempt = look.facts[siteKind].deployment;
  if (attempt !== null && isUnsettled(attempt.state)) {
    return await decideOnAttempt(tx, deps, { look, attempt, closed });
  }
  const claimed = closed.length === 0 ? await claimDeployment(tx, look, siteKind) : null;
  if (claimed !== null) return await permitted(tx, deps, claimed);
  await giveClaimBack(tx, { ref: look.ref, siteKind, deploymentId: null }, reasonsOf(closed));
  return await answered(tx, deps, look);
}

async function decideOnAttempt(
  tx: Transaction,
  deps: DeployDependencies,
  of: {
    readonly look: ClientLook;
    readonly attempt: DeploymentFacts;
    readonly closed: readonly ClosedGate[];
  },
): Promise<Decision> {
  const { look, attempt, closed } = of;
  const isOpen = closed.length === 0;
  const deployment = await readDeploymentToFollow(tx, { deploymentId: attempt.id });
  if (deployment === null) throw new Error('A deployment that was just found is gone');
  const isLate = look.now >= deployment.deadline;
  if (attempt.state === 'claimed' && !isOpen && !isLate) {
    const { ref, siteKind } = deployment;
    await giveClaimBack(tx, { ref, siteKind, deploymentId: deployment.id }, reasonsOf(closed));
    return await answered(tx, deps, look);
  }
  const { capability } = deps.deployers.open(deployment.deployer);
  // Only a deployer that honours the key may be asked twice without knowing what became of the first time.
  const mayRepeat = attempt.state === 'claimed' || capability === 'key';
  if (isLate || !isOpen || !mayRepeat) return { kind: 'follow', deployment };
  return await permitted(tx, deps, attempt.id);
}

async function permitted(
  tx: Transaction,
  deps: DeployDependencies,
  id: DeploymentId,
): Promise<Decision> {
  const [permit, deployment] = await Promise.all([
    grantPermit(tx, id, deps.settings.permitMs),
    readDeploymentToFollow(tx, { deploymentId: id }),
  ]);
  if (permit === null || deployment === null) {
    throw new Error('A deployment changed although its client rollout is locked');
  }
  tx.record({
    kind: 'deployment.dispatched',
    actor: 'daymark',
    ...deployment.ref,
    facts: { deployment: id, site: deployment.siteKind, attempt: permit.attempt },
  });
  return { kind: 'permit', permit, deployment };
}

async function answered(
  tx: Transaction,
  deps: DeployDependencies,
  look: ClientLook,
): Promise<Decision> {
  return { kind: 'step', step: await answerStep(tx, look, await nextAfter(tx, deps, look)) };
}

function closedGatesOf({ facts, now }: ClientLook, siteKind: SiteKind): readonly ClosedGate[] {
  return siteKind === 'preview' ? judgePreviewGates(facts, now) : judgeGates(facts, now);
}

function reasonsOf(closed: readonly ClosedGate[]): string {
  return closed.map((each) => each.reason).join('; ');
}
