import type { ClientId, ClientRolloutId, RolloutId } from '../../domain/ids.ts';
import type { ClientRolloutState } from '../../domain/rollout/states.ts';
import type { Transaction } from '../in-transaction.ts';

/** Who a client rollout is about; enough to name its events and its loop. */
export interface ClientRolloutRef {
  readonly clientRolloutId: ClientRolloutId;
  readonly rolloutId: RolloutId;
  readonly clientId: ClientId;
}

/** Locks one client's part: enough for facts that concern this client alone. False when there is none. */
export async function lockClientRollout(tx: Transaction, id: ClientRolloutId): Promise<boolean> {
  const rows = await tx.rows<{ id: string }>(
    `select cr.id from client_rollout cr where cr.id = $1 for no key update`,
    [id],
  );
  return rows.length === 1;
}

/** All locks of a start, in the one order: vendor, build, deployer, rollout, cohort, client. */
export async function lockForStart(
  tx: Transaction,
  id: ClientRolloutId,
  siteKind: 'preview' | 'production',
): Promise<void> {
  await tx.rows(`select lock_for_start($1, $2)`, [id, siteKind]);
}

/** Locks what an outcome changes for others: the cohort's count, then the client's part. */
export async function lockForOutcome(tx: Transaction, id: ClientRolloutId): Promise<void> {
  await tx.rows(
    `select r.id
     from client_rollout cr
     join rollout r on r.id = cr.rollout_id
     where cr.id = $1
     for no key update of r`,
    [id],
  );
  await tx.rows(
    `select c.id
     from client_rollout cr
     join cohort c on c.id = cr.cohort_id
     where cr.id = $1
     for no key update of c`,
    [id],
  );
  await lockClientRollout(tx, id);
}

/** A move from one state to the next, with the event that tells it. */
export interface ClientRolloutMove {
  readonly of: ClientRolloutRef;
  readonly from: readonly ClientRolloutState[];
  readonly to: ClientRolloutState;
  readonly actor: string;
  /** Why, in a few words; people read it beside the state. Null when the state says it all. */
  readonly reason: string | null;
  readonly facts?: Readonly<Record<string, unknown>>;
}

/** Moves a client rollout if it still is where the decision saw it; false = somebody was first. */
export async function moveClientRollout(
  tx: Transaction,
  move: ClientRolloutMove,
): Promise<boolean> {
  const rows = await tx.rows<{ id: string }>(
    `update client_rollout as cr
     set state = $2, since = $3, reason = $4, waiting_for_place = false
     where cr.id = $1 and cr.state = any($5)
     returning cr.id`,
    [move.of.clientRolloutId, move.to, await tx.now(), move.reason, move.from],
  );
  if (rows.length === 0) return false;
  tx.record({
    kind: `client-rollout.${move.to}`,
    actor: move.actor,
    ...(move.reason === null ? {} : { cause: move.reason }),
    rolloutId: move.of.rolloutId,
    clientId: move.of.clientId,
    clientRolloutId: move.of.clientRolloutId,
    ...(move.facts ? { facts: move.facts } : {}),
  });
  return true;
}

/** Finds the client rollout of a workflow; null when it does not exist. */
export async function findClientRollout(
  db: Pick<Transaction, 'rows'>,
  rolloutId: RolloutId,
  clientId: ClientId,
): Promise<ClientRolloutRef | null> {
  const rows = await db.rows<{ id: ClientRolloutId }>(
    `select cr.id from client_rollout cr where cr.rollout_id = $1 and cr.client_id = $2`,
    [rolloutId, clientId],
  );
  const [row] = rows;
  return row ? { clientRolloutId: row.id, rolloutId, clientId } : null;
}
