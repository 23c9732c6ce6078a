import { type Instant, plusMs } from '../../domain/instant.ts';
import type { Transaction } from '../in-transaction.ts';

/** A call from outside exactly as it came in, without its secrets. */
export interface IncomingWebhook {
  /** Who calls, such as `postmark`. */
  readonly source: string;
  readonly dedupeKey: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Buffer;
}

/** Keeps a call before anything is done about it; false = it was here before, which is success too. */
export async function storeWebhook(tx: Transaction, call: IncomingWebhook): Promise<boolean> {
  const rows = await tx.rows<{ source: string }>(
    `insert into webhook_inbox (source, dedupe_key, headers, body, received_at)
     values ($1, $2, $3, $4, $5)
     on conflict (source, dedupe_key) do nothing
     returning source`,
    [call.source, call.dedupeKey, JSON.stringify(call.headers), call.body, await tx.now()],
  );
  return rows.length === 1;
}

/** A stored call that is to be processed. */
export interface StoredWebhook {
  readonly dedupeKey: string;
  readonly body: Buffer;
  readonly receivedAt: Instant;
}

/**
 * Locks the next call of a source that came in after the given place; those that others process are passed over.
 * Null = there is none.
 */
export async function takeWebhook(
  tx: Transaction,
  source: string,
  after: Pick<StoredWebhook, 'dedupeKey' | 'receivedAt'> | null,
): Promise<StoredWebhook | null> {
  const rows = await tx.rows<StoredWebhook>(
    `select w.dedupe_key as "dedupeKey", w.body, w.received_at as "receivedAt"
     from webhook_inbox w
     where w.source = $1 and w.processed_at is null
       and ($2::timestamptz is null or (w.received_at, w.dedupe_key) > ($2::timestamptz, $3))
     order by w.received_at, w.dedupe_key
     limit 1
     for update skip locked`,
    [source, after?.receivedAt ?? null, after?.dedupeKey ?? ''],
  );
  return rows[0] ?? null;
}

/** The call was dealt with; a problem is what a person should know who looks at it. */
export async function finishWebhook(
  tx: Transaction,
  source: string,
  dedupeKey: string,
  problem: string | null,
): Promise<void> {
  await tx.rows(
    `update webhook_inbox as w
     set processed_at = $3, problem = $4
     where w.source = $1 and w.dedupe_key = $2`,
    [source, dedupeKey, await tx.now(), problem],
  );
}

/** Nobody knows yet what the call is about: it is kept, and tried again until it is a day old. */
export async function keepUnmatched(
  tx: Transaction,
  source: string,
  webhook: StoredWebhook,
): Promise<void> {
  const problem = 'it is about a mail we do not know';
  if (plusMs(webhook.receivedAt, dayMs) < (await tx.now())) {
    await finishWebhook(tx, source, webhook.dedupeKey, problem);
    return;
  }
  await tx.rows(
    `update webhook_inbox as w
     set problem = $3
     where w.source = $1 and w.dedupe_key = $2`,
    [source, webhook.dedupeKey, problem],
  );
}

const dayMs = 86_400_000;
