import type { ClientRolloutId } from '../../domain/ids.ts';
import type { Transaction } from '../in-transaction.ts';

/** Notes whether only a missing place keeps a client from starting, so that freed places find it in plan order. */
export async function registerForPlace(
  tx: Transaction,
  id: ClientRolloutId,
  waits: boolean,
): Promise<void> {
  await tx.rows(
    `update client_rollout as cr
     set waiting_for_place = $2
     where cr.id = $1 and cr.waiting_for_place <> $2`,
    [id, waits],
  );
}
