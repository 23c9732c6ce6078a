import type { MailAttachment } from '../../domain/communication/outgoing-mail.ts';
import type { ClientRolloutId, ContactId } from '../../domain/ids.ts';
import type { Queryable } from '../pool.ts';

/** The calendar entry that a contact was sent last, exactly as it was frozen; null = no date stands. */
export async function readInvite(
  db: Queryable,
  of: { readonly clientRolloutId: ClientRolloutId; readonly contactId: ContactId },
): Promise<MailAttachment | null> {
  const [latest] = await db.rows<{ file: MailAttachment | null }>(
    `select m.snapshot -> 'attachments' -> 0 as file
     from mail_delivery m
     where m.client_rollout_id = $1 and m.contact_id = $2 and m.live and m.calendar_sequence is not null
       and m.status not in ('planned', 'queued', 'cancelled', 'superseded', 'expired')
     order by m.calendar_sequence desc, m.created_at desc
     limit 1`,
    [of.clientRolloutId, of.contactId],
  );
  const file = latest?.file ?? null;
  // The last word may be that the date is off.
  return file?.name === 'invite.ics' ? file : null;
}
