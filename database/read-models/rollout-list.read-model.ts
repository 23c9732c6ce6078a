import type { RolloutId } from '../../domain/ids.ts';
import type { Instant } from '../../domain/instant.ts';
import type { ClientRolloutState, RolloutState } from '../../domain/rollout/states.ts';
import type { Queryable } from '../pool.ts';

/** A rollout as the list shows it. */
export interface RolloutEntry {
  readonly id: RolloutId;
  readonly name: string;
  readonly change: string;
  readonly version: string | null;
  readonly kind: 'hotfix' | 'release';
  readonly policy: string;
  readonly state: RolloutState;
  readonly since: Instant;
  readonly stateReason: string | null;
  readonly stateBy: string | null;
  readonly startedBy: string;
  readonly startedAt: Instant;
  readonly endedAt: Instant | null;
  readonly maxInFlight: number;
  readonly pauseAfterFailures: number;
  readonly inFlight: number;
  readonly attention: number;
  readonly firstSlot: Instant | null;
  readonly lastSlot: Instant | null;
  readonly plan: { readonly id: string; readonly hash: string; readonly plannedAt: string };
  /** A proposal of new dates that nobody has applied or replaced yet. */
  readonly pendingPlanId: string | null;
  /** Who is in which state; names in plan order. */
  readonly groups: readonly {
    readonly state: ClientRolloutState;
    readonly cohortId: string;
    readonly held: boolean;
    readonly names: readonly string[];
  }[];
}

/** Rollouts, the newest first; one of them, or those in a state. */
export async function readRollouts(
  db: Queryable,
  query: { readonly id?: RolloutId; readonly state?: RolloutState } = {},
): Promise<readonly RolloutEntry[]> {
  return await db.rows<RolloutEntry>(selectRollouts, [query.id ?? null, query.state ?? null]);
}

/** Parameters: rollout id or null, state or null. */
const selectRollouts = `
  select
    r.id, r.name, c.version as change, b.version, c.kind, p.name as policy, r.state, r.since,
    r.state_reason as "stateReason", r.state_by as "stateBy", r.started_by as "startedBy",
    r.started_at as "startedAt", r.ended_at as "endedAt",
    (p.document ->> 'maxInFlight')::integer as "maxInFlight",
    (p.document ->> 'pauseAfterFailures')::integer as "pauseAfterFailures",
    flying.count as "inFlight", asked.count as attention, slots.first as "firstSlot", slots.last as "lastSlot",
    jsonb_build_object('id', pl.id, 'hash', pl.hash, 'plannedAt',
      to_char(pl.planned_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')) as plan,
    pending.id as "pendingPlanId", coalesce(parts.groups, '[]') as groups
  from rollout r
  join change c on c.id = r.change_id
  join policy p on p.id = r.policy_id
  join plan pl on pl.id = r.plan_id
  left join build b on b.id = r.build_id
  cross join lateral (
    select count(*) as count
    from deployment d
    where d.rollout_id = r.id and d.site_kind = 'production'
      and d.state in ('claimed', 'dispatching', 'running')
  ) flying
  cross join lateral (
    select count(*) as count
    from attention_item a
    where a.rollout_id = r.id and a.resolved_at is null
  ) asked
  cross join lateral (
    select min(cr.slot_start) as first, max(cr.slot_start) as last
    from client_rollout cr
    where cr.rollout_id = r.id and cr.state not in ('skipped', 'withdrawn', 'missed')
  ) slots
  left join lateral (
    select proposal.id
    from plan proposal
    where proposal.rollout_id = r.id and proposal.id <> r.plan_id and proposal.applied_at is null
      and r.state in ('running', 'paused')
      and not exists (
        select 1 from plan later
        where later.rollout_id = r.id and later.applied_at > proposal.planned_at)
    order by proposal.planned_at desc
    limit 1
  ) pending on true
  left join lateral (
    select jsonb_agg(jsonb_build_object(
      'state', g.state, 'cohortId', g.cohort_id, 'held', g.held, 'names', g.names)) as groups
    from (
      select cr.state, cr.cohort_id, cr.held, jsonb_agg(cl.name order by cr.plan_position) as names
      from client_rollout cr
      join client cl on cl.id = cr.client_id
      where cr.rollout_id = r.id
      group by cr.state, cr.cohort_id, cr.held
    ) g
  ) parts on true
  where ($1::uuid is null or r.id = $1) and ($2::text is null or r.state = $2)
  order by r.started_at desc, r.id`;
