import type { ClientId, ClientRolloutId, RolloutId } from '../domain/ids.ts';
import type { Instant } from '../domain/instant.ts';
import type { EventKind } from '../domain/rollout/event-words.ts';
import type { Clock } from './clock.ts';
import { newId } from './new-id.ts';
import type { Pool, PoolConnection, Queryable } from './pool.ts';

/** One change of state as the story tells it: who, what, why, and the facts that were true. */
export interface NewEvent {
  readonly kind: EventKind;
  readonly actor: string;
  readonly cause?: string;
  readonly rolloutId?: RolloutId;
  readonly clientId?: ClientId;
  readonly clientRolloutId?: ClientRolloutId;
  readonly facts?: Readonly<Record<string, unknown>>;
}

// A decision asks by keys, so a plan kept for any key serves as well as one made for this one, and planning the
// facts anew takes ten times as long as reading them.
const begin = 'begin; set local plan_cache_mode = force_generic_plan';

/** A write: its events and wakes are stored with it, or nothing is. */
export interface Transaction extends Queryable {
  /** The time of this decision. Call it only after the locks are held; it is read once and then stays. */
  readonly now: () => Promise<Instant>;
  readonly record: (event: NewEvent) => void;
  /** Raises the wanted level of a loop; `planOrder` decides who is signalled first. */
  readonly wake: (workflowId: string, planOrder?: number) => void;
}

/** What a store needs: where facts are, what time it is, and whom to tell that wakes were raised. */
export interface Database {
  readonly pool: Pool;
  readonly clock: Clock;
  /** Told after the commit; loses nothing when it fails, the relay sends what is owed. */
  readonly onWakes: (workflowIds: readonly string[]) => void;
}

/**
 * Runs one decision in one transaction; commits when `work` returns, rolls back when it throws.
 * Events and wakes are written by one last statement, wakes in the order of their ids so that two transactions
 * never wait for each other. Those of the same `turn`, whose locks would let them pass one by one only, are begun
 * one by one.
 */
export async function inTransaction<Result>(
  database: Database,
  work: (tx: Transaction) => Promise<Result>,
  { turn }: { readonly turn?: string } = {},
): Promise<Result> {
  const connection = await database.pool.connect(turn);
  let broken = false;
  try {
    await connection.rows(begin);
    const draft = openDraft(database, connection);
    const result = await work(draft.tx);
    const last = await draft.lastWrites();
    // Sent together: where a last write fails, the commit behind it takes everything back.
    await Promise.all([...last(), connection.rows('commit')]);
    if (draft.wakes.size > 0) database.onWakes([...draft.wakes.keys()]);
    return result;
  } catch (error) {
    // A connection that cannot even roll back is thrown away.
    await connection.rows('rollback').catch(() => {
      broken = true;
    });
    throw error;
  } finally {
    connection.release(broken);
  }
}

function openDraft(database: Database, connection: PoolConnection) {
  const events: NewEvent[] = [];
  const wakes = new Map<string, number>();
  let read: Promise<Instant> | null = null;
  const now = (): Promise<Instant> => (read ??= database.clock.now(connection));
  const tx: Transaction = {
    rows: connection.rows,
    now,
    record: (event) => {
      events.push(event);
    },
    wake: (workflowId, planOrder = 0) => {
      wakes.set(workflowId, planOrder);
    },
  };
  const lastWrites = async (): Promise<() => readonly Promise<unknown>[]> => {
    if (events.length === 0 && wakes.size === 0) return () => [];
    const at = await now();
    const ordered = [...wakes].sort(([a], [b]) => (a < b ? -1 : 1));
    const values = [
      JSON.stringify(events.map((event) => eventRow(event))),
      ordered.map(([workflowId]) => workflowId),
      ordered.map(([, planOrder]) => planOrder),
      at,
    ];
    return () => [connection.rows(writeEventsAndWakes, values)];
  };
  return { tx, wakes, lastWrites };
}

const writeEventsAndWakes = `
  with raised as (
    insert into wake as w
      (workflow_id, wanted, sent, seen, wanted_at, next_look_at, failures, plan_order, ended)
    select r.workflow_id, 1, 0, 0, $4, null, 0, r.plan_order, false
    from unnest($2::text[], $3::bigint[]) as r (workflow_id, plan_order)
    on conflict (workflow_id) do update
      set wanted = w.wanted + 1, ended = false,
          wanted_at = case when w.wanted > w.seen then w.wanted_at else excluded.wanted_at end
  )
  insert into event
    (id, at, kind, actor, cause, rollout_id, client_id, client_rollout_id, facts)
  select e.id, $4, e.kind, e.actor, e.cause, e.rollout_id, e.client_id, e.client_rollout_id, e.facts
  from jsonb_to_recordset($1::jsonb) as e (
    id uuid, kind text, actor text, cause text,
    rollout_id uuid, client_id uuid, client_rollout_id uuid, facts jsonb)`;

function eventRow(event: NewEvent): Record<string, unknown> {
  return {
    id: newId(),
    kind: event.kind,
    actor: event.actor,
    cause: event.cause ?? null,
    rollout_id: event.rolloutId ?? null,
    client_id: event.clientId ?? null,
    client_rollout_id: event.clientRolloutId ?? null,
    facts: event.facts ?? {},
  };
}

/** The same, for reading several things that must agree: one snapshot, no locks, nothing written. */
export async function inSnapshot<Result>(
  database: Database,
  work: (db: Queryable, now: Instant) => Promise<Result>,
): Promise<Result> {
  const connection = await database.pool.connect();
  let broken = false;
  try {
    await connection.rows('begin isolation level repeatable read read only');
    const result = await work(connection, await database.clock.now(connection));
    await connection.rows('commit');
    return result;
  } catch (error) {
    await connection.rows('rollback').catch(() => {
      broken = true;
    });
    throw error;
  } finally {
    connection.release(broken);
  }
}
