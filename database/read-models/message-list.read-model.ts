import type { OutgoingMail } from '../../domain/communication/outgoing-mail.ts';
import type { ClientRolloutId, RolloutId } from '../../domain/ids.ts';
import type { Instant } from '../../domain/instant.ts';
import type { Queryable } from '../pool.ts';
import type { MailStatus } from '../stores/mail-delivery.store.ts';

/** One mail as lists show it. */
export interface MessageRow {
  readonly id: string;
  readonly kind: string;
  readonly client: { readonly key: string; readonly name: string } | null;
  readonly to: string;
  readonly toName: string;
  readonly subject: string;
  readonly status: MailStatus;
  readonly statusSince: Instant;
  readonly live: boolean;
  readonly acceptedAt: Instant | null;
  readonly attempt: number;
  readonly lastError: string | null;
  readonly createdAt: Instant;
}

/** Mails, newest first; ids rise with time, so they serve as the cursor of a list. */
export async function readMessages(
  db: Queryable,
  query: {
    readonly id?: string;
    readonly rolloutId?: RolloutId | null;
    readonly clientRolloutId?: ClientRolloutId;
    readonly status?: string | undefined;
    readonly kind?: string | undefined;
    readonly before?: string | undefined;
    readonly limit: number;
  },
): Promise<readonly MessageRow[]> {
  return await db.rows<MessageRow>(
    `select m.id, m.kind, m.snapshot ->> 'to' as "to", coalesce(p.name, m.snapshot ->> 'to') as "toName",
       m.snapshot ->> 'subject' as subject, m.status, m.status_since as "statusSince", m.live,
       m.accepted_at as "acceptedAt", m.attempt, m.last_error as "lastError", m.created_at as "createdAt",
       case when cl.id is not null then jsonb_build_object('key', cl.key, 'name', cl.name) end as client
     from mail_delivery m
     left join client cl on cl.id = m.client_id
     left join contact p on p.id = m.contact_id and m.live
     where ($1::uuid is null or m.id = $1)
       and ($2::uuid is null or m.rollout_id = $2)
       and ($3::uuid is null or m.client_rollout_id = $3)
       and ($4::text is null or m.status = $4)
       and ($5::text is null or m.kind = $5)
       and ($6::uuid is null or m.id < $6)
     order by m.id desc
     limit $7`,
    [
      query.id ?? null,
      query.rolloutId ?? null,
      query.clientRolloutId ?? null,
      query.status ?? null,
      query.kind ?? null,
      query.before ?? null,
      query.limit,
    ],
  );
}

/** The frozen text of a mail; null when there is no such mail. */
export async function readMailText(db: Queryable, id: string): Promise<OutgoingMail | null> {
  const rows = await db.rows<{ snapshot: OutgoingMail }>(
    `select m.snapshot from mail_delivery m where m.id = $1`,
    [id],
  );
  return rows[0]?.snapshot ?? null;
}
