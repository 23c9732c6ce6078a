import type { PolicyId } from '../../domain/ids.ts';
import type { Instant } from '../../domain/instant.ts';
import type { Policy } from '../../domain/rollout/policy.ts';
import { type PolicyProblem, validatePolicy } from '../../domain/rollout/validate-policy.ts';
import type { Transaction } from '../in-transaction.ts';
import { newId } from '../new-id.ts';
import type { Queryable } from '../pool.ts';

/** One revision of a policy; a rollout keeps the one it was started under. */
export interface PolicyRevision {
  readonly id: PolicyId;
  readonly name: string;
  readonly revision: number;
  readonly policy: Policy;
  readonly savedBy: string;
  readonly savedAt: Instant;
}

export type SavedPolicy =
  | { readonly kind: 'saved'; readonly id: PolicyId; readonly revision: number }
  | { readonly kind: 'invalid'; readonly problems: readonly PolicyProblem[] };

/** Saves a new revision of the policy named in the document, or says what is wrong. The caller holds the vendor's row. */
export async function savePolicy(
  tx: Transaction,
  order: { readonly document: unknown; readonly actor: string },
): Promise<SavedPolicy> {
  const problems = validatePolicy(order.document);
  if (problems.length > 0) return { kind: 'invalid', problems };
  const policy = order.document as Policy;
  const id = newId<PolicyId>();
  const [row] = await tx.rows<{ revision: number }>(
    `insert into policy (id, name, revision, document, saved_by, saved_at)
     select $1, $2, coalesce(max(p.revision), 0) + 1, $3, $4, $5
     from policy p
     where p.name = $2
     returning revision`,
    [id, policy.name, JSON.stringify(policy), order.actor, await tx.now()],
  );
  if (!row) throw new Error('A policy was saved without a revision');
  const { revision } = row;
  const facts = { policy: policy.name, revision, policyId: id };
  tx.record({ kind: 'policy.saved', actor: order.actor, facts });
  return { kind: 'saved', id, revision };
}

/** Reads a revision of a policy, the newest unless one is named; null when there is none. */
export async function readPolicy(
  db: Queryable,
  name: string,
  revision: number | null = null,
): Promise<PolicyRevision | null> {
  const rows = await db.rows<PolicyRow>(
    `select p.id, p.name, p.revision, p.document, p.saved_by, p.saved_at
     from policy p
     where p.name = $1 and ($2::integer is null or p.revision = $2)
     order by p.revision desc
     limit 1`,
    [name, revision],
  );
  const [row] = rows;
  return row ? revisionOf(row) : null;
}

/** The newest revision of every policy, by name. */
export async function listPolicies(db: Queryable): Promise<readonly PolicyRevision[]> {
  const rows = await db.rows<PolicyRow>(
    `select distinct on (p.name) p.id, p.name, p.revision, p.document, p.saved_by, p.saved_at
     from policy p
     order by p.name, p.revision desc`,
  );
  return rows.map((row) => revisionOf(row));
}

interface PolicyRow {
  readonly id: PolicyId;
  readonly name: string;
  readonly revision: number;
  readonly document: Policy;
  readonly saved_by: string;
  readonly saved_at: Instant;
}

function revisionOf(row: PolicyRow): PolicyRevision {
  return {
    id: row.id,
    name: row.name,
    revision: row.revision,
    policy: row.document,
    savedBy: row.saved_by,
    savedAt: row.saved_at,
  };
}
