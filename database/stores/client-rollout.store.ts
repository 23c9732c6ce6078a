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

/** Locks what an outcome changes for others, the rollout's and the cohort's counts, then the client's part. */
export async function lockForOutcome(tx: Transaction, id: ClientRolloutId): Promise<void> {
  await tx.rows(`select lock_for_outcome($1)`, [id]);
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

/** A client's part as its loop looks at it. */
export interface LookedAtPart extends ClientRolloutRef {
  /** How often its loop was wanted before the facts are read; what is raised later is not seen by this look. */
  readonly level: number;
  /** It is noted that only a missing place keeps it from starting. */
  readonly waitsForPlace: boolean;
}

/** Finds the client rollout of a loop; null when it does not exist. */
export async function findForLook(
  tx: Transaction,
  { rolloutId, clientId }: Omit<ClientRolloutRef, 'clientRolloutId'>,
  workflowId: string,
): Promise<LookedAtPart | null> {
  return await partFor(tx, selectForLook, [rolloutId, clientId, workflowId]);
}

/** Finds and locks it by one statement, for facts that concern this client alone. */
export async function lockForLook(
  tx: Transaction,
  { rolloutId, clientId }: Omit<ClientRolloutRef, 'clientRolloutId'>,
  workflowId: string,
): Promise<LookedAtPart | null> {
  return await partFor(tx, `${selectForLook} for no key update of cr`, [
    rolloutId,
    clientId,
    workflowId,
  ]);
}

const selectForLook = `
    select cr.id as "clientRolloutId", cr.rollout_id as "rolloutId", cr.client_id as "clientId",
      cr.waiting_for_place as "waitsForPlace",
      coalesce((select w.wanted from wake w where w.workflow_id = $3), 0) as level
    from client_rollout cr
    where cr.rollout_id = $1 and cr.client_id = $2`;

async function partFor(
  tx: Transaction,
  sql: string,
  values: readonly string[],
): Promise<LookedAtPart | null> {
  const [row] = await tx.rows<LookedAtPart>(sql, values);
  return row ?? null;
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
