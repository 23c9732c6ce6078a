import type { BuildId, ClientId, ClientRolloutId, CohortId, RolloutId } from '../../domain/ids.ts';
import type { Instant } from '../../domain/instant.ts';
import type {
  BuildFacts,
  DeploymentFacts,
  RoundFacts,
  SiteFacts,
} from '../../domain/rollout/client-facts.ts';
import type { Consent, NoAnswerRule, Policy } from '../../domain/rollout/policy.ts';
import type { ClientRolloutState, CohortState, RolloutState } from '../../domain/rollout/states.ts';
import { type AgreedLayerRow, selectAgreedLayers } from './agreed-layers.ts';

/** One row of facts. */
export interface ClientFactsRow {
  readonly client_rollout_id: ClientRolloutId;
  readonly rollout_id: RolloutId;
  readonly client_id: ClientId;
  readonly cohort_id: CohortId;
  readonly plan_position: number;
  readonly state: ClientRolloutState;
  readonly since: Instant;
  readonly consent: Consent;
  readonly no_answer_rule: NoAnswerRule;
  readonly client_calendar_id: string | null;
  /** Its freezes and agreed calendars that were not ended. */
  readonly agreed_layers: readonly AgreedLayerRow[] | null;
  readonly preview_at: Instant | null;
  readonly slot_start: Instant | null;
  readonly slot_latest_end: Instant | null;
  readonly no_date_reason: string | null;
  readonly notice_at: Instant | null;
  readonly notice_deadline: Instant | null;
  readonly held: boolean;
  readonly hold_reason: string | null;
  readonly hold_by: string | null;
  readonly hold_until: Instant | null;
  readonly agreed_build_id: BuildId | null;
  readonly zone: string;
  readonly tags: readonly string[];
  readonly live: boolean;
  readonly vendor_limit: number;
  readonly rollout_state: RolloutState;
  readonly rollout_reason: string | null;
  readonly vendor_calendar_id: string | null;
  readonly policy_calendar_id: string | null;
  readonly policy: Policy;
  readonly change_kind: 'hotfix' | 'release';
  readonly critical: boolean;
  readonly minimum_version: string | null;
  readonly build: BuildFacts | null;
  readonly preview_current: SiteFacts['current'];
  readonly production_current: SiteFacts['current'];
  readonly preview_deployment: DeploymentFacts | null;
  readonly production_deployment: DeploymentFacts | null;
  readonly preview_leftover: DeploymentFacts | null;
  readonly production_leftover: DeploymentFacts | null;
  readonly preview_busy_with: string | null;
  readonly production_busy_with: string | null;
  readonly round: RoundFacts | null;
  readonly notices: number;
  readonly notices_undeliverable: number;
  readonly notice_accepted_at: Instant | null;
  readonly cohort_name: string;
  readonly cohort_state: CohortState;
  readonly cohort_limit: number | null;
  readonly previous_name: string | null;
  readonly previous_observe_until: Instant | null;
  readonly cohort_failures: number;
  readonly rollout_failures: number;
  readonly cohort_in_flight: number;
  readonly rollout_in_flight: number;
  readonly vendor_in_flight: number;
  readonly deployer_in_flight: number;
  readonly deployer_limit: number;
  readonly preview_deployer_in_flight: number;
  readonly preview_deployer_limit: number;
}

const noOutcome = `('claimed', 'dispatching', 'running')`;

const deploymentFacts = `jsonb_build_object(
      'id', d.id, 'buildId', d.build_id, 'generation', d.generation, 'state', d.state,
      'verification', d.verification, 'permitUntil', d.permit_until, 'attempt', d.attempt,
      'deadline', d.deadline, 'byHand', dp.kind = 'manual')`;

/** Whether an attempt is the one the present build waits for; production finishes what it has begun. */
const isPresent = {
  preview: `(d.build_id = r.build_id and d.generation = cr.preview_generation)`,
  production: `case when cr.state in ('deploying', 'verifying')
      then d.generation = (
        select max(newest.generation)
        from deployment newest
        where newest.client_rollout_id = cr.id and newest.site_kind = 'production')
      else d.build_id = r.build_id and d.generation = cr.production_generation
    end`,
};

/** The attempt of this client rollout at one kind of site that counts, and one left without an outcome. */
const attempts = (siteKind: 'preview' | 'production'): string => `
  left join lateral (
    select ${deploymentFacts} as facts
    from deployment d
    join deployer dp on dp.id = d.deployer_id
    where d.client_rollout_id = cr.id and d.site_kind = '${siteKind}' and ${isPresent[siteKind]}
    limit 1
  ) ${siteKind}_deployment on true
  left join lateral (
    select ${deploymentFacts} as facts
    from deployment d
    join deployer dp on dp.id = d.deployer_id
    where d.client_rollout_id = cr.id and d.site_kind = '${siteKind}' and d.state in ${noOutcome}
      and (${isPresent[siteKind]}) is not true
    order by d.generation
    limit 1
  ) ${siteKind}_leftover on true`;

/** Another rollout's work at one kind of site of this client, or work whose end nobody knows. */
const unsettledAt = (siteKind: 'preview' | 'production'): string => `exists (
          select 1 from deployment d
          where d.client_rollout_id = oc.id and d.site_kind = '${siteKind}'
            and (
              d.state in ${noOutcome}
              or oc.state = 'unknown' and (d.state = 'unknown' or d.verification = 'unknown')))`;

/** What a site runs as far as we know. */
const currentBuild = (siteKind: 'preview' | 'production'): string => `
  join site ${siteKind}_site on ${siteKind}_site.client_id = cr.client_id and ${siteKind}_site.kind = '${siteKind}'
  left join lateral (
    select jsonb_build_object('version', b.version, 'issues', to_jsonb(resolved_issues(b.id))) as facts
    from build b
    where b.id = ${siteKind}_site.build_id
  ) ${siteKind}_current on true`;

/** What the newest plan in force says about a client without a date; read for those only. */
const noDateReason = `case when cr.slot_start is null then (
      select array_to_string(array(select jsonb_array_elements_text(planned.client #> '{placement,reasons}')), '; ')
      from plan pl
      cross join jsonb_array_elements(pl.content -> 'clients') as planned (client)
      where pl.rollout_id = cr.rollout_id and pl.applied_at is not null
        and planned.client ->> 'clientId' = cr.client_id::text
        and planned.client #>> '{placement,kind}' = 'unplaced'
      order by pl.planned_at desc
      limit 1
    ) end`;

const selectFacts = `
  select
    cr.id as client_rollout_id, cr.rollout_id, cr.client_id, cr.cohort_id, cr.plan_position, cr.state,
    cr.since, cr.consent, cr.no_answer_rule, cr.client_calendar_id, cr.preview_at, cr.slot_start,
    cr.slot_latest_end, cr.notice_at, cr.notice_deadline, cr.held, cr.hold_reason, cr.hold_by, cr.hold_until,
    ${noDateReason} as no_date_reason, ${selectAgreedLayers('cr.client_id', 'ch.critical')} as agreed_layers,
    cr.agreed_build_id, cl.zone, cl.tags, v.live, v.max_in_flight as vendor_limit, r.state as rollout_state,
    r.state_reason as rollout_reason, r.vendor_calendar_id, r.policy_calendar_id,
    p.document || jsonb_strip_nulls(jsonb_build_object('worstCase', r.worst_case)) as policy,
    ch.kind as change_kind, ch.critical, ch.minimum_version, target.facts as build,
    preview_current.facts as preview_current, production_current.facts as production_current,
    preview_deployment.facts as preview_deployment, production_deployment.facts as production_deployment,
    preview_leftover.facts as preview_leftover, production_leftover.facts as production_leftover,
    preview_busy.name as preview_busy_with, production_busy.name as production_busy_with,
    question.facts as round, notice.written as notices, notice.undeliverable as notices_undeliverable,
    notice.accepted_at as notice_accepted_at, co.name as cohort_name, co.state as cohort_state,
    co.max_in_flight as cohort_limit, before.name as previous_name,
    case when before.state = 'observing' then before.observe_until end as previous_observe_until,
    failure.of_cohort as cohort_failures, failure.of_rollout as rollout_failures,
    flying.of_cohort as cohort_in_flight, flying.of_rollout as rollout_in_flight,
    flying.of_vendor as vendor_in_flight, flying.of_deployer as deployer_in_flight,
    coalesce(dep.max_in_flight, 0) as deployer_limit,
    flying.of_preview_deployer as preview_deployer_in_flight,
    coalesce(preview_dep.max_in_flight, 0) as preview_deployer_limit
  from client_rollout cr
  join rollout r on r.id = cr.rollout_id
  join cohort co on co.id = cr.cohort_id
  join client cl on cl.id = cr.client_id
  join change ch on ch.id = r.change_id
  join policy p on p.id = r.policy_id
  join vendor v on v.id = 1
  ${currentBuild('preview')}
  ${currentBuild('production')}
  left join deployer dep on dep.name = production_site.deployer_name and dep.disabled_reason is null
  left join deployer preview_dep on preview_dep.name = preview_site.deployer_name
    and preview_dep.disabled_reason is null
  left join lateral (
    select jsonb_build_object(
      'id', b.id, 'version', b.version, 'digest', b.digest, 'qaPassed', b.qa_passed_at is not null,
      'blocked', b.blocked_at is not null, 'issues', to_jsonb(resolved_issues(b.id))) as facts
    from build b
    where b.id = r.build_id
  ) target on true
  ${attempts('preview')}
  ${attempts('production')}
  left join lateral (
    select other.name
    from client_rollout oc
    join rollout other on other.id = oc.rollout_id
    where oc.client_id = cr.client_id and oc.id <> cr.id
      and (
        exists (select 1 from approval_round ar where ar.client_rollout_id = oc.id and ar.state = 'open')
        or ${unsettledAt('preview')})
    order by other.started_at
    limit 1
  ) preview_busy on true
  left join lateral (
    select other.name
    from client_rollout oc
    join rollout other on other.id = oc.rollout_id
    where oc.client_id = cr.client_id and oc.id <> cr.id
      and (oc.state in ('deploying', 'verifying') or ${unsettledAt('production')})
    order by other.started_at
    limit 1
  ) production_busy on true
  left join lateral (
    select jsonb_build_object(
      'id', ar.id, 'number', ar.number, 'buildId', ar.build_id, 'state', ar.state, 'consent', ar.consent,
      'requestedAt', ar.requested_at, 'deadline', ar.deadline, 'overdueSince', ar.overdue_since,
      'decidedBy', ar.decided_by) as facts
    from approval_round ar
    where ar.client_rollout_id = cr.id
    order by ar.number desc
    limit 1
  ) question on true
  cross join lateral (
    select
      count(*) as written,
      count(*) filter (
        where m.status in ('bounced', 'complained', 'suppressed', 'rejected', 'dropped')) as undeliverable,
      min(m.accepted_at) filter (where m.live and m.status in ('accepted', 'delivered')) as accepted_at
    from mail_delivery m
    where m.client_rollout_id = cr.id and m.kind in ('notice', 'moved')
      and m.bound_to = cr.slot_local_start and m.status not in ('cancelled', 'superseded', 'expired', 'resent')
  ) notice
  left join cohort before on before.rollout_id = cr.rollout_id and before.position = co.position - 1
  cross join lateral (
    select count(*) filter (where d.cohort_id = cr.cohort_id) as of_cohort, count(*) as of_rollout
    from deployment d
    where d.rollout_id = cr.rollout_id and d.site_kind = 'production'
      and d.finished_at > r.failures_counted_from
      and (d.state in ('failed', 'unknown') or d.verification in ('other-version', 'unhealthy', 'unknown'))
  ) failure
  cross join lateral (
    select
      count(*) filter (where d.cohort_id = cr.cohort_id and d.site_kind = 'production') as of_cohort,
      count(*) filter (where d.rollout_id = cr.rollout_id and d.site_kind = 'production') as of_rollout,
      count(*) filter (where d.site_kind = 'production') as of_vendor,
      count(*) filter (where d.deployer_id = dep.id) as of_deployer,
      count(*) filter (where d.deployer_id = preview_dep.id) as of_preview_deployer
    from deployment d
    where d.state in ${noOutcome} and d.client_rollout_id <> cr.id
  ) flying
`;

/** A text for each question, so that each keeps a plan of its own. Parameter: client rollout id. */
export const selectFactsOfPart = `${selectFacts}
  where cr.id = $1`;

/** Parameters: rollout id, client id. */
export const selectFactsOfClient = `${selectFacts}
  where cr.rollout_id = $1 and cr.client_id = $2`;

/** All of a rollout in plan order. Parameter: rollout id. */
export const selectFactsOfRollout = `${selectFacts}
  where cr.rollout_id = $1
  order by cr.plan_position`;
