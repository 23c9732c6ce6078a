import { createHash } from 'node:crypto';
import { canonicalJson } from '../../domain/canonical-json.ts';
import type { ChangeId, PlanId, RolloutId } from '../../domain/ids.ts';
import type { Instant } from '../../domain/instant.ts';
import type { PlanContent, PlanInput } from '../../domain/rollout/plan-input.ts';
import type { PlanRequest } from '../../domain/rollout/plan-request.ts';
import type { Transaction } from '../in-transaction.ts';
import { newId } from '../new-id.ts';
import type { Queryable } from '../pool.ts';

/** A plan as it was shown, with all it followed from. */
export interface StoredPlan {
  readonly id: PlanId;
  /** The rollout whose clients get new dates; null for a rollout that does not exist yet. */
  readonly rolloutId: RolloutId | null;
  readonly changeId: ChangeId;
  readonly hash: string;
  readonly plannedAt: Instant;
  readonly request: PlanRequest;
  readonly input: PlanInput;
  readonly content: PlanContent;
  readonly createdBy: string;
  /** When it was started or applied; null = not yet. */
  readonly appliedAt: Instant | null;
}

/** The hash of what a plan says; equal content has equal hashes in every process. */
export function hashOfPlan(content: PlanContent): string {
  return `sha256:${createHash('sha256').update(canonicalJson(content)).digest('hex')}`;
}

/** Keeps a plan with its input. */
export async function insertPlan(
  tx: Transaction,
  plan: Pick<StoredPlan, 'rolloutId' | 'changeId' | 'request' | 'input' | 'content' | 'createdBy'>,
): Promise<{ readonly id: PlanId; readonly hash: string }> {
  const id = newId<PlanId>();
  const hash = hashOfPlan(plan.content);
  await tx.rows(
    `insert into plan (id, rollout_id, change_id, hash, planned_at, request, input, content, created_by)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9)`,
    [
      id,
      plan.rolloutId,
      plan.changeId,
      hash,
      plan.input.plannedAt,
      JSON.stringify(plan.request),
      JSON.stringify(plan.input),
      JSON.stringify(plan.content),
      plan.createdBy,
    ],
  );
  tx.record({
    kind: 'plan.made',
    actor: plan.createdBy,
    ...(plan.rolloutId === null ? {} : { rolloutId: plan.rolloutId }),
    facts: { planId: id, hash, plannedAt: plan.input.plannedAt },
  });
  return { id, hash };
}

/** Reads a plan; null when there is none. */
export async function readPlan(db: Queryable, id: PlanId): Promise<StoredPlan | null> {
  const rows = await db.rows<PlanRow>(`${selectPlan} where p.id = $1`, [id]);
  return rows[0] ? planOf(rows[0]) : null;
}

/** The same under its lock: of two who start or apply one plan, the second sees what the first did. */
export async function lockPlan(tx: Transaction, id: PlanId): Promise<StoredPlan | null> {
  const rows = await tx.rows<PlanRow>(`${selectPlan} where p.id = $1 for no key update`, [id]);
  return rows[0] ? planOf(rows[0]) : null;
}

/** Notes that a plan was started or applied, and for which rollout. */
export async function markApplied(
  tx: Transaction,
  plan: { readonly id: PlanId; readonly rolloutId: RolloutId },
): Promise<void> {
  await tx.rows(`update plan as p set rollout_id = $2, applied_at = $3 where p.id = $1`, [
    plan.id,
    plan.rolloutId,
    await tx.now(),
  ]);
}

const selectPlan = `
  select
    p.id, p.rollout_id, p.change_id, p.hash, p.planned_at, p.request, p.input, p.content, p.created_by,
    p.applied_at
  from plan p`;

interface PlanRow {
  readonly id: PlanId;
  readonly rollout_id: RolloutId | null;
  readonly change_id: ChangeId;
  readonly hash: string;
  readonly planned_at: Instant;
  readonly request: PlanRequest;
  readonly input: PlanInput;
  readonly content: PlanContent;
  readonly created_by: string;
  readonly applied_at: Instant | null;
}

function planOf(row: PlanRow): StoredPlan {
  return {
    id: row.id,
    rolloutId: row.rollout_id,
    changeId: row.change_id,
    hash: row.hash,
    plannedAt: row.planned_at,
    request: row.request,
    input: row.input,
    content: row.content,
    createdBy: row.created_by,
    appliedAt: row.applied_at,
  };
}
