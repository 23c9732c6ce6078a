import type { DeploymentId } from '../../domain/ids.ts';
import type { Instant } from '../../domain/instant.ts';
import type { Queryable } from '../pool.ts';

/** Which attempt it was, and when the site itself was seen running the build. */
export interface VerificationFacts {
  readonly generation: number;
  readonly verifiedAt: Instant | null;
}

/**
 * Reads what a deployment came to.
 * @throws Error when there is no such deployment.
 */
export async function readVerification(
  db: Queryable,
  id: DeploymentId,
): Promise<VerificationFacts> {
  const rows = await db.rows<VerificationFacts>(
    `select d.generation, d.verified_at as "verifiedAt" from deployment d where d.id = $1`,
    [id],
  );
  const [row] = rows;
  if (!row) throw new Error('There is no such deployment');
  return row;
}
