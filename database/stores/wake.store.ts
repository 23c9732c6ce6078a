import { type Instant, plusMs } from '../../domain/instant.ts';
import type { Transaction } from '../in-transaction.ts';

const longestError = 500;

/** The wanted level a look started from: what was raised later is not seen by it. */
export async function readWantedLevel(tx: Transaction, workflowId: string): Promise<number> {
  const rows = await tx.rows<{ wanted: number }>(
    `select w.wanted from wake w where w.workflow_id = $1`,
    [workflowId],
  );
  return rows[0]?.wanted ?? 0;
}

/** What one look of a loop came to. */
export interface Look {
  readonly workflowId: string;
  /** From `readWantedLevel`, read before the facts. */
  readonly level: number;
  /** How long the loop sleeps; null = until it is woken. */
  readonly sleepMs: number | null;
  /** The loop ends; a later wake starts it again. */
  readonly ends: boolean;
}

/** Stores that a loop has looked, and when it looks next; the sweep raises a wake for those that do not. */
export async function storeLook(tx: Transaction, look: Look): Promise<void> {
  const nextLookAt: Instant | null =
    look.sleepMs === null ? null : plusMs(await tx.now(), look.sleepMs);
  await tx.rows(
    `update wake as w
     set seen = greatest(w.seen, $2), next_look_at = $3, failures = 0, last_error = null,
         ended = $4 and w.wanted <= $2
     where w.workflow_id = $1`,
    [look.workflowId, look.level, look.ends ? null : nextLookAt, look.ends],
  );
}

/** Stores that a loop's act waits for the far side and looks again by itself after that long. */
export async function storeWaitingAct(
  tx: Transaction,
  waiting: { readonly workflowId: string; readonly delayMs: number },
): Promise<void> {
  await tx.rows(
    `update wake as w
     set seen = w.wanted, next_look_at = $2, last_error = null
     where w.workflow_id = $1`,
    [waiting.workflowId, plusMs(await tx.now(), waiting.delayMs)],
  );
}

/** Stores why an act of a loop failed, for whoever asks why nothing moves. */
export async function storeFailedAct(
  tx: Transaction,
  failed: { readonly workflowId: string; readonly error: string },
): Promise<void> {
  await tx.rows(`update wake as w set last_error = $2 where w.workflow_id = $1`, [
    failed.workflowId,
    failed.error.slice(0, longestError),
  ]);
}
