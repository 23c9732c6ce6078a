import type { Instant } from '../../domain/instant.ts';
import type { Transaction } from '../in-transaction.ts';
import type { Queryable } from '../pool.ts';

/** Whether a stream may send; failures in a row decide how long it is left alone. */
export interface SenderState {
  readonly pausedUntil: Instant | null;
  readonly cause: string | null;
  readonly failures: number;
}

/** Reads the circuit of a stream; one that never failed has no row. */
export async function readSender(db: Queryable, stream: string): Promise<SenderState> {
  const rows = await db.rows<SenderState>(
    `select s.paused_until as "pausedUntil", s.pause_cause as cause, s.failures
     from mail_sender s
     where s.stream = $1`,
    [stream],
  );
  return rows[0] ?? { pausedUntil: null, cause: null, failures: 0 };
}

/** Opens the circuit until the given time and counts one more failure. */
export async function pauseSender(
  tx: Transaction,
  pause: { readonly stream: string; readonly until: Instant; readonly cause: string },
): Promise<void> {
  await tx.rows(
    `insert into mail_sender as s (stream, paused_until, pause_cause, failures)
     values ($1, $2, $3, 1)
     on conflict (stream) do update
       set paused_until = greatest(s.paused_until, excluded.paused_until), pause_cause = excluded.pause_cause,
           failures = s.failures + 1`,
    [pause.stream, pause.until, pause.cause.slice(0, 500)],
  );
}

/** Closes the circuit after a mail went through; true when it had been open. */
export async function resumeSender(tx: Transaction, stream: string): Promise<boolean> {
  const rows = await tx.rows<{ stream: string }>(
    `update mail_sender as s
     set paused_until = null, pause_cause = null, failures = 0
     where s.stream = $1 and s.failures > 0
     returning s.stream`,
    [stream],
  );
  return rows.length === 1;
}
