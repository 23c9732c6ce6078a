import type { OutgoingMail } from '../../domain/communication/outgoing-mail.ts';
import type { DeliveryId, RolloutId } from '../../domain/ids.ts';
import { type Instant, plusMs } from '../../domain/instant.ts';
import type { Transaction } from '../in-transaction.ts';
import type { Queryable } from '../pool.ts';
import type { DeliveryRow, MailLink } from './mail-delivery.store.ts';

/** A mail that this process alone may hand over, until its lease ends. */
export interface ClaimedMail {
  readonly id: DeliveryId;
  readonly attempt: number;
  readonly snapshot: OutgoingMail;
  readonly snapshotSha256: string;
  readonly links: readonly MailLink[];
}

/** Words to a client that must not leave once its rollout was stopped; what tells how it ended may. */
const questionsAndDates = `('notice', 'moved', 'release-on-preview', 'fix-on-preview')`;

/** Rows before it in its lane have come to an end; a row whose outcome is not known blocks its lane. */
const laneIsFree = `not exists (
    select 1
    from mail_delivery before
    where before.lane = m.lane and before.lane_position < m.lane_position
      and before.status in ('planned', 'queued', 'sending', 'unknown', 'needs_human'))`;

const mayLeave = `
    (r.id is null or not (m.dated and r.state = 'paused'))
    and (v.live or not m.live or not m.client_facing)
    and ${laneIsFree}`;

/** Lets every mail whose undo time is over go to the queue; answers how many. */
export async function queuePlanned(tx: Transaction, stream: string): Promise<number> {
  const rows = await tx.rows<{ id: string }>(
    `with due as (
       select m.id
       from mail_delivery m
       where m.stream = $1 and m.status = 'planned' and m.not_before <= $2
       order by m.id
       for update skip locked
     )
     update mail_delivery m
     set status = 'queued', status_since = $2
     from due
     where m.id = due.id
     returning m.id`,
    [stream, await tx.now()],
  );
  return rows.length;
}

/** Calls back questions and dates of stopped rollouts, so that their lanes are free for the farewell. */
export async function cancelOfStopped(tx: Transaction, stream: string): Promise<void> {
  await tx.rows(
    `with gone as (
       select m.id
       from mail_delivery m
       join rollout r on r.id = m.rollout_id
       where m.stream = $1 and m.status in ('planned', 'queued') and r.state in ('stopped', 'closed')
         and m.kind in ${questionsAndDates}
       order by m.id
       for update of m skip locked
     )
     update mail_delivery m
     set status = 'cancelled', status_since = $2
     from gone
     where m.id = gone.id`,
    [stream, await tx.now()],
  );
}

/**
 * Claims up to `limit` mails that may leave now; committed before any of them is handed over. Once a pause or the
 * live switch has returned, nothing that it forbids is claimed any more.
 */
export async function claimMails(
  tx: Transaction,
  wish: { readonly stream: string; readonly limit: number; readonly leaseMs: number },
): Promise<readonly ClaimedMail[]> {
  const running = await lockSwitches(tx, wish.stream);
  const now = await tx.now();
  return await tx.rows<ClaimedMail>(
    `with due as (
       select m.id
       from mail_delivery m
       join vendor v on v.id = 1
       left join rollout r on r.id = m.rollout_id
       where m.stream = $1 and m.status = 'queued' and m.not_before <= $2
         and (m.expires_at is null or m.expires_at > $2)
         and (r.id is null or not m.dated or r.id = any($5))
         and ${mayLeave}
       order by m.not_before, m.lane_position
       limit $3
       for update of m skip locked
     )
     update mail_delivery m
     set status = 'sending', status_since = $2, attempt = m.attempt + 1, lease_until = $4
     from due
     where m.id = due.id
     returning m.id, m.attempt, m.snapshot, m.snapshot_sha256 as "snapshotSha256", m.links`,
    [wish.stream, now, wish.limit, plusMs(now, wish.leaseMs), running],
  );
}

/** Locks what a person may switch off meanwhile, in the order of locks; answers the rollouts whose dates may leave. */
async function lockSwitches(tx: Transaction, stream: string): Promise<readonly RolloutId[]> {
  await tx.rows(
    `select v.id
     from vendor v
     where v.id = 1
       and exists (select 1 from mail_delivery m where m.stream = $1 and m.status = 'queued' and m.client_facing)
     for no key update`,
    [stream],
  );
  const rows = await tx.rows<{ id: RolloutId }>(
    `select r.id
     from rollout r
     where r.state <> 'paused'
       and exists (
         select 1
         from mail_delivery m
         where m.rollout_id = r.id and m.stream = $1 and m.status = 'queued' and m.dated)
     order by r.id
     for no key update`,
    [stream],
  );
  return rows.map(({ id }) => id);
}

/** Mails whose time to leave is over and that have not left; each must be told to a person. */
export async function expireMails(
  tx: Transaction,
  stream: string,
): Promise<readonly Pick<DeliveryRow, 'id'>[]> {
  return await tx.rows<Pick<DeliveryRow, 'id'>>(
    `with gone as (
       select m.id
       from mail_delivery m
       where m.stream = $1 and m.status in ('planned', 'queued') and m.expires_at <= $2
       order by m.id
       for update skip locked
     )
     update mail_delivery m
     set status = 'expired', status_since = $2
     from gone
     where m.id = gone.id
     returning m.id`,
    [stream, await tx.now()],
  );
}

/**
 * Whoever held these is gone or late: the mail may have left, so it is unknown and never simply queued again.
 * The first look-up counts from now, when the doubt was noticed.
 */
export async function expireLeases(
  tx: Transaction,
  stream: string,
  firstLookUpMs: number,
): Promise<void> {
  const now = await tx.now();
  await tx.rows(
    `with late as (
       select m.id
       from mail_delivery m
       where m.stream = $1 and m.status = 'sending' and m.lease_until <= $2
       order by m.id
       for update skip locked
     )
     update mail_delivery m
     set status = 'unknown', status_since = $2, unknown_since = $2, attempt_ended_at = $2, lease_until = null,
         look_ups = 0, next_lookup_at = $3, last_error = 'the attempt ended without a record'
     from late
     where m.id = late.id`,
    [stream, now, plusMs(now, firstLookUpMs)],
  );
}

/** When anything of this stream is due next without anybody changing a fact; null = never. */
export async function readNextDue(db: Queryable, stream: string): Promise<Instant | null> {
  const rows = await db.rows<{ due: Instant | null }>(
    `select min(each.due) as due
     from (
       select m.not_before as due
       from mail_delivery m
       where m.stream = $1 and m.status = 'planned'
       union all
       select greatest(m.not_before, s.paused_until)
       from mail_delivery m
       join vendor v on v.id = 1
       left join rollout r on r.id = m.rollout_id
       left join mail_sender s on s.stream = m.stream
       where m.stream = $1 and m.status = 'queued' and ${mayLeave}
       union all
       select m.expires_at
       from mail_delivery m
       where m.stream = $1 and m.status in ('planned', 'queued')
       union all
       select m.lease_until
       from mail_delivery m
       where m.stream = $1 and m.status = 'sending'
       union all
       select m.next_lookup_at
       from mail_delivery m
       where m.stream = $1 and m.status in ('unknown', 'needs_human', 'accepted')
     ) as each`,
    [stream],
  );
  return rows[0]?.due ?? null;
}

/** The streams on which mails of a rollout wait to leave. */
export async function readWaitingStreams(
  db: Queryable,
  rolloutId: RolloutId,
): Promise<readonly string[]> {
  const rows = await db.rows<{ stream: string }>(
    `select distinct m.stream
     from mail_delivery m
     where m.rollout_id = $1 and m.status in ('planned', 'queued')`,
    [rolloutId],
  );
  return rows.map((row) => row.stream);
}
