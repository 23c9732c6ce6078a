import { plusMs } from '../../domain/instant.ts';
import { type Database, inTransaction, type Transaction } from '../in-transaction.ts';

/** A loop that is owed a signal, and the level this signal stands for. */
export interface OwedWake {
  readonly workflowId: string;
  readonly level: number;
}

/** Together they are signalled within the claim even when each takes its longest. */
const claimSize = 40;
const claimMs = 30_000;
const longestPauseSeconds = 15;
const longestError = 500;

/** The claims and records of signals, each in a transaction of its own: no row stays locked while a signal is sent. */
export function wakeLedger(facts: Pick<Database, 'pool' | 'clock'>): {
  readonly claim: (only: readonly string[] | null) => Promise<readonly OwedWake[]>;
  readonly markSent: (wakes: readonly OwedWake[]) => Promise<void>;
  readonly markFailed: (wakes: readonly OwedWake[], error: string) => Promise<void>;
} {
  // Sending wakes raises none.
  const database: Database = { ...facts, onWakes: () => undefined };
  return {
    claim: (only) => inTransaction(database, (tx) => claimOwedWakes(tx, only)),
    markSent: (wakes) => inTransaction(database, (tx) => markWakesSent(tx, wakes)),
    markFailed: (wakes, error) =>
      inTransaction(database, (tx) => markWakesFailed(tx, wakes, error)),
  };
}

/** Claims wakes whose signal is owed, first in the plan first; other senders pass over them for a while. */
async function claimOwedWakes(
  tx: Transaction,
  only: readonly string[] | null,
): Promise<readonly OwedWake[]> {
  const now = await tx.now();
  return await tx.rows<OwedWake>(
    `with due as (
       select w.workflow_id
       from wake w
       where w.wanted > w.sent and (w.send_after is null or w.send_after <= $1)
         and ($2::text[] is null or w.workflow_id = any($2))
       order by w.plan_order, w.workflow_id
       limit $3
       for update skip locked
     )
     update wake as w
     set send_after = $4
     from due
     where w.workflow_id = due.workflow_id
     returning w.workflow_id as "workflowId", w.wanted as level`,
    [now, only, claimSize, plusMs(now, claimMs)],
  );
}

/** Records that the signals left; a level raised meanwhile stays owed. */
async function markWakesSent(tx: Transaction, wakes: readonly OwedWake[]): Promise<void> {
  await tx.rows(
    `with sent as (
       select w.workflow_id, s.level
       from wake w
       join unnest($1::text[], $2::bigint[]) as s (workflow_id, level)
         on s.workflow_id = w.workflow_id
       order by w.workflow_id
       for update of w
     )
     update wake as w
     set sent = greatest(w.sent, sent.level), send_after = null, failures = 0
     from sent
     where w.workflow_id = sent.workflow_id`,
    [wakes.map((wake) => wake.workflowId), wakes.map((wake) => wake.level)],
  );
}

/** Records that the signals did not leave; the pause before the next attempt doubles up to a limit. */
async function markWakesFailed(
  tx: Transaction,
  wakes: readonly OwedWake[],
  error: string,
): Promise<void> {
  await tx.rows(
    `with failed as (
       select w.workflow_id
       from wake w
       where w.workflow_id = any($1)
       order by w.workflow_id
       for update of w
     )
     update wake as w
     set failures = w.failures + 1, last_error = $2,
         send_after = $3::timestamptz
           + make_interval(secs => least($4, power(2, least(w.failures, 10))))
     from failed
     where w.workflow_id = failed.workflow_id`,
    [
      wakes.map((wake) => wake.workflowId),
      error.slice(0, longestError),
      await tx.now(),
      longestPauseSeconds,
    ],
  );
}
