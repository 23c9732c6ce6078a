import type { Transaction } from '../../database/in-transaction.ts';
import type { FollowedDeployment } from '../../database/read-models/deployment-to-follow.read-model.ts';
import { resolveAttention } from '../../database/stores/attention.store.ts';
import { moveClientRollout } from '../../database/stores/client-rollout.store.ts';
import { storeSiteReport } from '../../database/stores/site.store.ts';
import {
  notePreviewVerified,
  storeVerification,
} from '../../database/stores/verification.store.ts';
import type { SiteReading } from '../../domain/rollout/judge-site-reading.ts';
import type { DeployDependencies } from './deploy-dependencies.ts';
import { moveToProblem, statesDuring } from './record-outcome.ts';
import { wakeAfterOutcome } from './wake-after-outcome.ts';

/** What the site said in the end. */
export interface VerificationEnd {
  readonly verification: 'match' | 'other-version' | 'unhealthy' | 'unknown';
  readonly detail: string | null;
  readonly reading: SiteReading;
  readonly evidence: unknown;
}

/**
 * Records the proof from the site itself, or that there is none. Only *match* is success; *unknown* is not a
 * failure of the site. The caller holds `lockForOutcome`.
 */
export async function recordVerification(
  tx: Transaction,
  deps: DeployDependencies,
  deployment: FollowedDeployment,
  end: VerificationEnd,
): Promise<void> {
  const { ref, siteKind } = deployment;
  const { verification, evidence, reading } = end;
  if (!(await storeVerification(tx, { id: deployment.id, verification, evidence }))) return;
  await storeSiteReport(tx, {
    siteId: deployment.site.id,
    verdict: reading.kind === 'read' ? (reading.healthy ? 'read' : 'unhealthy') : reading.problem,
    version: reading.kind === 'read' ? reading.version : null,
    digest: reading.kind === 'read' ? reading.digest : null,
  });
  tx.record({
    kind: 'deployment.verified',
    actor: 'daymark',
    ...(end.detail === null ? {} : { cause: end.detail }),
    ...ref,
    facts: { deployment: deployment.id, site: siteKind, verification, evidence },
  });
  if (verification === 'match') await moveAfterMatch(tx, deps, deployment);
  else {
    const state = verification === 'unknown' ? 'unknown' : 'failed';
    await moveToProblem(tx, deployment, state, end.detail);
  }
  await wakeAfterOutcome(tx, deployment, {
    clientCounts: siteKind === 'production' || verification !== 'match',
    placeIsFree: false,
  });
}

async function moveAfterMatch(
  tx: Transaction,
  deps: DeployDependencies,
  deployment: FollowedDeployment,
): Promise<void> {
  const { ref, siteKind, build, isPresent } = deployment;
  await resolveAttention(tx, {
    dedupeKey: `deployment:${ref.clientRolloutId}`,
    by: 'daymark',
    resolution: `${build.version} was verified on the ${siteKind} site`,
  });
  if (siteKind === 'preview') {
    await notePreviewVerified(tx, ref.clientRolloutId, build.id);
    return;
  }
  const moved = await moveClientRollout(tx, {
    of: ref,
    from: statesDuring('production'),
    to: isPresent ? 'done' : 'planned',
    actor: 'daymark',
    reason: isPresent ? null : `${build.version} is installed; a newer build was announced since`,
    facts: { deployment: deployment.id, version: build.version },
  });
  if (!moved || !isPresent) return;
  await deps.desk.complete(tx, {
    clientRolloutId: ref.clientRolloutId,
    deploymentId: deployment.id,
  });
}
