import type { ClientRolloutId } from '../../domain/ids.ts';
import type { Transaction } from '../in-transaction.ts';
import { type MailSubject, recordMailEvent } from './mail-delivery.store.ts';

/** Which mails of a client rollout are called back; null = whatever has not left. */
export interface Recall {
  readonly clientRolloutId: ClientRolloutId;
  readonly kinds: readonly string[] | null;
  /** Spares the mails bound to this; null spares none. */
  readonly exceptBoundTo: string | null;
  readonly to: 'cancelled' | 'superseded';
  readonly actor: string;
  readonly reason: string;
}

/** Calls back what has not left; what is on its way or unknown keeps its course. Answers how many. */
export async function recallMails(tx: Transaction, recall: Recall): Promise<number> {
  const rows = await tx.rows<MailSubject>(
    `with unsent as (
       select m.id
       from mail_delivery m
       where m.client_rollout_id = $1 and m.status in ('planned', 'queued')
         and ($2::text[] is null or m.kind = any($2))
         and ($3::text is null or m.bound_to is distinct from $3)
       order by m.id
       for update
     )
     update mail_delivery m
     set status = $4, status_since = $5
     from unsent
     where m.id = unsent.id
     returning m.id, m.kind, m.rollout_id as "rolloutId", m.client_id as "clientId",
       m.client_rollout_id as "clientRolloutId"`,
    [recall.clientRolloutId, recall.kinds, recall.exceptBoundTo, recall.to, await tx.now()],
  );
  for (const row of rows) {
    recordMailEvent(tx, { ...row, event: recall.to, actor: recall.actor, cause: recall.reason });
  }
  return rows.length;
}
