import type { ClientId, RolloutId } from '../../domain/ids.ts';
import type { Instant } from '../../domain/instant.ts';
import type { Queryable } from '../pool.ts';

/** One event with the names of whom it is about. */
export interface StoryRow {
  readonly position: number;
  readonly at: Instant;
  readonly kind: string;
  readonly actor: string;
  readonly cause: string | null;
  readonly client: { readonly key: string; readonly name: string } | null;
  readonly facts: Readonly<Record<string, unknown>>;
}

/**
 * Events of a rollout or a client, newest first; those before a position when one is given. Mails to several people of
 * one client are told apart by the names of those people, which the events themselves do not carry.
 */
export async function readStory(
  db: Queryable,
  query: {
    readonly rolloutId?: RolloutId;
    readonly clientId?: ClientId;
    readonly clientKey?: string | undefined;
    readonly deliveryId?: string;
    readonly before?: number | undefined;
    readonly limit: number;
  },
): Promise<readonly StoryRow[]> {
  return await db.rows<StoryRow>(
    `select e.position, e.at, e.kind, e.actor, e.cause,
       e.facts || jsonb_strip_nulls(jsonb_build_object('recipient', co.name)) as facts,
       case when cl.id is not null then jsonb_build_object('key', cl.key, 'name', cl.name) end as client
     from event e
     left join client cl on cl.id = e.client_id
     left join mail_delivery m on m.id = case when e.kind like 'mail.%' then (e.facts ->> 'delivery')::uuid end
     left join contact co on co.id = m.contact_id
     where e.position is not null
       and ($1::uuid is null or e.rollout_id = $1)
       and ($2::uuid is null or e.client_id = $2)
       and ($3::text is null or cl.key = $3)
       and ($4::text is null or e.facts ->> 'delivery' = $4)
       and ($5::bigint is null or e.position < $5)
     order by e.position desc
     limit $6`,
    [
      query.rolloutId ?? null,
      query.clientId ?? null,
      query.clientKey ?? null,
      query.deliveryId ?? null,
      query.before ?? null,
      query.limit,
    ],
  );
}

/** One event as the stream names it. */
export interface StreamEvent {
  readonly position: number;
  readonly kind: string;
  readonly rolloutId: string | null;
  readonly clientId: string | null;
  readonly clientKey: string | null;
}

/** The events after a position, in order. */
export async function readEventsAfter(
  db: Queryable,
  position: number,
  limit: number,
): Promise<readonly StreamEvent[]> {
  return await db.rows<StreamEvent>(
    `select e.position, e.kind, e.rollout_id as "rolloutId", e.client_id as "clientId", cl.key as "clientKey"
     from event e
     left join client cl on cl.id = e.client_id
     where e.position > $1
     order by e.position
     limit $2`,
    [position, limit],
  );
}

/** The newest position there is. */
export async function readNewestPosition(db: Queryable): Promise<number> {
  const [row] = await db.rows<{ position: number }>(
    `select s.position from event_sequence s where s.id = 1`,
  );
  return row?.position ?? 0;
}
