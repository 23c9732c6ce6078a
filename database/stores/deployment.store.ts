import type {
  BuildId,
  CalendarId,
  ClientId,
  ClientRolloutId,
  CohortId,
  DeployerId,
  DeploymentId,
  RolloutId,
  SiteId,
} from '../../domain/ids.ts';
import { type Instant, plusMs } from '../../domain/instant.ts';
import type { DeploymentState } from '../../domain/rollout/states.ts';
import type { Transaction } from '../in-transaction.ts';
import { newId } from '../new-id.ts';
import {
  deployerColumns,
  deployerIn,
  type DeployerRow,
  type StoredDeployer,
} from './deployer.store.ts';

export type SiteKind = 'preview' | 'production';

/** Where a client rollout's next deployment to one kind of site goes, and under which number. */
export interface StartTarget {
  readonly clientKey: string;
  readonly cohortId: CohortId;
  readonly siteId: SiteId;
  /** Not used by any earlier attempt, whatever the client rollout's own count says. */
  readonly generation: number;
  readonly deployer: StoredDeployer;
  readonly calendars: {
    readonly vendor: CalendarId | null;
    readonly policy: CalendarId | null;
    readonly client: CalendarId | null;
  };
}

/** Reads what a claim needs beside the facts; null when the site's deployer is unknown. */
export async function readStartTarget(
  tx: Transaction,
  id: ClientRolloutId,
  siteKind: SiteKind,
): Promise<StartTarget | null> {
  const [row] = await tx.rows<
    DeployerRow & {
      client_key: string;
      cohort_id: CohortId;
      site_id: SiteId;
      generation: number;
      vendor_calendar_id: CalendarId | null;
      policy_calendar_id: CalendarId | null;
      client_calendar_id: CalendarId | null;
    }
  >(
    `select cl.key as client_key, cr.cohort_id, s.id as site_id, ${deployerColumns},
       greatest(
         case s.kind when 'preview' then cr.preview_generation else cr.production_generation end,
         (select coalesce(max(d.generation), 0) + 1
          from deployment d
          where d.client_rollout_id = cr.id and d.site_kind = s.kind)
       ) as generation,
       r.vendor_calendar_id, r.policy_calendar_id, cr.client_calendar_id
     from client_rollout cr
     join rollout r on r.id = cr.rollout_id
     join client cl on cl.id = cr.client_id
     join site s on s.client_id = cr.client_id and s.kind = $2
     join deployer dp on dp.name = s.deployer_name
     where cr.id = $1`,
    [id, siteKind],
  );
  if (!row) return null;
  return {
    clientKey: row.client_key,
    cohortId: row.cohort_id,
    siteId: row.site_id,
    generation: row.generation,
    deployer: deployerIn(row),
    calendars: {
      vendor: row.vendor_calendar_id,
      policy: row.policy_calendar_id,
      client: row.client_calendar_id,
    },
  };
}

/** An intent to deploy, with the bytes that every attempt of it sends. */
export interface NewClaim {
  readonly clientRolloutId: ClientRolloutId;
  readonly rolloutId: RolloutId;
  readonly cohortId: CohortId;
  readonly clientId: ClientId;
  readonly siteId: SiteId;
  readonly siteKind: SiteKind;
  readonly deployerId: DeployerId;
  readonly buildId: BuildId;
  readonly generation: number;
  readonly key: string;
  readonly body: string;
  readonly deadline: Instant;
  /** What was true when every gate was open. */
  readonly facts: Readonly<Record<string, unknown>>;
}

/** Writes the claim, and the number it runs under where the client rollout's own count was behind. */
export async function insertClaim(tx: Transaction, claim: NewClaim): Promise<DeploymentId> {
  const id = newId<DeploymentId>();
  const column = claim.siteKind === 'preview' ? 'preview_generation' : 'production_generation';
  await tx.rows(
    `with counted as (
       update client_rollout as cr
       set ${column} = $10
       where cr.id = $2 and cr.${column} <> $10
     )
     insert into deployment
       (id, client_rollout_id, rollout_id, cohort_id, client_id, site_id, site_kind, deployer_id, build_id,
        generation, idempotency_key, body, state, since, claimed_at, attempt, uncertain, deadline, facts)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, 'claimed', $13, $13, 0, false, $14, $15)`,
    [
      id,
      claim.clientRolloutId,
      claim.rolloutId,
      claim.cohortId,
      claim.clientId,
      claim.siteId,
      claim.siteKind,
      claim.deployerId,
      claim.buildId,
      claim.generation,
      claim.key,
      claim.body,
      await tx.now(),
      claim.deadline,
      JSON.stringify(claim.facts),
    ],
  );
  return id;
}

/** One permitted attempt. */
export interface Permit {
  readonly deploymentId: DeploymentId;
  readonly attempt: number;
}

/**
 * Permits one more attempt. An attempt before it whose answer was never recorded may have reached the deployer, so
 * from then on the operation is uncertain. Null when the deployment has gone on meanwhile.
 */
export async function grantPermit(
  tx: Transaction,
  id: DeploymentId,
  permitMs: number,
): Promise<Permit | null> {
  const now = await tx.now();
  const [row] = await tx.rows<{ attempt: number }>(
    `update deployment as d
     set state = 'dispatching', since = $2, attempt = d.attempt + 1, permit_until = $3,
         uncertain = d.uncertain or d.state = 'dispatching'
     where d.id = $1 and d.state in ('claimed', 'dispatching')
     returning d.attempt`,
    [id, now, plusMs(now, permitMs)],
  );
  return row ? { deploymentId: id, attempt: row.attempt } : null;
}

/** Gives a claim back from which certainly nothing left; false when something may have. */
export async function releaseClaim(tx: Transaction, id: DeploymentId): Promise<boolean> {
  const rows = await tx.rows<{ id: string }>(
    `delete from deployment as d
     where d.id = $1 and d.state = 'claimed' and not d.uncertain
     returning d.id`,
    [id],
  );
  return rows.length === 1;
}

/** Notes that an attempt certainly started nothing; an uncertain operation stays uncertain. */
export async function noteNotStarted(
  tx: Transaction,
  { deploymentId, attempt }: Permit,
  detail: string,
): Promise<void> {
  await tx.rows(
    `update deployment as d
     set state = case when d.uncertain then d.state else 'claimed' end, since = $3, permit_until = null, detail = $4
     where d.id = $1 and d.attempt = $2 and d.state = 'dispatching'`,
    [deploymentId, attempt, await tx.now(), detail],
  );
}

/** Notes that an attempt may or may not have started something. */
export async function noteUncertain(
  tx: Transaction,
  { deploymentId, attempt }: Permit,
  detail: string,
): Promise<void> {
  await tx.rows(
    `update deployment as d
     set uncertain = true, detail = $3
     where d.id = $1 and d.attempt = $2 and d.state = 'dispatching'`,
    [deploymentId, attempt, detail],
  );
}

/** Notes what a look-up said: nothing has ever started under this key. */
export async function noteAbsent(tx: Transaction, id: DeploymentId): Promise<void> {
  await tx.rows(
    `update deployment as d
     set state = 'claimed', since = $2, uncertain = false, permit_until = null
     where d.id = $1 and d.state = 'dispatching'`,
    [id, await tx.now()],
  );
}

/** Notes that the deployer works on it; false when it was known or over already. */
export async function noteRunning(
  tx: Transaction,
  running: {
    readonly id: DeploymentId;
    readonly operationId: string | null;
    readonly statusUrl: string | null;
  },
): Promise<boolean> {
  const rows = await tx.rows<{ id: string }>(
    `update deployment as d
     set state = 'running', since = $2, uncertain = false, operation_id = $3, status_url = $4, detail = null
     where d.id = $1 and d.state = 'dispatching'
     returning d.id`,
    [running.id, await tx.now(), running.operationId, running.statusUrl],
  );
  return rows.length === 1;
}

/** How a deployment ended. */
export interface Settlement {
  readonly id: DeploymentId;
  /** The states it may be in; a settled one stays as it is unless a person decides about an unknown one. */
  readonly from: readonly DeploymentState[];
  readonly to: 'succeeded' | 'failed' | 'unknown';
  readonly detail: string | null;
  readonly operationId: string | null;
  readonly verification: 'pending' | null;
}

/** Records an outcome; false when there was one already. */
export async function settleDeployment(tx: Transaction, settled: Settlement): Promise<boolean> {
  const rows = await tx.rows<{ id: string }>(
    `update deployment as d
     set state = $3, since = $4, finished_at = $4, detail = $5, permit_until = null,
         uncertain = d.uncertain and $3 = 'unknown', operation_id = coalesce($6, d.operation_id),
         verification = $7, verification_evidence = null, verified_at = null
     where d.id = $1 and d.state = any($2)
     returning d.id`,
    [
      settled.id,
      settled.from,
      settled.to,
      await tx.now(),
      settled.detail,
      settled.operationId,
      settled.verification,
    ],
  );
  return rows.length === 1;
}
