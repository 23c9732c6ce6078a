import type { RolloutHistory } from '../../domain/rollout/rehearsal/assumptions.ts';
import type { Queryable } from '../pool.ts';

/** How far back the past still speaks for the future. */
const mostObserved = 500;

/** What the vendor's own rollouts say of durations, answers and failures; the newest ones only. */
export async function readRolloutHistory(db: Queryable): Promise<RolloutHistory> {
  const [row] = await db.rows<RolloutHistory>(selectRolloutHistory);
  if (!row) throw new Error('The past could not be read');
  return row;
}

const selectRolloutHistory = `
  with ended as (
    select d.site_kind, d.claimed_at, d.verified_at, d.state, d.verification
    from deployment d
    where d.state in ('succeeded', 'failed') and coalesce(d.verification, '') <> 'pending'
    order by d.claimed_at desc
    limit ${mostObserved}
  ), decided as (
    select ar.state, ar.decided_way, ar.requested_at, ar.decided_at, ar.overdue_since
    from approval_round ar
    where ar.live and ar.requested_at is not null and ar.decided_at is not null
      and ar.state in ('approved', 'rejected', 'no-answer')
    order by ar.decided_at desc
    limit ${mostObserved}
  ), took as (
    select e.site_kind, round(extract(epoch from e.verified_at - e.claimed_at) * 1000)::float8 as ms
    from ended e
    where e.verification = 'match'
  )
  select
    array(select t.ms from took t where t.site_kind = 'preview' order by t.ms) as "previewMs",
    array(select t.ms from took t where t.site_kind = 'production' order by t.ms) as "productionMs",
    array(
      select round(extract(epoch from d.decided_at - d.requested_at) * 1000)::float8 as ms
      from decided d
      where d.decided_way in ('link', 'phone')
      order by ms
    ) as "answerMs",
    (
      select jsonb_build_object(
        'decided', count(*),
        'silent', count(*) filter (where d.decided_way = 'rule' or d.overdue_since is not null),
        'declined', count(*) filter (where d.state = 'rejected'))
      from decided d
    ) as rounds,
    (
      select jsonb_build_object(
        'ended', count(*),
        'failed', count(*) filter (where e.verification is distinct from 'match'))
      from ended e
      where e.site_kind = 'production'
    ) as deployments`;
