import type { ClientRolloutId, RolloutId } from '../../domain/ids.ts';
import type { Instant } from '../../domain/instant.ts';
import type { RequestAnswer, RequestTerms } from '../../domain/rollout/answer-request.ts';
import type { Transaction } from '../in-transaction.ts';
import type { Queryable } from '../pool.ts';

/** The planner's answer as it is kept, and why a person has to decide; null = nobody has to. */
export interface KeptAnswer extends RequestAnswer {
  readonly whyWaiting: string | null;
}

/** A request of a client that is stored now. */
export interface NewClientRequest {
  readonly id: string;
  readonly clientRolloutId: ClientRolloutId;
  readonly terms: RequestTerms;
  readonly answer: KeptAnswer;
  readonly state: 'applied' | 'waiting';
  readonly actor: string;
}

/** The key of the question that a request puts to a person; questions of one client's part begin alike. */
export function requestQuestionKey({
  clientRolloutId,
  id,
}: Pick<NewClientRequest, 'clientRolloutId' | 'id'>): string {
  return `client-request:${clientRolloutId}:${id}`;
}

/** Stores a request with its answer of that moment; neither changes afterwards. */
export async function insertClientRequest(
  tx: Transaction,
  { id, clientRolloutId, terms, answer, state, actor }: NewClientRequest,
): Promise<void> {
  await tx.rows(
    `insert into client_request
       (id, client_rollout_id, kind, terms, answer, state, requested_by, requested_at)
     values ($1, $2, $3, $4, $5, $6, $7, $8)`,
    [
      id,
      clientRolloutId,
      terms.kind,
      JSON.stringify(terms),
      JSON.stringify(answer),
      state,
      actor,
      await tx.now(),
    ],
  );
}

/** A request as people read it later. */
export interface StoredClientRequest {
  readonly id: string;
  readonly terms: RequestTerms;
  readonly answer: KeptAnswer;
  readonly state: 'applied' | 'waiting';
  readonly requestedBy: string;
  readonly requestedAt: Instant;
  /** What a person made of one that waited; null = nothing yet, or nobody had to. */
  readonly settled: {
    readonly at: Instant;
    readonly by: string;
    readonly resolution: string;
  } | null;
}

/** All requests of a client in a rollout, the newest first; null when it has no part in it. */
export async function readClientRequests(
  db: Queryable,
  { rolloutId, clientKey }: { readonly rolloutId: RolloutId; readonly clientKey: string },
): Promise<readonly StoredClientRequest[] | null> {
  const parts = await db.rows<{ id: ClientRolloutId }>(
    `select cr.id
     from client_rollout cr
     join client cl on cl.id = cr.client_id
     where cr.rollout_id = $1 and cl.key = $2`,
    [rolloutId, clientKey],
  );
  const [part] = parts;
  if (part === undefined) return null;
  return await db.rows<StoredClientRequest>(
    `select rq.id, rq.terms, rq.answer, rq.state, rq.requested_by as "requestedBy",
       rq.requested_at as "requestedAt",
       case when a.resolved_at is not null
         then jsonb_build_object(
           'at', to_char(a.resolved_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'),
           'by', a.resolved_by, 'resolution', a.resolution)
       end as settled
     from client_request rq
     left join attention_item a on a.dedupe_key = 'client-request:' || rq.client_rollout_id || ':' || rq.id
     where rq.client_rollout_id = $1
     order by rq.requested_at desc, rq.id desc`,
    [part.id],
  );
}
