import type { ContactId } from '../../domain/ids.ts';
import type { Transaction } from '../in-transaction.ts';

/** A contact as far as it matters whether mail reaches it. */
export interface ReachedContact {
  readonly id: ContactId;
  readonly name: string;
  readonly clientName: string;
  readonly owner: string | null;
  readonly isApprover: boolean;
}

/** Notes that mail does not reach a contact any more; null when that was known, or there is no such contact. */
export async function markUnreachable(
  tx: Transaction,
  contactId: ContactId,
  reason: string,
): Promise<ReachedContact | null> {
  const rows = await tx.rows<ReachedContact>(
    `update contact as c
     set unreachable_reason = $2, unreachable_since = $3
     from client cl
     where c.id = $1 and cl.id = c.client_id and c.unreachable_reason is null
     returning c.id, c.name, cl.name as "clientName", cl.owner, 'approver' = any(c.roles) as "isApprover"`,
    [contactId, reason.slice(0, 300), await tx.now()],
  );
  return rows[0] ?? null;
}

/** Notes that the provider sends to a contact's address again. */
export async function markReachable(tx: Transaction, email: string): Promise<void> {
  await tx.rows(
    `update contact as c
     set unreachable_reason = null, unreachable_since = null
     where c.email = lower($1) and c.unreachable_reason is not null`,
    [email],
  );
}

/** The contacts behind an address; one person may stand for several clients. */
export async function contactsOf(
  tx: Pick<Transaction, 'rows'>,
  email: string,
): Promise<readonly ContactId[]> {
  const rows = await tx.rows<{ id: ContactId }>(
    `select c.id from contact c where c.email = lower($1) order by c.id`,
    [email],
  );
  return rows.map((row) => row.id);
}
