import type {
  BuildId,
  ClientId,
  ClientRolloutId,
  DeploymentId,
  RolloutId,
  SiteId,
} from '../../domain/ids.ts';
import type { Instant } from '../../domain/instant.ts';
import type { Policy } from '../../domain/rollout/policy.ts';
import type {
  ClientRolloutState,
  DeploymentState,
  Verification,
} from '../../domain/rollout/states.ts';
import type { Queryable } from '../pool.ts';
import type { ClientRolloutRef } from '../stores/client-rollout.store.ts';
import {
  deployerColumns,
  deployerIn,
  type DeployerRow,
  type StoredDeployer,
} from '../stores/deployer.store.ts';
import type { SiteKind } from '../stores/deployment.store.ts';

/** A deployment with all that asking after it, verifying it and telling of it needs. */
export interface FollowedDeployment {
  readonly ref: ClientRolloutRef;
  readonly clientKey: string;
  readonly clientName: string;
  readonly owner: string | null;
  readonly clientState: ClientRolloutState;
  readonly waitsForPlace: boolean;
  readonly rolloutName: string;
  readonly id: DeploymentId;
  readonly siteKind: SiteKind;
  readonly state: DeploymentState;
  readonly attempt: number;
  readonly permitUntil: Instant | null;
  readonly uncertain: boolean;
  readonly key: string;
  readonly body: string;
  readonly operationId: string | null;
  readonly statusUrl: string | null;
  readonly claimedAt: Instant;
  readonly deadline: Instant;
  readonly finishedAt: Instant | null;
  readonly detail: string | null;
  readonly verification: Verification | null;
  readonly evidence: unknown;
  readonly build: { readonly id: BuildId; readonly version: string; readonly digest: string };
  /** It is for the build that the rollout brings now, and the newest attempt. */
  readonly isPresent: boolean;
  readonly site: { readonly id: SiteId; readonly url: string; readonly probe: string };
  readonly deployer: StoredDeployer;
  readonly probes: Policy['probes'];
  readonly operationDeadline: Policy['operationDeadline'];
}

/** Which deployment: one by its id, or what a client's loop has to follow at one kind of site. */
export type FollowedQuery =
  | { readonly deploymentId: DeploymentId }
  | { readonly rolloutId: RolloutId; readonly clientId: ClientId; readonly siteKind: SiteKind };

interface FollowedRow extends DeployerRow {
  readonly client_rollout_id: ClientRolloutId;
  readonly rollout_id: RolloutId;
  readonly client_id: ClientId;
  readonly client_key: string;
  readonly client_name: string;
  readonly owner: string | null;
  readonly client_state: ClientRolloutState;
  readonly waiting_for_place: boolean;
  readonly rollout_name: string;
  readonly id: DeploymentId;
  readonly site_kind: SiteKind;
  readonly state: DeploymentState;
  readonly attempt: number;
  readonly permit_until: Instant | null;
  readonly uncertain: boolean;
  readonly idempotency_key: string;
  readonly body: string;
  readonly operation_id: string | null;
  readonly status_url: string | null;
  readonly claimed_at: Instant;
  readonly deadline: Instant;
  readonly finished_at: Instant | null;
  readonly detail: string | null;
  readonly verification: Verification | null;
  readonly verification_evidence: unknown;
  readonly build_id: BuildId;
  readonly version: string;
  readonly digest: string;
  readonly is_present: boolean;
  readonly site_id: SiteId;
  readonly url: string;
  readonly probe: string;
  readonly probes: Policy['probes'];
  readonly operation_deadline: Policy['operationDeadline'];
}

/** What is without an outcome comes first, the oldest of it; then the newest attempt. Null = there was none. */
export async function readDeploymentToFollow(
  db: Queryable,
  query: FollowedQuery,
): Promise<FollowedDeployment | null> {
  const [row] =
    'rolloutId' in query
      ? await db.rows<FollowedRow>(selectFollowedOfClient, [
          query.rolloutId,
          query.clientId,
          query.siteKind,
        ])
      : await db.rows<FollowedRow>(selectFollowedById, [query.deploymentId]);
  return row ? followedIn(row) : null;
}

const selectFollowed = `
  select
    d.client_rollout_id, d.rollout_id, d.client_id, cl.key as client_key, cl.name as client_name, cl.owner,
    cr.state as client_state, cr.waiting_for_place, r.name as rollout_name, d.id, d.site_kind, d.state, d.attempt, d.permit_until,
    d.uncertain, d.idempotency_key, d.body, d.operation_id, d.status_url, d.claimed_at, d.deadline,
    d.finished_at, d.detail, d.verification, d.verification_evidence, d.build_id, b.version, b.digest,
    coalesce(d.build_id = r.build_id, false) and d.generation = case d.site_kind
      when 'preview' then cr.preview_generation else cr.production_generation end as is_present,
    s.id as site_id, s.url, s.probe, p.document -> 'probes' as probes,
    p.document ->> 'operationDeadline' as operation_deadline, ${deployerColumns}
  from deployment d
  join client_rollout cr on cr.id = d.client_rollout_id
  join client cl on cl.id = d.client_id
  join rollout r on r.id = d.rollout_id
  join policy p on p.id = r.policy_id
  join build b on b.id = d.build_id
  join site s on s.id = d.site_id
  join deployer dp on dp.id = d.deployer_id
`;

const selectFollowedById = `${selectFollowed}
  where d.id = $1`;

const selectFollowedOfClient = `${selectFollowed}
  where cr.rollout_id = $1 and cr.client_id = $2 and d.site_kind = $3
  order by
    d.state in ('claimed', 'dispatching', 'running') desc,
    case when d.state in ('claimed', 'dispatching', 'running') then d.generation else -d.generation end
  limit 1`;

function followedIn(row: FollowedRow): FollowedDeployment {
  return {
    ref: {
      clientRolloutId: row.client_rollout_id,
      rolloutId: row.rollout_id,
      clientId: row.client_id,
    },
    clientKey: row.client_key,
    clientName: row.client_name,
    owner: row.owner,
    clientState: row.client_state,
    waitsForPlace: row.waiting_for_place,
    rolloutName: row.rollout_name,
    id: row.id,
    siteKind: row.site_kind,
    state: row.state,
    attempt: row.attempt,
    permitUntil: row.permit_until,
    uncertain: row.uncertain,
    key: row.idempotency_key,
    body: row.body,
    operationId: row.operation_id,
    statusUrl: row.status_url,
    claimedAt: row.claimed_at,
    deadline: row.deadline,
    finishedAt: row.finished_at,
    detail: row.detail,
    verification: row.verification,
    evidence: row.verification_evidence,
    build: { id: row.build_id, version: row.version, digest: row.digest },
    isPresent: row.is_present,
    site: { id: row.site_id, url: row.url, probe: row.probe },
    deployer: deployerIn(row),
    probes: row.probes,
    operationDeadline: row.operation_deadline,
  };
}
