import type { DeliveryId } from '../../domain/ids.ts';
import type { OutgoingMail } from '../../domain/communication/outgoing-mail.ts';
import type { Transaction } from '../in-transaction.ts';
import {
  type DeliveryRow,
  type MailStatus,
  recordMailEvent,
  snapshotHash,
} from './mail-delivery.store.ts';

/** From where a person may decide to send once more: whatever has not, or not surely, arrived. */
export const resendableStatuses: readonly MailStatus[] = [
  'needs_human',
  'rejected',
  'suppressed',
  'bounced',
  'complained',
  'dropped',
  'expired',
];

/** The frozen mail as it would be sent once more, with the address its contact has today. */
export interface ResendSource {
  readonly snapshot: OutgoingMail;
  readonly dedupeKey: string;
  readonly currentEmail: string | null;
  readonly resends: number;
}

/** Reads what a repetition starts from. */
export async function readResendSource(
  tx: Transaction,
  id: DeliveryId,
): Promise<ResendSource | null> {
  const rows = await tx.rows<ResendSource>(
    `with recursive line as (
       select m.id, m.resends from mail_delivery m where m.id = $1
       union all
       select earlier.id, earlier.resends
       from line l
       join mail_delivery earlier on earlier.id = l.resends
     )
     select m.snapshot, m.dedupe_key as "dedupeKey", (select count(*) - 1 from line) as resends,
       case when m.live then c.email end as "currentEmail"
     from mail_delivery m
     left join contact c on c.id = m.contact_id
     where m.id = $1`,
    [id],
  );
  return rows[0] ?? null;
}

/**
 * Writes the repetition in the place of the first one, so that nothing in its lane overtakes it. It keeps the
 * Message-ID's thread, not the Message-ID.
 */
export async function insertRepetition(
  tx: Transaction,
  row: DeliveryRow,
  repetition: {
    readonly id: DeliveryId;
    readonly dedupeKey: string;
    readonly snapshot: OutgoingMail;
    readonly rfcMessageId: string;
  },
): Promise<void> {
  await tx.rows(
    `insert into mail_delivery
       (id, dedupe_key, kind, rollout_id, client_rollout_id, client_id, contact_id, round_id, bound_to, live,
        client_facing, dated, snapshot, snapshot_sha256, links, rfc_message_id, thread_root_id, lane,
        lane_position, stream, not_before, expires_at, status, status_since, attempt, look_ups,
        calendar_sequence, told_from, told_until, resends, created_at)
     select $2, $3, m.kind, m.rollout_id, m.client_rollout_id, m.client_id, m.contact_id, m.round_id, m.bound_to,
       m.live, m.client_facing, m.dated, $4, $5, m.links, $6, m.thread_root_id, m.lane, m.lane_position, m.stream,
       $7::timestamptz, case when m.expires_at > $7::timestamptz then m.expires_at end, 'queued', $7, 0, 0, m.calendar_sequence,
       m.told_from, m.told_until, m.id, $7
     from mail_delivery m
     where m.id = $1`,
    [
      row.id,
      repetition.id,
      repetition.dedupeKey,
      JSON.stringify(repetition.snapshot),
      snapshotHash(repetition.snapshot),
      repetition.rfcMessageId,
      await tx.now(),
    ],
  );
}

/** Ends a mail by a person's decision; false when it is no longer where the person saw it. */
export async function endByPerson(
  tx: Transaction,
  row: DeliveryRow,
  end: {
    readonly from: readonly MailStatus[];
    readonly to: 'resent' | 'dropped' | 'accepted';
    readonly actor: string;
    readonly reason: string;
  },
): Promise<boolean> {
  const rows = await tx.rows<{ id: string }>(
    `update mail_delivery as m
     set status = $2, status_since = $3, next_lookup_at = null, unknown_since = null,
         accepted_at = case when $2 = 'accepted' then $3::timestamptz else m.accepted_at end
     where m.id = $1 and m.status = any($4)
     returning m.id`,
    [row.id, end.to, await tx.now(), end.from],
  );
  if (rows.length === 0) return false;
  const event = end.to === 'accepted' ? 'marked-sent' : end.to;
  recordMailEvent(tx, { ...row, event, actor: end.actor, cause: end.reason });
  return true;
}
