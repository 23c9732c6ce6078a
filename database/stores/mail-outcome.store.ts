import { type Instant, plusMs } from '../../domain/instant.ts';
import type { Transaction } from '../in-transaction.ts';
import { type DeliveryRow, type MailStatus, recordMailEvent } from './mail-delivery.store.ts';

/** The statuses in which nobody knows yet whether the mail left. */
export const undecidedStatuses: readonly MailStatus[] = ['sending', 'unknown', 'needs_human'];

/** Higher wins; a later report of something lower never lowers what is known. */
const rank: Partial<Record<MailStatus, number>> = {
  accepted: 1,
  delivered: 2,
  bounced: 3,
  complained: 4,
};

/** What a report of the provider says about a mail that was handed over. */
export type ReportedStatus = 'accepted' | 'delivered' | 'bounced' | 'complained';

/** What a report changed. */
export interface ReportEffect {
  /** It is known for the first time that the mail left. */
  readonly nowAccepted: boolean;
  /** The status rose. */
  readonly raised: boolean;
  /** The provider has given this mail two ids: it went out twice. */
  readonly duplicate: boolean;
}

/** A mail and what was reported about it. */
export interface Reported {
  readonly row: DeliveryRow;
  readonly status: ReportedStatus;
  readonly messageId: string | null;
  readonly by: string;
}

/**
 * Stores that the provider has the mails, whoever says so: its answer, a search, a webhook before either. Answers
 * what each report changed. The caller holds the rows' locks.
 */
export async function storeReports(
  tx: Transaction,
  reports: readonly Reported[],
  settleAfterMs: number,
): Promise<readonly ReportEffect[]> {
  const now = await tx.now();
  const effects = reports.map((report) => effectOf(report.row, report));
  await tx.rows(
    `update mail_delivery as m
     set status = case when r.raised then r.status else m.status end,
         status_since = case when r.raised then $6::timestamptz else m.status_since end,
         pm_message_id = coalesce(m.pm_message_id, r.message_id),
         accepted_at = case when r.now_accepted then $6::timestamptz else m.accepted_at end,
         lease_until = null, unknown_since = null,
         next_lookup_at = case
           when not r.raised then m.next_lookup_at
           when r.status = 'accepted' then $7::timestamptz end
     from unnest($1::uuid[], $2::text[], $3::text[], $4::boolean[], $5::boolean[])
       as r (id, status, message_id, raised, now_accepted)
     where m.id = r.id`,
    [
      reports.map(({ row }) => row.id),
      reports.map(({ status }) => status),
      reports.map(({ messageId }) => messageId),
      effects.map(({ raised }) => raised),
      effects.map(({ nowAccepted }) => nowAccepted),
      now,
      plusMs(now, settleAfterMs),
    ],
  );
  reports.forEach((report, index) => {
    tellOfReport(tx, report, effects[index]);
  });
  return effects;
}

function tellOfReport(
  tx: Transaction,
  { row, status, messageId, by }: Reported,
  effect: ReportEffect | undefined,
): void {
  if (effect?.raised) {
    recordMailEvent(tx, {
      ...row,
      event: status,
      cause: `by ${by}`,
      facts: { messageId: messageId ?? row.messageId },
    });
  }
  if (effect?.duplicate) {
    recordMailEvent(tx, {
      ...row,
      event: 'duplicate-detected',
      facts: { messageIds: [row.messageId, messageId] },
    });
  }
}

function effectOf(
  row: DeliveryRow,
  report: { readonly status: ReportedStatus; readonly messageId: string | null },
): ReportEffect {
  const nowAccepted = undecidedStatuses.includes(row.status) || row.status === 'queued';
  const known = nowAccepted ? 0 : (rank[row.status] ?? Number.POSITIVE_INFINITY);
  const ids = new Set([row.messageId, report.messageId].filter((id) => id !== null));
  return { nowAccepted, raised: (rank[report.status] ?? 0) > known, duplicate: ids.size > 1 };
}

/** How an attempt ended that did not hand the mail over, or of which nobody knows. */
export type FailedAttempt =
  | { readonly kind: 'not-sent'; readonly cause: string; readonly notBefore: Instant }
  | {
      readonly kind: 'suppressed' | 'rejected';
      readonly cause: string;
      readonly messageId: string | null;
    }
  | { readonly kind: 'unknown'; readonly cause: string; readonly nextLookUpAt: Instant };

/**
 * Stores the end of one attempt; false when the row has moved on meanwhile. An answer that comes after its lease
 * ended still counts, for it is about this attempt.
 */
export async function storeFailedAttempt(
  tx: Transaction,
  row: DeliveryRow,
  attempt: number,
  end: FailedAttempt,
): Promise<boolean> {
  const now = await tx.now();
  const status = end.kind === 'not-sent' ? 'queued' : end.kind;
  const rows = await tx.rows<{ id: string }>(
    `update mail_delivery as m
     set status = $3, status_since = $4, last_error = $5, lease_until = null, attempt_ended_at = $4,
         not_before = coalesce($6::timestamptz, m.not_before),
         unknown_since = case when $3 = 'unknown' then $4::timestamptz end,
         look_ups = 0, next_lookup_at = $7,
         pm_message_id = coalesce(m.pm_message_id, $8)
     where m.id = $1 and m.attempt = $2 and m.status in ('sending', 'unknown')
     returning m.id`,
    [
      row.id,
      attempt,
      status,
      now,
      end.cause.slice(0, 500),
      end.kind === 'not-sent' ? end.notBefore : null,
      end.kind === 'unknown' ? end.nextLookUpAt : null,
      'messageId' in end ? end.messageId : null,
    ],
  );
  if (rows.length === 0) return false;
  recordMailEvent(tx, { ...row, event: end.kind, cause: end.cause.slice(0, 500) });
  return true;
}

/** A mail that is looked for now; until `next_lookup_at` nobody else looks. */
export interface DueLookUp {
  readonly id: string;
  readonly status: 'unknown' | 'needs_human' | 'accepted';
  readonly recipient: string;
  readonly messageId: string | null;
  readonly sentAfter: Instant;
}

/** Takes the mails that are to be looked for at the provider. */
export async function takeLookUps(
  tx: Transaction,
  wish: { readonly stream: string; readonly limit: number; readonly leaseMs: number },
): Promise<readonly DueLookUp[]> {
  const now = await tx.now();
  return await tx.rows<DueLookUp>(
    `with due as (
       select m.id
       from mail_delivery m
       where m.stream = $1 and m.status in ('unknown', 'needs_human', 'accepted') and m.next_lookup_at <= $2
       order by m.next_lookup_at
       limit $3
       for update skip locked
     )
     update mail_delivery m
     set next_lookup_at = $4
     from due
     where m.id = due.id
     returning m.id, m.status, m.snapshot ->> 'to' as recipient, m.pm_message_id as "messageId",
       m.created_at as "sentAfter"`,
    [wish.stream, now, wish.limit, plusMs(now, wish.leaseMs)],
  );
}

/** Says when the mail is looked for again; `counts` = this look-up was answered and showed nothing. */
export async function postponeLookUp(
  tx: Transaction,
  id: string,
  next: { readonly at: Instant | null; readonly counts: boolean },
): Promise<void> {
  await tx.rows(
    `update mail_delivery as m
     set next_lookup_at = $2, look_ups = m.look_ups + $3
     where m.id = $1 and m.status in ('unknown', 'needs_human', 'accepted')`,
    [id, next.at, next.counts ? 1 : 0],
  );
}

/** The quiet period is over and nothing was found: back to the queue, or to a person. False = it moved on. */
export async function endLookUps(
  tx: Transaction,
  row: DeliveryRow,
  to: { readonly status: 'queued' | 'needs_human'; readonly nextLookUpAt: Instant | null },
): Promise<boolean> {
  const rows = await tx.rows<{ id: string }>(
    `update mail_delivery as m
     set status = $2, status_since = $3, next_lookup_at = $4, unknown_since = null
     where m.id = $1 and m.status = 'unknown'
     returning m.id`,
    [row.id, to.status, await tx.now(), to.nextLookUpAt],
  );
  if (rows.length === 0) return false;
  recordMailEvent(tx, {
    ...row,
    event: to.status === 'queued' ? 'queued-again' : 'needs-a-person',
    cause: 'it was not found at the provider',
  });
  return true;
}
