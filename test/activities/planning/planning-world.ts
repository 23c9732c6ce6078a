import { inTransaction } from '../../../database/in-transaction.ts';
import { seedDefaults } from '../../../database/seed-defaults.ts';
import { savePolicy } from '../../../database/stores/policy.store.ts';
import { saveCalendar } from '../../../database/stores/calendar.store.ts';
import type { BuildId, ChangeId } from '../../../domain/ids.ts';
import type { Policy } from '../../../domain/rollout/policy.ts';
import { demoPolicy } from '../../../domain/rollout/seeded-policies.ts';
import { type ClientOptions, insertClient, type TestClient } from '../../support/client-fixture.ts';
import {
  insertBuild,
  insertChange,
  insertDeployer,
  openTestStorage,
  type TestStorage,
} from '../../support/fixtures.ts';
import { type RecordingDesk, recordingDesk } from '../../support/recording-desk.ts';

/** A vendor with clients, a change and its build, ready to be planned. */
export interface PlanningWorld extends TestStorage {
  readonly desk: RecordingDesk;
  readonly changeId: ChangeId;
  readonly buildId: BuildId;
  readonly clients: readonly TestClient[];
}

/** Four clients in two cohorts under the demonstration's policy, unless said otherwise. */
export async function openPlanningWorld(
  options: {
    readonly clients?: readonly ClientOptions[];
    readonly policy?: Partial<Policy>;
    readonly poolSize?: number;
  } = {},
): Promise<PlanningWorld> {
  const storage = await openTestStorage({ poolSize: options.poolSize ?? 10 });
  const { database, pool } = storage;
  await seedDefaults(database, { name: 'Parkwise', live: true, actor: 'test' });
  await savePolicyDocument(storage, { ...demoPolicy, ...options.policy });
  await insertDeployer(pool);
  const baselineId = await insertBuild(pool, null);
  const changeId = await insertChange(pool);
  const buildId = await insertBuild(pool, changeId, { basedOn: baselineId });
  const clients: TestClient[] = [];
  for (const client of options.clients ?? usualClients) {
    clients.push(await insertClient(pool, { currentBuildId: baselineId, ...client }));
  }
  return { ...storage, desk: recordingDesk(), changeId, buildId, clients };
}

const usualClients: readonly ClientOptions[] = [
  { key: 'ash', tags: ['pilot'] },
  { key: 'birch', tags: ['pilot'] },
  { key: 'cedar' },
  { key: 'dogwood' },
];

/** Saves a policy as a person would. */
export async function savePolicyDocument(storage: TestStorage, policy: Policy): Promise<void> {
  const saved = await inTransaction(storage.database, (tx) =>
    savePolicy(tx, { document: policy, actor: 'test' }),
  );
  if (saved.kind === 'invalid') throw new Error(JSON.stringify(saved.problems));
}

/** Saves a calendar as a person would. */
export async function saveCalendarDocument(
  storage: TestStorage,
  name: string,
  document: unknown,
): Promise<void> {
  const saved = await inTransaction(storage.database, (tx) =>
    saveCalendar(tx, { name, document, actor: 'test' }),
  );
  if (saved.kind === 'invalid') throw new Error(JSON.stringify(saved.problems));
}

/** The states of all clients of a rollout by key. */
export async function statesOf(
  { pool }: TestStorage,
  rolloutId: string,
): Promise<Readonly<Record<string, string>>> {
  const rows = await pool.rows<{ key: string; state: string }>(
    `select cl.key, cr.state
     from client_rollout cr
     join client cl on cl.id = cr.client_id
     where cr.rollout_id = $1
     order by cr.plan_position`,
    [rolloutId],
  );
  return Object.fromEntries(rows.map(({ key, state }) => [key, state]));
}

/** The kinds of all events of a kind's beginning, in the order of their writing. */
export async function eventKinds({ pool }: TestStorage, like: string): Promise<readonly string[]> {
  const rows = await pool.rows<{ kind: string }>(
    `select e.kind from event e where e.kind like $1 order by e.at, e.id`,
    [like],
  );
  return rows.map(({ kind }) => kind);
}
