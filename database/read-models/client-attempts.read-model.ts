import type { ClientRolloutId } from '../../domain/ids.ts';
import type { Instant } from '../../domain/instant.ts';
import type { Consent } from '../../domain/rollout/policy.ts';
import type { DeploymentState, RoundState, Verification } from '../../domain/rollout/states.ts';
import type { Queryable } from '../pool.ts';

/** One attempt at one site. */
export interface DeploymentEntry {
  readonly id: string;
  readonly site: 'preview' | 'production';
  readonly build: string;
  readonly generation: number;
  readonly state: DeploymentState;
  readonly attempt: number;
  readonly claimedAt: Instant;
  readonly finishedAt: Instant | null;
  readonly detail: string | null;
  readonly verification: Verification | null;
  readonly verifiedAt: Instant | null;
}

/** Every deployment of a client rollout, newest first. */
export async function readDeployments(
  db: Queryable,
  clientRolloutId: ClientRolloutId,
): Promise<readonly DeploymentEntry[]> {
  return await db.rows<DeploymentEntry>(
    `select d.id, d.site_kind as site, b.version as build, d.generation, d.state, d.attempt,
       d.claimed_at as "claimedAt", d.finished_at as "finishedAt", d.detail, d.verification,
       d.verified_at as "verifiedAt"
     from deployment d
     join build b on b.id = d.build_id
     where d.client_rollout_id = $1
     order by d.claimed_at desc, d.id`,
    [clientRolloutId],
  );
}

/** One question and its answer. */
export interface RoundEntry {
  readonly id: string;
  readonly number: number;
  readonly build: string;
  readonly consent: Consent;
  readonly state: RoundState;
  readonly openedAt: Instant;
  readonly requestedAt: Instant | null;
  readonly deadline: Instant | null;
  readonly decidedAt: Instant | null;
  readonly decidedName: string | null;
  readonly decidedWay: 'link' | 'phone' | 'rule' | null;
  readonly comment: string | null;
}

/** Every round of a client rollout, newest first; one of them when its id is given. */
export async function readRoundEntries(
  db: Queryable,
  query: { readonly clientRolloutId: ClientRolloutId } | { readonly roundId: string },
): Promise<readonly RoundEntry[]> {
  return await db.rows<RoundEntry>(
    `select ar.id, ar.number, b.version as build, ar.consent, ar.state, ar.opened_at as "openedAt",
       ar.requested_at as "requestedAt", ar.deadline, ar.decided_at as "decidedAt",
       ar.decided_name as "decidedName", ar.decided_way as "decidedWay", ar.comment
     from approval_round ar
     join build b on b.id = ar.build_id
     where ($1::uuid is null or ar.client_rollout_id = $1) and ($2::uuid is null or ar.id = $2)
     order by ar.number desc`,
    [
      'clientRolloutId' in query ? query.clientRolloutId : null,
      'roundId' in query ? query.roundId : null,
    ],
  );
}
