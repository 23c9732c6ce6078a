import type { BuildId, ChangeId, PlanId, PolicyId, RolloutId } from '../../domain/ids.ts';
import type { Duration } from '../../domain/duration.ts';
import type { Instant } from '../../domain/instant.ts';
import type { RolloutState } from '../../domain/rollout/states.ts';
import type { Transaction } from '../in-transaction.ts';
import type { Queryable } from '../pool.ts';

/** A rollout as its control row says. */
export interface Rollout {
  readonly id: RolloutId;
  readonly name: string;
  readonly changeId: ChangeId;
  readonly buildId: BuildId | null;
  readonly state: RolloutState;
  readonly since: Instant;
  readonly stateBy: string | null;
  readonly stateReason: string | null;
}

/** Locks a rollout's control row and reads it; null when there is none. */
export async function lockRollout(tx: Transaction, id: RolloutId): Promise<Rollout | null> {
  const rows = await tx.rows<RolloutRow>(`${selectRollout} where r.id = $1 for no key update`, [
    id,
  ]);
  return rows[0] ? rolloutOf(rows[0]) : null;
}

/** Locks every rollout of a change that is not over, in the order of their ids. */
export async function lockRolloutsOfChange(
  tx: Transaction,
  changeId: ChangeId,
): Promise<readonly Rollout[]> {
  const rows = await tx.rows<RolloutRow>(
    `${selectRollout}
     where r.change_id = $1 and r.state in ('draft', 'running', 'paused')
     order by r.id
     for no key update`,
    [changeId],
  );
  return rows.map((row) => rolloutOf(row));
}

/** Locks all rollouts that are not over, in the order of their ids, and names them. */
export async function lockUnfinishedRollouts(tx: Transaction): Promise<readonly RolloutId[]> {
  const rows = await tx.rows<{ id: RolloutId }>(
    `select r.id
     from rollout r
     where r.state in ('draft', 'running', 'paused')
     order by r.id
     for no key update`,
  );
  return rows.map(({ id }) => id);
}

/** The rollouts that are not over, without locks, for showing only. */
export async function listUnfinishedRollouts(
  db: Queryable,
): Promise<readonly { readonly id: RolloutId; readonly name: string }[]> {
  return await db.rows<{ id: RolloutId; name: string }>(
    `select r.id, r.name
     from rollout r
     where r.state in ('draft', 'running', 'paused')
     order by r.started_at, r.id`,
  );
}

/** A rollout that is started now. */
export interface NewRollout {
  readonly id: RolloutId;
  /** Null = the title of its change. */
  readonly name: string | null;
  readonly changeId: ChangeId;
  readonly policyId: PolicyId;
  readonly planId: PlanId;
  readonly vendorCalendarId: string | null;
  readonly policyCalendarId: string | null;
  readonly worstCase: Duration | null;
  readonly actor: string;
}

/** Writes a running rollout for the newest build of its change, or for none while there is none. */
export async function insertRollout(tx: Transaction, rollout: NewRollout): Promise<void> {
  const now = await tx.now();
  await tx.rows(
    `insert into rollout
       (id, name, change_id, build_id, policy_id, plan_id, vendor_calendar_id, policy_calendar_id, worst_case,
        state, since, state_by, failures_counted_from, started_by, started_at)
     select $1, coalesce($2, ch.title), ch.id, newest.id, $4, $5, $6, $7, $8, 'running', $9, $10, $9, $10, $9
     from change ch
     left join lateral (
       select b.id
       from build b
       where b.change_id = ch.id and b.superseded_by is null
       order by b.announced_at desc
       limit 1
     ) newest on true
     where ch.id = $3`,
    [
      rollout.id,
      rollout.name,
      rollout.changeId,
      rollout.policyId,
      rollout.planId,
      rollout.vendorCalendarId,
      rollout.policyCalendarId,
      rollout.worstCase,
      now,
      rollout.actor,
    ],
  );
  tx.record({
    kind: 'rollout.running',
    actor: rollout.actor,
    rolloutId: rollout.id,
    facts: { planId: rollout.planId, policyId: rollout.policyId },
  });
}

/** A move of a rollout from one state to the next, with the event that tells it. */
export interface RolloutMove {
  readonly id: RolloutId;
  readonly from: readonly RolloutState[];
  readonly to: RolloutState;
  readonly actor: string;
  readonly reason: string | null;
  readonly facts?: Readonly<Record<string, unknown>>;
}

/** Moves a rollout if it still is where the decision saw it; false = somebody was first. */
export async function moveRollout(tx: Transaction, move: RolloutMove): Promise<boolean> {
  const rows = await tx.rows<{ id: string }>(
    `update rollout as r
     set state = $2::text, since = $3, state_by = $4, state_reason = $5,
         ended_at = case when $2::text in ('stopped', 'closed', 'done') then $3::timestamptz end
     where r.id = $1 and r.state = any($6)
     returning r.id`,
    [move.id, move.to, await tx.now(), move.actor, move.reason, move.from],
  );
  if (rows.length === 0) return false;
  tx.record({
    kind: `rollout.${move.to}`,
    actor: move.actor,
    ...(move.reason === null ? {} : { cause: move.reason }),
    rolloutId: move.id,
    ...(move.facts ? { facts: move.facts } : {}),
  });
  return true;
}

/** Failures before now do not count any more: a person has looked at them. */
export async function countFailuresFromNow(tx: Transaction, id: RolloutId): Promise<void> {
  await tx.rows(`update rollout as r set failures_counted_from = $2 where r.id = $1`, [
    id,
    await tx.now(),
  ]);
}

/** The versions of builds by their ids. */
export async function readBuildVersions(
  db: Queryable,
  ids: readonly (BuildId | null)[],
): Promise<ReadonlyMap<BuildId, string>> {
  const rows = await db.rows<{ id: BuildId; version: string }>(
    `select b.id, b.version from build b where b.id = any($1)`,
    [ids.filter((id) => id !== null)],
  );
  return new Map(rows.map(({ id, version }) => [id, version]));
}

/** The build a rollout brings from now on. */
export async function setRolloutBuild(
  tx: Transaction,
  id: RolloutId,
  buildId: BuildId,
): Promise<void> {
  await tx.rows(`update rollout as r set build_id = $2 where r.id = $1`, [id, buildId]);
}

const selectRollout = `
  select r.id, r.name, r.change_id, r.build_id, r.state, r.since, r.state_by, r.state_reason
  from rollout r`;

interface RolloutRow {
  readonly id: RolloutId;
  readonly name: string;
  readonly change_id: ChangeId;
  readonly build_id: BuildId | null;
  readonly state: RolloutState;
  readonly since: Instant;
  readonly state_by: string | null;
  readonly state_reason: string | null;
}

function rolloutOf(row: RolloutRow): Rollout {
  return {
    id: row.id,
    name: row.name,
    changeId: row.change_id,
    buildId: row.build_id,
    state: row.state,
    since: row.since,
    stateBy: row.state_by,
    stateReason: row.state_reason,
  };
}
