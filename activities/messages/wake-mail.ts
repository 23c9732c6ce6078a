import type { Transaction } from '../../database/in-transaction.ts';
import { readWaitingStreams } from '../../database/stores/mail-claim.store.ts';
import type { RolloutId } from '../../domain/ids.ts';
import { mailWorkflowId } from '../../workflows/contract/workflow-ids.ts';

/** Lets mails of a rollout go on that waited while it was paused. */
export async function wakeMailOf(tx: Transaction, rolloutId: RolloutId): Promise<void> {
  for (const stream of await readWaitingStreams(tx, rolloutId)) tx.wake(mailWorkflowId(stream));
}
