import { createHash, randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { z } from 'zod';
import { startSandbox, type Sandbox } from '../../apps/sandbox/start-sandbox.ts';
import { sampleFleet } from '../../apps/sandbox/sites/fleet.ts';
import { readContactsAtWork } from '../../apps/sandbox/contacts/contacts-at-work.ts';
import type { Addresses } from '../../apps/standalone/addresses.ts';
import { openApi, type Api } from '../../apps/standalone/demo/api-client.ts';
import { prepareDemo } from '../../apps/standalone/demo/prepare-demo.ts';
import {
  openSandboxClient,
  type SandboxClient,
} from '../../apps/standalone/demo/sandbox-client.ts';
import type { Secrets } from '../../apps/standalone/data/secrets.ts';
import { keepOwnToken } from '../../apps/standalone/database/own-token.ts';
import { anyFreePort } from '../../apps/standalone/processes/free-ports.ts';
import { databaseClock } from '../../database/clock.ts';
import { openPool, type Pool } from '../../database/pool.ts';
import { seedDefaults } from '../../database/seed-defaults.ts';
import type { Policy } from '../../domain/rollout/policy.ts';
import { demoPolicy } from '../../domain/rollout/seeded-policies.ts';
import { freshDatabase } from './postgres.ts';
import { programOf, type Program } from './program.ts';
import { temporalServer } from './temporal.ts';
import { testRunDirectory } from './test-run.ts';

/** The whole product as processes of its own on free ports, with the sandbox as its outside world. */
export interface TestSystem {
  readonly addresses: Addresses;
  readonly secrets: Secrets;
  readonly api: Api;
  readonly outside: SandboxClient;
  readonly pool: Pool;
  readonly apiProgram: Program;
  readonly workers: readonly Program[];
  /** A call of the sandbox's control API: `deployer` (with sites and contacts) or `mail`. */
  readonly control: (
    part: 'deployer' | 'mail',
    method: 'GET' | 'POST' | 'PUT' | 'DELETE',
    path: string,
    body?: object,
  ) => Promise<unknown>;
  readonly close: () => Promise<void>;
}

/** What differs from the usual system: one worker, live, all contacts answer, periods of a second. */
export interface SystemOptions {
  readonly workers?: number;
  readonly contacts?: 'all' | 'off';
  readonly environment?: Readonly<Record<string, string>>;
  /** Milliseconds that the deployer works on a site. */
  readonly workMs?: number;
  readonly databaseUrl?: string;
  readonly temporal?: { readonly address: string; readonly namespace: string };
}

/** All periods of the product, shortened in proportion. */
export const shortPeriods = {
  DAYMARK_DEPLOYER_POLL_MIN: 'PT1S',
  DAYMARK_DEPLOYER_POLL_MAX: 'PT2S',
  DAYMARK_DEPLOYER_DEADLINE: 'PT4S',
  DAYMARK_MAIL_DEADLINE: 'PT3S',
  DAYMARK_MAIL_LEASE: 'PT6S',
  DAYMARK_MAIL_LOOK_UPS: 'PT1S,PT2S,PT4S',
  DAYMARK_MAIL_PACE: '0',
  DAYMARK_SWEEP_EVERY: 'PT1S',
  DAYMARK_WAKE_UNSEEN_AFTER: 'PT3S',
  DAYMARK_WAKE_OVERDUE_AFTER: 'PT3S',
};

/** Starts everything and fills it with the sample clients. */
export async function startSystem(options: SystemOptions = {}): Promise<TestSystem> {
  const secrets = someSecrets();
  const ports = await Promise.all(Array.from({ length: 3 + 2 * sampleFleet.length }, anyFreePort));
  const [apiPort = 0, mailPort = 0, deployerPort = 0, ...sitePorts] = ports;
  const addresses = addressesAt({ apiPort, mailPort, deployerPort, sitePorts });
  const storage = await storageOf(options.databaseUrl);
  const pool = openPool(storage.url, 4);
  const database = { pool, clock: databaseClock, onWakes: () => undefined };
  await seedDefaults(database, { name: 'Daymark', live: true, actor: 'demo' });
  await keepOwnToken(database, secrets.token);
  const sandbox = await startSandbox({
    dataDir: join(testRunDirectory(), `sandbox-${apiPort}`),
    mailPort,
    mailToken: secrets.mailToken,
    deployerPort,
    deployerSecrets: [secrets.deployerSecret],
    sitePorts,
    workMs: options.workMs ?? 500,
    contacts: readContactsAtWork(options.contacts ?? 'all') ?? never('contacts'),
    webhook: { url: `${addresses.daymark}/hooks/postmark`, secret: secrets.webhookSecret },
  });
  const environment = {
    ...shortPeriods,
    DATABASE_URL: storage.url,
    ...(await temporalVariables(options.temporal)),
    POSTMARK_SERVER_TOKEN: secrets.mailToken,
    POSTMARK_API_URL: addresses.inbox,
    DAYMARK_BASE_URL: addresses.daymark,
    DAYMARK_SECRET: secrets.secret,
    DAYMARK_HOST: '127.0.0.1',
    DAYMARK_PORT: String(apiPort),
    DAYMARK_MAIL_FROM: 'Daymark <releases@daymark.example>',
    DAYMARK_MAIL_REPLY_TO: 'pm@daymark.example',
    DAYMARK_WEBHOOK_SECRET: secrets.webhookSecret,
    DAYMARK_ALLOW_PRIVATE: [deployerPort, ...sitePorts].map((p) => `127.0.0.1/32:${p}`).join(' '),
    ...options.environment,
  };
  const apiProgram = programOf({
    name: 'api',
    script: 'apps/api/main.js',
    environment,
    isReady: () => answersWell(`${addresses.daymark}/readyz`),
  });
  const workers = Array.from({ length: options.workers ?? 1 }, (_, index) =>
    programOf({
      name: `worker-${index}`,
      script: 'apps/worker/main.js',
      environment,
      isReady: (log) => Promise.resolve(log.includes('The worker is ready')),
    }),
  );
  await Promise.all([apiProgram, ...workers].map((each) => each.start()));
  const api = openApi({ url: addresses.daymark, token: secrets.token });
  await prepareDemo({ api, root: join(import.meta.dirname, '../..'), addresses, secrets });
  return {
    addresses,
    secrets,
    api,
    outside: openSandboxClient(addresses),
    pool,
    apiProgram,
    workers,
    control: (part, method, path, body) =>
      callControl(part === 'mail' ? addresses.inbox : addresses.deployer, method, path, body),
    close: () =>
      closeAll({ programs: [apiProgram, ...workers], sandbox, pool, drop: () => storage.drop() }),
  };
}

/** What a started rollout is known by. */
export interface StartedRollout {
  readonly rolloutId: string;
  readonly version: string;
  readonly digest: string;
}

/** Announces a new build, plans it for the given clients under the demo policy with differences, and starts it. */
export async function startRollout(
  { api, outside }: TestSystem,
  order: { readonly clients: readonly string[]; readonly policy?: Partial<Policy> },
): Promise<StartedRollout> {
  const version = `1.9.4-${randomBytes(4).toString('hex')}x`;
  const build = await outside.addBuild(version);
  const policy: Policy = { ...demoPolicy, ...order.policy, name: `test-${version}` };
  await api.send(
    { method: 'PUT', path: `/v1/policies/${policy.name}`, body: { document: policy } },
    z.unknown(),
  );
  const change = { kind: 'release', version, title: `Parking map ${version}` };
  await api.send({ method: 'POST', path: '/v1/changes', body: change }, z.unknown());
  const path = `/v1/changes/${version}`;
  await api.send(
    {
      method: 'POST',
      path: `${path}/builds`,
      key: `build-${version}`,
      body: { ...build, notesMarkdown: '* Maps load faster.', basedOn: '1.9.3', qaPassed: true },
    },
    z.unknown(),
  );
  const assessment = { impact: 'visible', downtimeMinutes: 1, reversible: true };
  await api.send({ method: 'POST', path: `${path}/assessments`, body: assessment }, z.unknown());
  const plan = await api.send(
    {
      method: 'POST',
      path: '/v1/plans',
      body: { change: version, policy: policy.name, clients: { keys: order.clients } },
    },
    z.object({ id: z.string(), hash: z.string() }),
  );
  const body = { planId: plan.id, hash: plan.hash };
  const rollout = await api.send(
    { method: 'POST', path: '/v1/rollouts', body, key: `start-${plan.id}` },
    z.object({ id: z.string() }),
  );
  return { rolloutId: rollout.id, version, digest: build.digest };
}

/** The states of a rollout's clients by their keys, as the API tells them. */
export async function clientStates(
  { api }: TestSystem,
  rolloutId: string,
): Promise<Readonly<Record<string, string>>> {
  const { items } = await api.get(
    `/v1/rollouts/${rolloutId}/clients`,
    z.object({ items: z.array(z.object({ key: z.string(), state: z.string() })) }),
  );
  return Object.fromEntries(items.map(({ key, state }) => [key, state]));
}

/** Asks again and again until the answer is not null. @throws Error naming what was waited for, and how it stood. */
export async function until<Answer>(
  what: string,
  ask: () => Promise<Answer | null>,
  { withinMs = 90_000, describe }: { withinMs?: number; describe?: () => Promise<unknown> } = {},
): Promise<Answer> {
  const deadline = performance.now() + withinMs;
  for (;;) {
    const answer = await ask();
    if (answer !== null) return answer;
    if (performance.now() > deadline) {
      const stand = describe ? ` It stands at ${JSON.stringify(await describe())}.` : '';
      throw new Error(`Waited ${withinMs} ms in vain for: ${what}.${stand}`);
    }
    await pause(100);
  }
}

/** Waits until every client of the rollout is verified. */
export async function untilAllDone(
  system: TestSystem,
  rolloutId: string,
  withinMs = 120_000,
): Promise<void> {
  await until(
    'every client verified',
    async () => {
      const states = Object.values(await clientStates(system, rolloutId));
      return states.length > 0 && states.every((state) => state === 'done') ? true : null;
    },
    { withinMs, describe: () => clientStates(system, rolloutId) },
  );
}

/** How often the outside world saw the same thing twice in a rollout; both must be zero. */
export async function duplicatesOf(
  { outside }: TestSystem,
  rolloutId: string,
): Promise<{ readonly messages: number; readonly deployments: number }> {
  const keys = (await outside.mailsOf(rolloutId)).flatMap(({ key }) => (key === null ? [] : [key]));
  const effects = (await outside.effectsOf(rolloutId)).map((each) =>
    [each.client, each.site, each.digest].join(' '),
  );
  return {
    messages: keys.length - new Set(keys).size,
    deployments: effects.length - new Set(effects).size,
  };
}

async function storageOf(url: string | undefined) {
  if (url !== undefined) return { url, drop: () => Promise.resolve() };
  return await freshDatabase();
}

async function temporalVariables(given: SystemOptions['temporal']) {
  const { address, namespace } = given ?? (await temporalServer());
  return { TEMPORAL_ADDRESS: address, TEMPORAL_NAMESPACE: namespace };
}

function addressesAt(ports: {
  readonly apiPort: number;
  readonly mailPort: number;
  readonly deployerPort: number;
  readonly sitePorts: readonly number[];
}): Addresses {
  const local = (port: number): string => `http://127.0.0.1:${port}`;
  return {
    daymark: local(ports.apiPort),
    inbox: local(ports.mailPort),
    deployer: local(ports.deployerPort),
    temporal: '',
    sites: ports.sitePorts.map(local),
  };
}

function someSecrets(): Secrets {
  const text = (of: string): string => createHash('sha256').update(of).digest('base64url');
  return {
    secret: text('secret'),
    postgresPassword: '',
    mailToken: randomBytes(12).toString('hex'),
    webhookSecret: randomBytes(12).toString('hex'),
    deployerSecret: `whsec_${randomBytes(32).toString('base64')}`,
    token: `daymark_${randomBytes(24).toString('base64url')}`,
    passwords: { pm: 'pm-password-1', support: 'support-password-1', admin: 'admin-password-1' },
  };
}

async function callControl(
  base: string,
  method: string,
  path: string,
  body?: object,
): Promise<unknown> {
  const response = await fetch(new URL(`/control${path}`, base), {
    method,
    headers: { 'content-type': 'application/json' },
    body: method === 'GET' ? null : JSON.stringify(body ?? {}),
    signal: AbortSignal.timeout(70_000),
  });
  const text = await response.text();
  if (!response.ok) throw new Error(`${method} ${path} answers ${response.status}: ${text}`);
  return text === '' ? null : JSON.parse(text);
}

async function answersWell(url: string): Promise<boolean> {
  try {
    return (await fetch(url, { signal: AbortSignal.timeout(1_000) })).ok;
  } catch {
    return false;
  }
}

async function closeAll(parts: {
  readonly programs: readonly Program[];
  readonly sandbox: Sandbox;
  readonly pool: Pool;
  readonly drop: () => Promise<void>;
}): Promise<void> {
  await Promise.all(parts.programs.map((program) => program.kill()));
  await parts.sandbox.close();
  await parts.pool.end();
  await parts.drop();
}

function never(what: string): never {
  throw new Error(`The test names no such ${what}`);
}
