import { type Instant, plusMs } from '../../domain/instant.ts';
import type { Transaction } from '../in-transaction.ts';

/** After what time a loop that shows no sign of life is woken. */
export interface LossLimits {
  readonly unseenAfterMs: number;
  readonly overdueAfterMs: number;
}

const mostAtOnce = 500;

/**
 * Raises the wakes that no loop has seen and those of loops that did not look when they said they would; answers
 * which. One that is raised again and again waits twice as long each time, so that the history of a loop that cannot
 * look does not fill with signals.
 */
export async function raiseLostWakes(
  tx: Transaction,
  limits: LossLimits,
): Promise<readonly string[]> {
  const now = await tx.now();
  const rows = await tx.rows<{ workflow_id: string }>(
    `with lost as (
       select w.workflow_id
       from wake w
       where (
           w.wanted > w.seen and w.wanted = w.sent
           and w.wanted_at + make_interval(secs => $2 * power(2, least(w.wanted - w.seen, 16) - 1)) < $1
         )
         or (not w.ended and w.wanted <= w.seen and w.next_look_at < $3)
       order by w.plan_order, w.workflow_id
       limit $4
       for update skip locked
     )
     update wake as w
     set wanted = w.wanted + 1,
         wanted_at = case when w.wanted > w.seen then w.wanted_at else $1 end
     from lost
     where w.workflow_id = lost.workflow_id
     returning w.workflow_id`,
    [now, limits.unseenAfterMs / 1000, plusMs(now, -limits.overdueAfterMs), mostAtOnce],
  );
  return rows.map((row) => row.workflow_id);
}

/** A loop that should have looked long ago. */
export interface OverdueLoop {
  readonly workflowId: string;
  readonly since: Instant;
  readonly lastError: string | null;
}

/** The loops that neither saw their wake nor looked by themselves for that long. */
export async function listOverdueLoops(
  tx: Transaction,
  overdueForMs: number,
): Promise<readonly OverdueLoop[]> {
  return await tx.rows<OverdueLoop>(
    `select w.workflow_id as "workflowId", w.last_error as "lastError",
            least(w.next_look_at, case when w.wanted > w.seen then w.wanted_at end) as since
     from wake w
     where (w.wanted > w.seen and w.wanted_at < $1) or (not w.ended and w.next_look_at < $1)
     order by w.plan_order, w.workflow_id
     limit $2`,
    [plusMs(await tx.now(), -overdueForMs), mostAtOnce],
  );
}

/** The loops of open attention items whose dedupe key begins like this. */
export async function listReportedLoops(
  tx: Transaction,
  keyStart: string,
): Promise<readonly string[]> {
  const rows = await tx.rows<{ subject_id: string }>(
    `select a.subject_id from attention_item a
     where starts_with(a.dedupe_key, $1) and a.resolved_at is null`,
    [keyStart],
  );
  return rows.map((row) => row.subject_id);
}
