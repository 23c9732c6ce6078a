import type { Queryable } from '../pool.ts';

/** How long a key is remembered. */
export const idempotencyDays = 30;

/** A request that is not finished after this long was cut off; its key may be taken again. */
const abandonedAfter = `interval '2 minutes'`;

/** One request by one caller under one key. */
export interface KeyedRequest {
  readonly actor: string;
  readonly key: string;
  readonly requestHash: string;
}

/** What a key is good for at this moment. */
export type KeyClaim =
  | { readonly kind: 'claimed' }
  | { readonly kind: 'running' }
  /** The same key came with another request. */
  | { readonly kind: 'reused' }
  | { readonly kind: 'finished'; readonly status: number; readonly body: unknown };

/** Takes the key for this request, or says what became of the first one with it. */
export async function claimKey(db: Queryable, request: KeyedRequest): Promise<KeyClaim> {
  const claimed = await db.rows<{ key: string }>(
    `insert into idempotency_key as k (actor, key, request_hash, created_at)
     values ($1, $2, $3, clock_timestamp())
     on conflict (actor, key) do update
       set request_hash = excluded.request_hash, created_at = excluded.created_at,
           response_status = null, response_body = null
       where k.created_at < clock_timestamp() - interval '${idempotencyDays} days'
         or (k.response_status is null and k.created_at < clock_timestamp() - ${abandonedAfter}
           and k.request_hash = excluded.request_hash)
     returning k.key`,
    [request.actor, request.key, request.requestHash],
  );
  if (claimed.length === 1) return { kind: 'claimed' };
  const [known] = await db.rows<{
    request_hash: string;
    response_status: number | null;
    response_body: unknown;
  }>(
    `select k.request_hash, k.response_status, k.response_body
     from idempotency_key k
     where k.actor = $1 and k.key = $2`,
    [request.actor, request.key],
  );
  // Given up in between: the caller may ask again at once.
  if (!known) return { kind: 'running' };
  if (known.request_hash !== request.requestHash) return { kind: 'reused' };
  if (known.response_status === null) return { kind: 'running' };
  return { kind: 'finished', status: known.response_status, body: known.response_body };
}

/** Keeps what was answered. */
export async function finishKey(
  db: Queryable,
  request: KeyedRequest,
  response: { readonly status: number; readonly body: unknown },
): Promise<void> {
  await db.rows(
    `update idempotency_key as k
     set response_status = $3, response_body = $4
     where k.actor = $1 and k.key = $2`,
    [request.actor, request.key, response.status, JSON.stringify(response.body ?? null)],
  );
}

/** Gives a key back: nothing was done, so a repeat may do it. */
export async function giveKeyBack(db: Queryable, request: KeyedRequest): Promise<void> {
  await db.rows(
    `delete from idempotency_key k where k.actor = $1 and k.key = $2 and k.response_status is null`,
    [request.actor, request.key],
  );
}
