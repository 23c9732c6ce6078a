import type { RolloutId } from '../../domain/ids.ts';
import type { PlanInput } from '../../domain/rollout/plan-input.ts';
import type { ClientSelection, NewPlanRequest } from '../../domain/rollout/plan-request.ts';
import type { Queryable } from '../pool.ts';

/** A rollout as it was planned, for another one made after it. */
export interface PlannedLike {
  readonly input: PlanInput;
  /** Whom it was for, without the clients that are no longer active. */
  readonly clients: ClientSelection;
}

/** Reads the plan that a rollout was started from; null when there is none. */
export async function readPlannedLike(
  db: Queryable,
  rolloutId: RolloutId,
): Promise<PlannedLike | null> {
  const [row] = await db.rows<{ input: PlanInput; request: NewPlanRequest; active: string[] }>(
    `select pl.input, pl.request,
       array(select cl.key from client cl where cl.state = 'active' order by cl.key) as active
     from rollout r
     join plan pl on pl.id = r.plan_id
     where r.id = $1`,
    [rolloutId],
  );
  if (!row) return null;
  const { input, request } = row;
  const { keys, ...others } = request.clients;
  if (keys === undefined) return { input, clients: others };
  const active = new Set(row.active);
  return { input, clients: { ...others, keys: keys.filter((key) => active.has(key)) } };
}
