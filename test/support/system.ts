import { createHash, randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { startSandbox, type Sandbox } from '../../apps/sandbox/start-sandbox.ts';
import { type FleetClient, sampleFleet } from '../../apps/sandbox/sites/fleet.ts';
import type { Addresses } from '../../apps/standalone/addresses.ts';
import { openApi, type Api } from '../../apps/standalone/demo/api-client.ts';
import { demoDeployer, prepareDemo } from '../../apps/standalone/demo/prepare-demo.ts';
import {
  openSandboxClient,
  type SandboxClient,
} from '../../apps/standalone/demo/sandbox-client.ts';
import type { Secrets } from '../../apps/standalone/data/secrets.ts';
import { keepOwnToken } from '../../apps/standalone/database/own-token.ts';
import { freePort } from './free-port.ts';
import { databaseClock } from '../../database/clock.ts';
import { openPool, type Pool } from '../../database/pool.ts';
import { seedDefaults } from '../../database/seed-defaults.ts';
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
  /** The clients, where they are not the sample ones; each with one contact. */
  readonly fleet?: readonly FleetClient[];
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
  DAYMARK_MAIL_BACK_OFF_MAX: 'PT2S',
  DAYMARK_MAIL_PACE: '0',
  DAYMARK_SWEEP_EVERY: 'PT1S',
  DAYMARK_WAKE_UNSEEN_AFTER: 'PT3S',
  DAYMARK_WAKE_OVERDUE_AFTER: 'PT3S',
};

/** Starts everything and fills it with the sample clients. */
export async function startSystem(options: SystemOptions = {}): Promise<TestSystem> {
  const secrets = someSecrets();
  const fleet = options.fleet ?? sampleFleet;
  const addresses = await freeAddresses(fleet);
  const storage = await storageOf(options.databaseUrl);
  const pool = openPool(storage.url, 4);
  const database = { pool, clock: databaseClock, onWakes: () => undefined };
  await seedDefaults(database, { name: 'Daymark', live: true, actor: 'demo' });
  await keepOwnToken(database, secrets.token);
  const sandbox = await startOutside({ addresses, secrets, fleet, options });
  const { apiProgram, workers } = programsOf(addresses, options.workers ?? 1, {
    ...shortPeriods,
    ...settingsOf(addresses, secrets),
    ...(await temporalVariables(options.temporal)),
    DATABASE_URL: storage.url,
    ...options.environment,
  });
  await Promise.all([apiProgram, ...workers].map((each) => each.start()));
  const api = openApi({ url: addresses.daymark, token: secrets.token });
  await prepareDemo({
    api,
    root: join(import.meta.dirname, '../..'),
    addresses,
    secrets,
    ...(options.fleet ? { csv: spreadsheetOf(options.fleet, addresses.sites) } : {}),
  });
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

async function freeAddresses(fleet: readonly FleetClient[]): Promise<Addresses> {
  const ports = await Promise.all(Array.from({ length: 3 + 2 * fleet.length }, freePort));
  const [daymark = '', inbox = '', deployer = '', ...sites] = ports.map(
    (port) => `http://127.0.0.1:${port}`,
  );
  return { daymark, inbox, deployer, temporal: '', sites };
}

function startOutside(world: {
  readonly addresses: Addresses;
  readonly secrets: Secrets;
  readonly fleet: readonly FleetClient[];
  readonly options: SystemOptions;
}): Promise<Sandbox> {
  const { addresses, secrets, fleet, options } = world;
  return startSandbox({
    dataDir: join(testRunDirectory(), `sandbox-${portOf(addresses.daymark)}`),
    mailPort: portOf(addresses.inbox),
    mailToken: secrets.mailToken,
    deployerPort: portOf(addresses.deployer),
    deployerSecrets: [secrets.deployerSecret],
    sitePorts: addresses.sites.map(portOf),
    fleet,
    workMs: options.workMs ?? 500,
    contacts: { isOn: options.contacts !== 'off', except: [], decision: 'approve' },
    webhook: { url: `${addresses.daymark}/hooks/postmark`, secret: secrets.webhookSecret },
  });
}

function settingsOf(addresses: Addresses, secrets: Secrets): Readonly<Record<string, string>> {
  return {
    POSTMARK_SERVER_TOKEN: secrets.mailToken,
    POSTMARK_API_URL: addresses.inbox,
    DAYMARK_BASE_URL: addresses.daymark,
    DAYMARK_SECRET: secrets.secret,
    DAYMARK_HOST: '127.0.0.1',
    DAYMARK_PORT: String(portOf(addresses.daymark)),
    DAYMARK_MAIL_FROM: 'Daymark <releases@daymark.example>',
    DAYMARK_MAIL_REPLY_TO: 'pm@daymark.example',
    DAYMARK_WEBHOOK_SECRET: secrets.webhookSecret,
    DAYMARK_ALLOW_PRIVATE: [addresses.deployer, ...addresses.sites]
      .map((each) => `127.0.0.1/32:${portOf(each)}`)
      .join(' '),
  };
}

function programsOf(
  addresses: Addresses,
  workers: number,
  environment: Readonly<Record<string, string>>,
): Pick<TestSystem, 'apiProgram' | 'workers'> {
  return {
    apiProgram: programOf({
      name: 'api',
      script: 'apps/api/main.js',
      environment,
      isReady: () => answersWell(`${addresses.daymark}/readyz`),
    }),
    workers: Array.from({ length: workers }, (_, index) =>
      programOf({
        name: `worker-${index}`,
        script: 'apps/worker/main.js',
        environment,
        isReady: (log) => Promise.resolve(log.includes('The worker is ready')),
      }),
    ),
  };
}

function portOf(address: string): number {
  return Number(new URL(address).port);
}

async function storageOf(url: string | undefined) {
  if (url !== undefined) return { url, drop: () => Promise.resolve() };
  return await freshDatabase();
}

/** The clients as a spreadsheet that can be imported. */
function spreadsheetOf(fleet: readonly FleetClient[], sites: readonly string[]): string {
  const columns =
    'key,name,state,zone,locale,owner,preview_url,preview_deployer,preview_probe,production_url,production_deployer,production_probe,contact_email,contact_name,contact_locale,contact_zone,contact_roles';
  const rows = fleet.map(({ key, name, locale }, index) => {
    const [preview = '', production = ''] = sites.slice(2 * index);
    const places = [preview, production].map((url) => `${url},${demoDeployer},/version.json`);
    const contact = `someone@${key}.example,Sam One,${locale},Europe/London,approver|informed`;
    return `${key},${name},active,Europe/London,${locale},pm@daymark.example,${places.join(',')},${contact}`;
  });
  return [columns, ...rows].join('\n');
}

async function temporalVariables(given: SystemOptions['temporal']) {
  const { address, namespace } = given ?? (await temporalServer());
  return { TEMPORAL_ADDRESS: address, TEMPORAL_NAMESPACE: namespace };
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
