import { createHash } from 'node:crypto';
import { type CalendarShelf, calendarShelf } from '../../database/calendar-shelf.ts';
import { type Clock, databaseClock } from '../../database/clock.ts';
import type { Database } from '../../database/in-transaction.ts';
import { newId } from '../../database/new-id.ts';
import { openPool, type Pool, type Queryable } from '../../database/pool.ts';
import type { CalendarDocument } from '../../domain/calendar/calendar-document.ts';
import type { BuildId, CalendarId, ChangeId, DeployerId, PolicyId } from '../../domain/ids.ts';
import { type Instant, instantOf } from '../../domain/instant.ts';
import type { Policy } from '../../domain/rollout/policy.ts';
import { demoPolicy } from '../../domain/rollout/seeded-policies.ts';
import { freshDatabase } from './postgres.ts';

/** A database of a test's own with all that acts need to use it. Close it at the end of the test. */
export interface TestStorage {
  readonly url: string;
  readonly pool: Pool;
  readonly database: Database;
  readonly shelf: CalendarShelf;
  /** Ids of the loops that committed transactions wanted woken, in order. */
  readonly wakes: string[];
  readonly close: () => Promise<void>;
}

/** Opens a fresh database; time is the database's own unless a clock is given. */
export async function openTestStorage(
  options: { readonly clock?: Clock; readonly poolSize?: number } = {},
): Promise<TestStorage> {
  const fresh = await freshDatabase();
  const pool = openPool(fresh.url, options.poolSize ?? 10);
  const wakes: string[] = [];
  return {
    url: fresh.url,
    pool,
    database: {
      pool,
      clock: options.clock ?? databaseClock,
      onWakes: (workflowIds) => wakes.push(...workflowIds),
    },
    shelf: calendarShelf(),
    wakes,
    close: async () => {
      await pool.end();
      await fresh.drop();
    },
  };
}

/** Inserts one row as it is given; objects meant for JSON columns are passed as `json(…)`. */
export async function insertRow(
  db: Queryable,
  table: string,
  row: Readonly<Record<string, unknown>>,
): Promise<void> {
  const columns = Object.keys(row);
  const places = columns.map((_, index) => `$${index + 1}`);
  await db.rows(
    `insert into ${table} (${columns.join(', ')}) values (${places.join(', ')})`,
    Object.values(row),
  );
}

/** A value for a JSON column. */
export function json(value: unknown): string {
  return JSON.stringify(value);
}

/** The instant now, for rows whose time does not matter to the test. */
export function rightNow(): Instant {
  return instantOf(Date.now());
}

/** The vendor's one row: live, with twenty places, unless said otherwise. */
export async function insertVendor(
  db: Queryable,
  options: {
    readonly live?: boolean;
    readonly maxInFlight?: number;
    readonly calendarName?: string;
  } = {},
): Promise<void> {
  await insertRow(db, 'vendor', {
    id: 1,
    name: 'Parkwise',
    live: options.live ?? true,
    live_changed_at: rightNow(),
    live_changed_by: 'test',
    max_in_flight: options.maxInFlight ?? 20,
    calendar_name: options.calendarName ?? null,
  });
}

/** A deployer as it is stored. */
export interface DeployerOptions {
  readonly name?: string;
  readonly kind?: 'webhook' | 'command' | 'manual';
  readonly url?: string;
  readonly secret?: string;
  readonly lookUpUrl?: string;
  readonly command?: string;
  readonly capability?: 'key' | 'label' | 'none';
  readonly maxInFlight?: number;
  readonly disabledReason?: string;
}

/** A webhook deployer named `fleet` that honours keys, unless said otherwise. */
export async function insertDeployer(
  db: Queryable,
  options: DeployerOptions = {},
): Promise<DeployerId> {
  const id = newId<DeployerId>();
  const { kind = 'webhook', ...given } = options;
  const deployer = { ...usualDeployer, ...(kind === 'webhook' ? webhook : byHand), ...given };
  await insertRow(db, 'deployer', {
    id,
    kind,
    name: deployer.name,
    url: deployer.url,
    secret: deployer.secret,
    look_up_url: deployer.lookUpUrl,
    command: deployer.command,
    capability: deployer.capability,
    max_in_flight: deployer.maxInFlight,
    disabled_reason: deployer.disabledReason,
    created_at: rightNow(),
  });
  return id;
}

/** A signing secret for deployers of tests. */
export const sandboxSecret = `whsec_${Buffer.alloc(32, 'daymark').toString('base64')}`;

const usualDeployer = {
  name: 'fleet',
  lookUpUrl: null,
  command: null,
  maxInFlight: 20,
  disabledReason: null,
};
const webhook = {
  url: 'https://deployer.example/deploy',
  secret: sandboxSecret,
  capability: 'key',
};
const byHand = { url: null, secret: null, capability: 'none' };

/** A calendar revision; the name is taken from the document when it has one. */
export async function insertCalendar(
  db: Queryable,
  document: CalendarDocument,
  options: { readonly name?: string; readonly revision?: number } = {},
): Promise<CalendarId> {
  const id = newId<CalendarId>();
  await insertRow(db, 'calendar', {
    id,
    name: options.name ?? document.calendar ?? id,
    revision: options.revision ?? 1,
    document: json(document),
    saved_by: 'test',
    saved_at: rightNow(),
  });
  return id;
}

/** A policy revision: the demonstration's without a calendar, with the given differences. */
export async function insertPolicy(
  db: Queryable,
  differences: Partial<Policy> = {},
): Promise<{ readonly id: PolicyId; readonly policy: Policy }> {
  const id = newId<PolicyId>();
  const policy: Policy = { ...demoPolicy, calendar: null, ...differences };
  await insertRow(db, 'policy', {
    id,
    name: policy.name,
    revision: 1,
    document: json(policy),
    saved_by: 'test',
    saved_at: rightNow(),
  });
  return { id, policy };
}

/** A change; its version must be its own. */
export async function insertChange(
  db: Queryable,
  options: {
    readonly kind?: 'hotfix' | 'release';
    readonly version?: string;
    readonly title?: string;
    readonly critical?: boolean;
    readonly minimumVersion?: string;
  } = {},
): Promise<ChangeId> {
  const id = newId<ChangeId>();
  const version = options.version ?? '1.9.4';
  await insertRow(db, 'change', {
    id,
    kind: options.kind ?? 'release',
    version,
    title: options.title ?? `Parking map ${version}`,
    critical: options.critical ?? false,
    minimum_version: options.minimumVersion ?? null,
    created_by: 'test',
    created_at: rightNow(),
  });
  return id;
}

/** A build as it is stored. */
export interface BuildOptions {
  readonly version?: string;
  readonly digest?: string;
  readonly basedOn?: BuildId;
  readonly notesMarkdown?: string;
  readonly translations?: Readonly<Record<string, string>>;
  readonly issues?: readonly string[];
  readonly qaPassed?: boolean;
  readonly blocked?: boolean;
}

/** A build of a change that passed QA, or a baseline when there is no change. */
export async function insertBuild(
  db: Queryable,
  changeId: ChangeId | null,
  options: BuildOptions = {},
): Promise<BuildId> {
  const id = newId<BuildId>();
  const build = {
    version: changeId === null ? '1.9.3' : '1.9.4',
    basedOn: null,
    notesMarkdown: 'Maps load faster.',
    translations: {},
    issues: [],
    qaPassed: true,
    blocked: false,
    ...options,
  };
  await insertRow(db, 'build', {
    id,
    change_id: changeId,
    version: build.version,
    digest: options.digest ?? digestNamed(build.version),
    based_on: build.basedOn,
    notes_markdown: build.notesMarkdown,
    translations: json(build.translations),
    issues: build.issues,
    baseline: changeId === null,
    qa_passed_at: build.qaPassed ? rightNow() : null,
    qa_passed_by: build.qaPassed ? 'test' : null,
    blocked_at: build.blocked ? rightNow() : null,
    announced_by: 'test',
    announced_at: rightNow(),
  });
  return id;
}

/** A digest of the right form that tells builds of different versions apart. */
function digestNamed(version: string): string {
  return `sha256:${createHash('sha256').update(version).digest('hex')}`;
}
