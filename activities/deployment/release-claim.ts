import type { Transaction } from '../../database/in-transaction.ts';
import {
  type ClientRolloutRef,
  moveClientRollout,
} from '../../database/stores/client-rollout.store.ts';
import { releaseClaim, type SiteKind } from '../../database/stores/deployment.store.ts';
import type { DeploymentId } from '../../domain/ids.ts';
import { wakeAfterOutcome } from './wake-after-outcome.ts';

/**
 * Gives back a claim from which nothing has left: its place is free again, and its client waits for its gates like
 * anybody else. False when something may have left.
 */
export async function giveClaimBack(
  tx: Transaction,
  of: {
    readonly ref: ClientRolloutRef;
    readonly siteKind: SiteKind;
    /** Null when there is none and only the state is to be put right. */
    readonly deploymentId: DeploymentId | null;
  },
  reason: string,
): Promise<boolean> {
  const { ref, siteKind, deploymentId } = of;
  if (deploymentId !== null) {
    if (!(await releaseClaim(tx, deploymentId))) return false;
    tx.record({
      kind: 'deployment.released',
      actor: 'daymark',
      cause: reason,
      ...ref,
      facts: { deployment: deploymentId, site: siteKind },
    });
  }
  await moveClientRollout(tx, {
    of: ref,
    from: siteKind === 'preview' ? ['previewing'] : ['deploying'],
    to: siteKind === 'preview' ? 'planned' : 'scheduled',
    actor: 'daymark',
    reason: null,
  });
  await wakeAfterOutcome(tx, { ref }, { clientCounts: false, placeIsFree: deploymentId !== null });
  return true;
}
