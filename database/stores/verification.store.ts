import type { BuildId, ClientRolloutId, DeploymentId } from '../../domain/ids.ts';
import type { Transaction } from '../in-transaction.ts';
import type { Queryable } from '../pool.ts';

/** Keeps what the site said so far; the verification stays pending. */
export async function storeVerificationEvidence(
  db: Queryable,
  id: DeploymentId,
  evidence: unknown,
): Promise<void> {
  await db.rows(
    `update deployment as d
     set verification_evidence = $2
     where d.id = $1 and d.verification = 'pending'`,
    [id, JSON.stringify(evidence)],
  );
}

/** Ends a verification; false when it was over already. */
export async function storeVerification(
  tx: Transaction,
  verified: {
    readonly id: DeploymentId;
    readonly verification: 'match' | 'other-version' | 'unhealthy' | 'unknown';
    readonly evidence: unknown;
  },
): Promise<boolean> {
  const rows = await tx.rows<{ id: string }>(
    `update deployment as d
     set verification = $2, verification_evidence = $3, verified_at = $4
     where d.id = $1 and d.verification = 'pending'
     returning d.id`,
    [verified.id, verified.verification, JSON.stringify(verified.evidence), await tx.now()],
  );
  return rows.length === 1;
}

/** Notes which build was proven to run on this client's preview site. */
export async function notePreviewVerified(
  tx: Transaction,
  id: ClientRolloutId,
  buildId: BuildId,
): Promise<void> {
  await tx.rows(
    `update client_rollout as cr
     set preview_verified_build_id = $2
     where cr.id = $1`,
    [id, buildId],
  );
}
