import type { Instant } from '../../domain/instant.ts';
import type { Queryable } from '../pool.ts';

/** A question to a person, with the names of whom it is about. */
export interface AttentionEntry {
  readonly id: string;
  readonly kind: string;
  readonly text: string;
  readonly actions: readonly string[];
  readonly owner: string | null;
  readonly raisedAt: Instant;
  readonly ageMinutes: number;
  readonly rollout: { readonly id: string; readonly name: string } | null;
  readonly client: { readonly key: string; readonly name: string } | null;
  readonly subjectId: string | null;
  readonly resolvedAt: Instant | null;
  readonly resolution: string | null;
  readonly dedupeKey: string;
}

/** Questions, the oldest open one first, then settled ones. */
export async function readAttention(
  db: Queryable,
  query: { readonly id?: string; readonly openOnly: boolean },
): Promise<readonly AttentionEntry[]> {
  return await db.rows<AttentionEntry>(
    `select a.id, a.kind, a.text, a.actions, a.owner, a.raised_at as "raisedAt",
       floor(extract(epoch from (clock_timestamp() - a.raised_at)) / 60)::integer as "ageMinutes",
       case when r.id is not null then jsonb_build_object('id', r.id, 'name', r.name) end as rollout,
       case when cl.id is not null then jsonb_build_object('key', cl.key, 'name', cl.name) end as client,
       a.subject_id as "subjectId", a.resolved_at as "resolvedAt", a.resolution, a.dedupe_key as "dedupeKey"
     from attention_item a
     left join rollout r on r.id = a.rollout_id
     left join client cl on cl.id = a.client_id
     where ($1::uuid is null or a.id = $1) and (not $2 or a.resolved_at is null)
     order by a.resolved_at is not null, case when a.resolved_at is null then a.raised_at end,
       a.resolved_at desc
     limit 500`,
    [query.id ?? null, query.openOnly],
  );
}
