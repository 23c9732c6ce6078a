import type { CohortId, RolloutId } from '../../domain/ids.ts';
import type { Instant } from '../../domain/instant.ts';
import type { CohortProgress, RolloutFacts } from '../../domain/rollout/cohort-facts.ts';
import type { Policy } from '../../domain/rollout/policy.ts';
import type { CohortState, RolloutState } from '../../domain/rollout/states.ts';
import type { Queryable } from '../pool.ts';

/** The dedupe key of the one question a rollout asks about the clients that missed their slots. */
export function missedQuestionKey(rolloutId: RolloutId): string {
  return `missed:${rolloutId}`;
}

/** Reads all that the next step of a rollout as a whole follows from; null when there is no such rollout. */
export async function readRolloutFacts(
  db: Queryable,
  rolloutId: RolloutId,
  now: Instant,
): Promise<RolloutFacts | null> {
  const rows = await db.rows<RolloutFactsRow>(selectRolloutFacts, [
    rolloutId,
    missedQuestionKey(rolloutId),
  ]);
  const [row] = rows;
  if (!row) return null;
  const cohorts = await db.rows<CohortRow>(selectCohortProgress, [rolloutId, now]);
  return {
    rolloutId,
    state: row.state,
    policy: row.policy,
    cohorts: cohorts.map((cohort) => progressOf(cohort)),
    failures: cohorts.reduce((sum, { failures }) => sum + failures, 0),
    missed: row.missed,
    replanAsked: row.replan_asked,
    replannedAt: row.replanned_at,
  };
}

interface RolloutFactsRow {
  readonly state: RolloutState;
  readonly policy: Policy;
  readonly missed: number;
  readonly replan_asked: boolean;
  readonly replanned_at: Instant | null;
}

const selectRolloutFacts = `
  select
    r.state, p.document as policy,
    (
      select count(*)
      from client_rollout cr
      where cr.rollout_id = r.id and cr.state = 'missed'
    ) as missed,
    exists (
      select 1
      from attention_item a
      where a.dedupe_key = $2 and a.resolved_at is null
    ) as replan_asked,
    (
      select max(pl.applied_at)
      from plan pl
      where pl.rollout_id = r.id and pl.id <> r.plan_id
    ) as replanned_at
  from rollout r
  join policy p on p.id = r.policy_id
  where r.id = $1`;

interface CohortRow {
  readonly id: CohortId;
  readonly name: string;
  readonly state: CohortState;
  readonly observe_until: Instant | null;
  readonly due: number;
  readonly done: number;
  readonly unfinished: number;
  readonly failures: number;
  readonly last_problem_at: Instant | null;
}

const ended = `('done', 'rejected', 'no-answer', 'failed', 'unknown', 'skipped', 'withdrawn', 'rolled-back')`;

// A client counts unless it was taken out, is on hold, or moved past the cohort's last slot.
const selectCohortProgress = `
  select
    c.id, c.name, c.state, c.observe_until,
    count(cr.id) filter (where part.counts) as due,
    count(cr.id) filter (where part.counts and cr.state = 'done') as done,
    count(cr.id) filter (where cr.state not in ${ended}) as unfinished,
    (
      select count(*)
      from deployment d
      where d.cohort_id = c.id and d.site_kind = 'production' and d.finished_at > r.failures_counted_from
        and (d.state in ('failed', 'unknown') or d.verification in ('other-version', 'unhealthy', 'unknown'))
    ) as failures,
    (
      select max(coalesce(d.verified_at, d.finished_at))
      from deployment d
      where d.cohort_id = c.id and d.site_kind = 'production'
        and (d.state in ('failed', 'unknown') or d.verification in ('other-version', 'unhealthy', 'unknown'))
    ) as last_problem_at
  from cohort c
  join rollout r on r.id = c.rollout_id
  left join client_rollout cr on cr.cohort_id = c.id
  left join lateral (
    select
      cr.state not in ('skipped', 'withdrawn', 'rolled-back')
      and (cr.state = 'done' or not (cr.held and coalesce(cr.hold_until > $2, true)))
      and coalesce(cr.slot_start <= c.last_slot_start, true) as counts
  ) part on true
  where c.rollout_id = $1
  group by c.id, r.id
  order by c.position`;

function progressOf(row: CohortRow): CohortProgress {
  return {
    id: row.id,
    name: row.name,
    state: row.state,
    observeUntil: row.observe_until,
    due: row.due,
    done: row.done,
    unfinished: row.unfinished,
    failures: row.failures,
    lastProblemAt: row.last_problem_at,
  };
}
