import type { ClientRolloutId } from '../../domain/ids.ts';
import type { Instant } from '../../domain/instant.ts';
import type { Transaction } from '../in-transaction.ts';
import { newId } from '../new-id.ts';

/** A date that somebody chose for a client, and the one it takes the place of. */
export interface ChosenDateRecord {
  readonly clientRolloutId: ClientRolloutId;
  readonly by: 'client' | 'person';
  readonly actor: string;
  readonly slotStart: Instant;
  readonly previousStart: Instant | null;
}

/** Keeps a choice, and pins the slot by it; the caller has given the client that slot. */
export async function recordChosenDate(tx: Transaction, chosen: ChosenDateRecord): Promise<void> {
  const { clientRolloutId, by, actor, slotStart, previousStart } = chosen;
  await tx.rows(
    `insert into chosen_date (id, client_rollout_id, chosen_by, actor, slot_start, previous_start, chosen_at)
     values ($1, $2, $3, $4, $5, $6, $7)`,
    [newId(), clientRolloutId, by, actor, slotStart, previousStart, await tx.now()],
  );
  await tx.rows(`update client_rollout as cr set slot_pinned_by = $2 where cr.id = $1`, [
    clientRolloutId,
    by,
  ]);
}

/** How often the client itself has moved its date in this rollout. */
export async function countOwnMoves(tx: Transaction, id: ClientRolloutId): Promise<number> {
  const [row] = await tx.rows<{ n: number }>(
    `select count(*) as n from chosen_date cd where cd.client_rollout_id = $1 and cd.chosen_by = 'client'`,
    [id],
  );
  return row?.n ?? 0;
}
