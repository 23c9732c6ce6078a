import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { ApplicationFailure } from '@temporalio/common';
import {
  createDeploymentActivities,
  type DeploymentActivities,
} from '../../../activities/deployment/deployment.activities.ts';
import type { DeployDependencies } from '../../../activities/deployment/deploy-dependencies.ts';
import {
  deployerRegistry,
  type DeployerRegistrySettings,
} from '../../../activities/deployment/deployer-registry.ts';
import type { MessageDesk } from '../../../activities/messages/message-desk.ts';
import {
  startDeployer,
  type Deployer,
  type DeployerOptions,
} from '../../../apps/sandbox/deployer/start-deployer.ts';
import { fleetOf } from '../../../apps/sandbox/sites/fleet.ts';
import { startSites, type Sites } from '../../../apps/sandbox/sites/start-sites.ts';
import { parseAllowList } from '../../../integrations/outgoing-http/outgoing-rules.ts';
import { openHttpProbe } from '../../../integrations/sites/http-probe.ts';
import type { ClientStep } from '../../../workflows/contract/steps.ts';
import type { ClientOptions } from '../../support/client-fixture.ts';
import {
  insertDeployer,
  insertVendor,
  openTestStorage,
  sandboxSecret,
  type DeployerOptions as StoredDeployerOptions,
  type TestStorage,
} from '../../support/fixtures.ts';
import {
  insertRollout,
  type RolloutOptions,
  type TestClientRollout,
  type TestRollout,
} from '../../support/rollout-fixture.ts';

/** What the outside and the database of a test look like before it begins. */
export interface StageOptions extends RolloutOptions {
  readonly deployer?: Partial<DeployerOptions>;
  readonly stored?: StoredDeployerOptions;
  readonly settings?: Partial<DeployDependencies['settings']>;
  readonly clientCount?: number;
  readonly poolSize?: number;
  /** What command deployers of this test may run. */
  readonly programs?: DeployerRegistrySettings['programs'];
}

/** A started rollout on real Postgres, with a real deployer and real sites. */
export interface Stage {
  readonly storage: TestStorage;
  readonly sites: Sites;
  readonly deployer: Deployer;
  readonly deps: DeployDependencies;
  readonly rollout: TestRollout;
  readonly acts: DeploymentActivities;
  /** Client rollouts whose completion mail was written. */
  readonly completed: string[];
  readonly close: () => Promise<void>;
}

const rules = { allowList: parseAllowList('127.0.0.1/32:1-65535'), ownServices: [], ports: [] };

/** Starts sites and deployer and lays out a rollout to them; clients are scheduled unless said otherwise. */
export async function openStage(options: StageOptions = {}): Promise<Stage> {
  const folder = mkdtempSync(join(tmpdir(), 'daymark-deployment-'));
  const fleet = fleetOf(options.clientCount ?? 1);
  const sites = await startSites({ dataDir: join(folder, 'sites'), fleet });
  const deployer = await startDeployer({
    port: 0,
    dataDir: join(folder, 'deployer'),
    secrets: [sandboxSecret],
    sites,
    workMs: 20,
    ...options.deployer,
  });
  const storage = await openTestStorage({ poolSize: options.poolSize ?? 10 });
  await insertVendor(storage.pool);
  await insertDeployer(storage.pool, {
    url: `${deployer.url}/deploy`,
    lookUpUrl: `${deployer.url}/operations?key={key}`,
    ...options.stored,
  });
  const rollout = await insertRollout(storage.pool, {
    clientState: 'scheduled',
    ...options,
    clients: clientsOf(sites),
    build: options.build ?? buildOf(sites, '1.9.4'),
    baseline: buildOf(sites, '1.9.3'),
    policy: { probes: { times: 2, interval: duration('PT0S') }, ...options.policy },
  });
  const completed: string[] = [];
  const deps = dependenciesOf(storage, completed, options);
  return {
    storage,
    sites,
    deployer,
    deps,
    rollout,
    acts: createDeploymentActivities(deps),
    completed,
    close: async () => {
      await deployer.close();
      await sites.close();
      await storage.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** Carries one client on until its loop would sleep or end, as a workflow does; answers that step. */
export async function carryOn(
  { acts, rollout }: Stage,
  first: keyof DeploymentActivities,
  client: TestClientRollout | undefined = rollout.clients[0],
): Promise<ClientStep> {
  if (client === undefined) throw new Error('the rollout of this test has no client');
  const input = { rolloutId: rollout.rolloutId, clientId: client.clientId };
  let act = first;
  for (;;) {
    const step = await retried(() => acts[act](input));
    if (step.kind !== 'act' || !(step.act in acts)) return step;
    act = step.act as keyof DeploymentActivities;
  }
}

/** Calls an act once; a "still waiting" is answered as its message. */
export async function once(
  { acts, rollout }: Stage,
  act: keyof DeploymentActivities,
  client: TestClientRollout | undefined = rollout.clients[0],
): Promise<ClientStep | string> {
  if (client === undefined) throw new Error('the rollout of this test has no client');
  const input = { rolloutId: rollout.rolloutId, clientId: client.clientId };
  try {
    return await acts[act](input);
  } catch (error) {
    if (isWaiting(error)) return error.message;
    throw error;
  }
}

/** The deployments of a test, oldest first. */
export async function deploymentsOf({ storage, rollout }: Stage): Promise<
  readonly {
    id: string;
    state: string;
    verification: string | null;
    attempt: number;
    uncertain: boolean;
    detail: string | null;
    idempotency_key: string;
  }[]
> {
  return await storage.pool.rows(
    `select d.id, d.state, d.verification, d.attempt, d.uncertain, d.detail, d.idempotency_key
     from deployment d
     where d.rollout_id = $1 and d.facts <> '{}'
     order by d.claimed_at, d.id`,
    [rollout.rolloutId],
  );
}

/** State and reason of the first client's part. */
export async function partOf({ storage, rollout }: Stage): Promise<{
  state: string;
  reason: string | null;
}> {
  const [row] = await storage.pool.rows<{ state: string; reason: string | null }>(
    `select cr.state, cr.reason from client_rollout cr where cr.id = $1`,
    [rollout.clients[0]?.clientRolloutId],
  );
  if (!row) throw new Error('the client rollout of this test is gone');
  return row;
}

/** Kinds of the open attention items. */
export async function attentionIn({ storage }: Stage): Promise<readonly string[]> {
  const rows = await storage.pool.rows<{ kind: string }>(
    `select a.kind from attention_item a where a.resolved_at is null order by a.kind`,
  );
  return rows.map((row) => row.kind);
}

async function retried(call: () => Promise<ClientStep>): Promise<ClientStep> {
  for (;;) {
    try {
      return await call();
    } catch (error) {
      if (!isWaiting(error)) throw error;
      await pause(Number(error.nextRetryDelay));
    }
  }
}

function isWaiting(error: unknown): error is ApplicationFailure {
  return error instanceof ApplicationFailure && error.category === 'BENIGN';
}

function clientsOf(sites: Sites): readonly ClientOptions[] {
  const urls = new Map(sites.list().map((each) => [`${each.client} ${each.site}`, each.url]));
  return [...new Set(sites.list().map((each) => each.client))].map((key) => ({
    key,
    previewUrl: urls.get(`${key} preview`) ?? '',
    productionUrl: urls.get(`${key} production`) ?? '',
  }));
}

function buildOf(sites: Sites, version: string): { version: string; digest: string } {
  const build = sites.catalogue.list().find((each) => each.version === version);
  if (!build) throw new Error(`the sandbox has no build ${version}`);
  return build;
}

function dependenciesOf(
  storage: TestStorage,
  completed: string[],
  options: StageOptions,
): DeployDependencies {
  const settings = {
    pollMinMs: 20,
    pollMaxMs: 100,
    permitMs: 10_000,
    requestMs: 2_000,
    ...options.settings,
  };
  return {
    database: storage.database,
    shelf: storage.shelf,
    desk: deskThatNotes(completed),
    settings,
    probe: openHttpProbe({ rules, nowMs: Date.now }),
    deployers: deployerRegistry({
      rules,
      programs: options.programs ?? new Map(),
      requestMs: settings.requestMs,
      nowMs: Date.now,
    }),
  };
}

/** Mails are not what these tests are about; that the right one is asked for is. */
function deskThatNotes(completed: string[]): MessageDesk {
  const nothing = (): Promise<void> => Promise.resolve();
  return {
    ask: nothing,
    announce: () => Promise.resolve(0),
    moveDate: nothing,
    recordAnswer: nothing,
    withdraw: nothing,
    goLive: nothing,
    complete: (_tx, { clientRolloutId }) => {
      completed.push(clientRolloutId);
      return Promise.resolve();
    },
  };
}

function duration<Text extends string>(text: Text): Text & { readonly __brand: 'Duration' } {
  return text as Text & { readonly __brand: 'Duration' };
}
