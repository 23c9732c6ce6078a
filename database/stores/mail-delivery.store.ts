import { createHash } from 'node:crypto';
import { canonicalJson } from '../../domain/canonical-json.ts';
import type { OutgoingMail } from '../../domain/communication/outgoing-mail.ts';
import type {
  ClientId,
  ClientRolloutId,
  ContactId,
  DeliveryId,
  RolloutId,
  RoundId,
} from '../../domain/ids.ts';
import type { Instant } from '../../domain/instant.ts';
import type { ClientRolloutState } from '../../domain/rollout/states.ts';
import type { MailEvent } from '../../domain/rollout/event-words.ts';
import type { Transaction } from '../in-transaction.ts';
import type { Queryable } from '../pool.ts';

/** The closed list of what can have become of a mail. */
export const mailStatuses = [
  'planned',
  'queued',
  'sending',
  'accepted',
  'delivered',
  'bounced',
  'complained',
  'suppressed',
  'rejected',
  'unknown',
  'needs_human',
  'resent',
  'dropped',
  'cancelled',
  'superseded',
  'expired',
] as const;
export type MailStatus = (typeof mailStatuses)[number];

/** A secret link by what it is for: the link itself is made when the mail leaves and stands nowhere. */
export interface MailLink {
  readonly kind: 'approval';
  readonly clientRolloutId: ClientRolloutId;
  readonly contactId: ContactId;
}

/** A mail as its fact wrote it: all of it frozen, secret links still marks. */
export interface NewDelivery {
  readonly id: DeliveryId;
  /** `kind:rollout:client:revision:contact`; one row for each, for good. */
  readonly dedupeKey: string;
  readonly kind: string;
  readonly rolloutId: RolloutId | null;
  readonly clientRolloutId: ClientRolloutId | null;
  readonly clientId: ClientId | null;
  readonly contactId: ContactId | null;
  readonly roundId: RoundId | null;
  /** What it stands or falls with, such as a slot's local start. */
  readonly boundTo: string | null;
  /** False = it shows the client's owner what the client would get, and opens no gate. */
  readonly live: boolean;
  readonly clientFacing: boolean;
  /** It announces a date, so it waits while its rollout is paused. */
  readonly dated: boolean;
  readonly snapshot: OutgoingMail;
  readonly links: readonly MailLink[];
  readonly rfcMessageId: string;
  readonly threadRootId: string;
  readonly lane: string;
  readonly notBefore: Instant;
  readonly expiresAt: Instant | null;
  readonly calendarSequence: number | null;
  /** The date it tells; null = it tells none. */
  readonly tells: { readonly from: Instant; readonly until: Instant } | null;
}

/** Names the bytes of a snapshot; compared before each attempt. */
export function snapshotHash(snapshot: OutgoingMail): string {
  return createHash('sha256').update(canonicalJson(snapshot)).digest('hex');
}

/**
 * Writes a mail into the ledger; false when its key is taken, which is success: it was written before.
 * It stays `planned`, and can be called back without a trace, until its time comes.
 */
export async function insertDelivery(tx: Transaction, mail: NewDelivery): Promise<boolean> {
  const rows = await tx.rows<{ id: string }>(
    `insert into mail_delivery
       (id, dedupe_key, kind, rollout_id, client_rollout_id, client_id, contact_id, round_id, bound_to, live,
        client_facing, dated, snapshot, snapshot_sha256, links, rfc_message_id, thread_root_id, lane,
        lane_position, stream, not_before, expires_at, status, status_since, attempt, look_ups,
        calendar_sequence, told_from, told_until, created_at)
     values
       ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18,
        nextval('mail_lane_position'), $19, $20, $21, 'planned', $22, 0, 0, $23, $24, $25, $22)
     on conflict (dedupe_key) do nothing
     returning id`,
    [
      mail.id,
      mail.dedupeKey,
      mail.kind,
      mail.rolloutId,
      mail.clientRolloutId,
      mail.clientId,
      mail.contactId,
      mail.roundId,
      mail.boundTo,
      mail.live,
      mail.clientFacing,
      mail.dated,
      JSON.stringify(mail.snapshot),
      snapshotHash(mail.snapshot),
      JSON.stringify(mail.links),
      mail.rfcMessageId,
      mail.threadRootId,
      mail.lane,
      mail.snapshot.stream,
      mail.notBefore,
      mail.expiresAt,
      await tx.now(),
      mail.calendarSequence,
      mail.tells?.from ?? null,
      mail.tells?.until ?? null,
    ],
  );
  if (rows.length === 0) return false;
  recordMailEvent(tx, { ...mail, event: 'planned' });
  return true;
}

/** What an event about a mail names; never an address and never a text. */
export interface MailSubject {
  readonly id: DeliveryId;
  readonly kind: string;
  readonly rolloutId: RolloutId | null;
  readonly clientId: ClientId | null;
  readonly clientRolloutId: ClientRolloutId | null;
}

/** Tells the story of one mail. */
export function recordMailEvent(
  tx: Transaction,
  told: MailSubject & {
    readonly event: MailEvent;
    readonly actor?: string;
    readonly cause?: string;
    readonly facts?: Readonly<Record<string, unknown>>;
  },
): void {
  tx.record({
    kind: `mail.${told.event}`,
    actor: told.actor ?? 'daymark',
    ...(told.cause === undefined ? {} : { cause: told.cause }),
    ...(told.rolloutId ? { rolloutId: told.rolloutId } : {}),
    ...(told.clientId ? { clientId: told.clientId } : {}),
    ...(told.clientRolloutId ? { clientRolloutId: told.clientRolloutId } : {}),
    facts: { delivery: told.id, mail: told.kind, ...told.facts },
  });
}

/** One row of the ledger, without its text. */
export interface DeliveryRow extends MailSubject {
  readonly status: MailStatus;
  readonly attempt: number;
  readonly contactId: ContactId | null;
  readonly roundId: RoundId | null;
  readonly live: boolean;
  readonly clientFacing: boolean;
  readonly messageId: string | null;
  /** The client's place in its rollout's plan; wakes are sent in this order. */
  readonly planPosition: number;
  /** The state of the client's part; null = it is about none. */
  readonly clientState: ClientRolloutState | null;
  readonly lookUps: number;
  readonly stream: string;
  readonly recipient: string;
  readonly clientName: string | null;
  readonly owner: string | null;
}

/** Columns of `DeliveryRow`; the row of the ledger is `m`, its client `cl`, its part of the rollout `cr`. */
export const deliveryColumns = `
  m.id, m.kind, m.rollout_id as "rolloutId", m.client_id as "clientId", m.client_rollout_id as "clientRolloutId",
  m.status, m.attempt, m.contact_id as "contactId", m.round_id as "roundId", m.live,
  m.client_facing as "clientFacing", m.pm_message_id as "messageId",
  coalesce(cr.plan_position, 0) as "planPosition", cr.state as "clientState", m.look_ups as "lookUps", m.stream, m.snapshot ->> 'to' as recipient,
  cl.name as "clientName", cl.owner`;

/** Locks one mail as `lockDeliveries` does; null when there is none. */
export async function lockDelivery(tx: Transaction, id: string): Promise<DeliveryRow | null> {
  const [row] = await lockDeliveries(tx, [id]);
  return row ?? null;
}

/**
 * Locks mails, after the client rollouts whose gates they may open, in the order that everybody keeps: clients in
 * the order of their plan.
 */
export async function lockDeliveries(
  tx: Transaction,
  ids: readonly string[],
): Promise<readonly DeliveryRow[]> {
  await tx.rows(
    `select cr.id
     from client_rollout cr
     where cr.id in (select m.client_rollout_id from mail_delivery m where m.id = any($1::uuid[]))
     order by cr.rollout_id, cr.plan_position
     for no key update of cr`,
    [ids],
  );
  return await tx.rows<DeliveryRow>(
    `select ${deliveryColumns}
     from mail_delivery m
     left join client_rollout cr on cr.id = m.client_rollout_id
     left join client cl on cl.id = m.client_id
     where m.id = any($1::uuid[])
     order by m.id
     for no key update of m`,
    [ids],
  );
}

const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** Finds the mail the provider speaks of: by our own id, else by the provider's. */
export async function findDeliveryId(
  db: Queryable,
  by: { readonly did: string | null; readonly messageId: string | null },
): Promise<DeliveryId | null> {
  const rows = await db.rows<{ id: DeliveryId }>(
    `select m.id
     from mail_delivery m
     where m.id = $1::uuid or m.pm_message_id = $2
     order by (m.id = $1::uuid) desc nulls last
     limit 1`,
    [by.did !== null && uuid.test(by.did) ? by.did : null, by.messageId],
  );
  return rows[0]?.id ?? null;
}
