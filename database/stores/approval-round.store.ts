import type { BuildId, ClientRolloutId, ContactId, RoundId } from '../../domain/ids.ts';
import type { Instant } from '../../domain/instant.ts';
import type { RoundState } from '../../domain/rollout/states.ts';
import type { Transaction } from '../in-transaction.ts';
import { newId } from '../new-id.ts';
import type { Queryable } from '../pool.ts';

/** One question to one client about one build. */
export interface RoundRow {
  readonly id: RoundId;
  readonly clientRolloutId: ClientRolloutId;
  readonly number: number;
  readonly buildId: BuildId;
  readonly consent: 'object' | 'approve';
  readonly state: RoundState;
  readonly contentHash: string;
  readonly live: boolean;
  readonly openedAt: Instant;
  readonly requestedAt: Instant | null;
  readonly deadline: Instant | null;
  readonly overdueSince: Instant | null;
  readonly decidedAt: Instant | null;
  readonly decidedBy: ContactId | null;
  readonly decidedName: string | null;
  readonly decidedWay: 'link' | 'phone' | 'rule' | null;
  readonly comment: string | null;
}

const columns = `
  ar.id, ar.client_rollout_id as "clientRolloutId", ar.number, ar.build_id as "buildId", ar.consent, ar.state,
  ar.content_hash as "contentHash", ar.live, ar.opened_at as "openedAt", ar.requested_at as "requestedAt",
  ar.deadline, ar.overdue_since as "overdueSince", ar.decided_at as "decidedAt", ar.decided_by as "decidedBy",
  ar.decided_name as "decidedName", ar.decided_way as "decidedWay", ar.comment`;

/** Reads a round; null when there is none. */
export async function readRound(db: Queryable, id: RoundId): Promise<RoundRow | null> {
  const rows = await db.rows<RoundRow>(
    `select ${columns} from approval_round ar where ar.id = $1`,
    [id],
  );
  return rows[0] ?? null;
}

/** The rounds of a client rollout, newest first. */
export async function readRounds(
  db: Queryable,
  clientRolloutId: ClientRolloutId,
): Promise<readonly RoundRow[]> {
  return await db.rows<RoundRow>(
    `select ${columns} from approval_round ar where ar.client_rollout_id = $1 order by ar.number desc`,
    [clientRolloutId],
  );
}

/** Opens the next round of a client rollout; one can be open at a time. */
export async function openRound(
  tx: Transaction,
  round: {
    readonly clientRolloutId: ClientRolloutId;
    readonly buildId: BuildId;
    readonly consent: 'object' | 'approve';
    readonly contentHash: string;
    readonly live: boolean;
  },
): Promise<{ readonly id: RoundId; readonly number: number }> {
  const id = newId<RoundId>();
  const rows = await tx.rows<{ number: number }>(
    `insert into approval_round
       (id, client_rollout_id, number, build_id, consent, state, content_hash, live, opened_at)
     select $1, $2, coalesce(max(ar.number), 0) + 1, $3, $4, 'open', $5, $6, $7
     from approval_round ar
     where ar.client_rollout_id = $2
     returning number`,
    [
      id,
      round.clientRolloutId,
      round.buildId,
      round.consent,
      round.contentHash,
      round.live,
      await tx.now(),
    ],
  );
  return { id, number: rows[0]?.number ?? 1 };
}

/** Notes that the question has reached the provider for its first reader; the time to answer counts from here. */
export async function markRequested(tx: Transaction, id: RoundId): Promise<void> {
  await tx.rows(
    `update approval_round as ar
     set requested_at = $2
     where ar.id = $1 and ar.state = 'open' and ar.requested_at is null`,
    [id, await tx.now()],
  );
}

/** A round goes on under a later deadline. */
export async function extendRound(tx: Transaction, id: RoundId, deadline: Instant): Promise<void> {
  await tx.rows(
    `update approval_round as ar
     set deadline = $2, overdue_since = null
     where ar.id = $1 and ar.state = 'open'`,
    [id, deadline],
  );
}

/** Nobody answered in time and the round goes on waiting; false when that was known. */
export async function markOverdue(tx: Transaction, id: RoundId): Promise<boolean> {
  const rows = await tx.rows<{ id: string }>(
    `update approval_round as ar
     set overdue_since = $2
     where ar.id = $1 and ar.state = 'open' and ar.overdue_since is null
     returning ar.id`,
    [id, await tx.now()],
  );
  return rows.length === 1;
}

/** A round that was shown to the owner only is put to the client itself. */
export async function makeRoundLive(tx: Transaction, id: RoundId): Promise<void> {
  await tx.rows(
    `update approval_round as ar
     set live = true
     where ar.id = $1 and ar.state = 'open'`,
    [id],
  );
}

/** How a round ends. */
export interface RoundEnd {
  readonly state: Exclude<RoundState, 'open'>;
  readonly by: ContactId | null;
  readonly name: string | null;
  readonly way: 'link' | 'phone' | 'rule';
  readonly comment: string | null;
  readonly evidence: Readonly<Record<string, unknown>>;
}

/** Ends a round if it is still open; false = somebody was first. */
export async function endRound(tx: Transaction, id: RoundId, end: RoundEnd): Promise<boolean> {
  const rows = await tx.rows<{ id: string }>(
    `update approval_round as ar
     set state = $2, decided_at = $3, decided_by = $4, decided_name = $5, decided_way = $6, comment = $7,
         evidence = coalesce(ar.evidence, '{}'::jsonb) || $8::jsonb
     where ar.id = $1 and ar.state = 'open'
     returning ar.id`,
    [
      id,
      end.state,
      await tx.now(),
      end.by,
      end.name,
      end.way,
      end.comment,
      JSON.stringify(end.evidence),
    ],
  );
  return rows.length === 1;
}

/** Keeps that somebody has nothing against it; the round stays open, since others may object. */
export async function noteFine(
  tx: Transaction,
  id: RoundId,
  fine: { readonly contactId: ContactId; readonly name: string; readonly at: Instant },
): Promise<void> {
  await tx.rows(
    `update approval_round as ar
     set evidence = coalesce(ar.evidence, '{}'::jsonb) || jsonb_build_object('fine', $2::jsonb)
     where ar.id = $1 and ar.state = 'open'`,
    [id, JSON.stringify(fine)],
  );
}

/** Who said that it is fine, if anybody did. */
export async function readFine(
  db: Queryable,
  id: RoundId,
): Promise<{ readonly name: string; readonly at: Instant } | null> {
  const rows = await db.rows<{ fine: { name: string; at: Instant } | null }>(
    `select ar.evidence -> 'fine' as fine from approval_round ar where ar.id = $1`,
    [id],
  );
  return rows[0]?.fine ?? null;
}

/** Notes which build the client agreed to, or was informed of. */
export async function storeAgreement(
  tx: Transaction,
  clientRolloutId: ClientRolloutId,
  buildId: BuildId | null,
): Promise<void> {
  await tx.rows(
    `update client_rollout as cr
     set agreed_build_id = $2
     where cr.id = $1`,
    [clientRolloutId, buildId],
  );
}
