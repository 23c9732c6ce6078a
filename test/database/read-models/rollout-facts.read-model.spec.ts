import { inTransaction } from '../../../database/in-transaction.ts';
import { readRolloutFacts } from '../../../database/read-models/rollout-facts.read-model.ts';
import { moveEmptiedCohorts } from '../../../database/stores/cohort.store.ts';
import type { CohortProgress } from '../../../domain/rollout/cohort-facts.ts';
import {
  insertDeployer,
  insertVendor,
  openTestStorage,
  rightNow,
  type TestStorage,
} from '../../support/fixtures.ts';
import { insertVerifiedDeployment } from '../../support/past-fixture.ts';
import { insertRollout, type TestRollout } from '../../support/rollout-fixture.ts';

let storage: TestStorage;
let rollout: TestRollout;

beforeEach(async () => {
  storage = await openTestStorage();
  await insertVendor(storage.pool);
  await insertDeployer(storage.pool);
  rollout = await insertRollout(storage.pool, { clients: 4, clientState: 'scheduled' });
  await storage.pool.rows(`update cohort set last_slot_start = clock_timestamp()`);
});
afterEach(() => storage.close());

async function change(position: number, columns: string): Promise<void> {
  await storage.pool.rows(`update client_rollout set ${columns} where plan_position = $1`, [
    position,
  ]);
}

async function progress(): Promise<CohortProgress> {
  const facts = await readRolloutFacts(storage.pool, rollout.rolloutId, rightNow());
  const [cohort] = facts?.cohorts ?? [];
  if (!cohort) throw new Error('no cohort');
  return cohort;
}

it('counts everybody of a cohort as due at first', async () => {
  expect(await progress()).toMatchObject({ due: 4, done: 0, unfinished: 4, failures: 0 });
});

it.each([
  ['skipped', `state = 'skipped'`, 3, 3],
  ['withdrawn', `state = 'withdrawn'`, 3, 3],
  ['on hold', `held = true`, 3, 4],
  ['on hold until later', `held = true, hold_until = clock_timestamp() + interval '1 day'`, 3, 4],
  [
    'on a hold that is over',
    `held = true, hold_until = clock_timestamp() - interval '1 day'`,
    4,
    4,
  ],
  ["moved past the cohort's last slot", `slot_start = clock_timestamp() + interval '1 day'`, 3, 4],
  ['failed', `state = 'failed'`, 4, 3],
  ['rejected', `state = 'rejected'`, 4, 3],
  ['missed', `state = 'missed'`, 4, 4],
])('with one client %s', async (_, columns, due, unfinished) => {
  await change(1, columns);

  expect(await progress()).toMatchObject({ due, done: 0, unfinished });
});

it('counts a verified client although it is on hold', async () => {
  await change(1, `state = 'done', held = true`);

  expect(await progress()).toMatchObject({ due: 4, done: 1, unfinished: 3 });
});

it('counts failures since the last resume, and every problem for the observation', async () => {
  const [client] = rollout.clients;
  if (!client) throw new Error('no client');
  const id = await insertVerifiedDeployment(storage.pool, { ...rollout, client }, 'production');
  await storage.pool.rows(
    `update deployment as d
     set verification = 'unhealthy', finished_at = clock_timestamp(), verified_at = clock_timestamp()
     where d.id = $1`,
    [id],
  );

  const before = await progress();
  await storage.pool.rows(`update rollout set failures_counted_from = clock_timestamp()`);
  const after = await progress();

  expect(before).toMatchObject({ failures: 1, lastProblemAt: expect.any(String) });
  expect(after).toMatchObject({ failures: 0, lastProblemAt: before.lastProblemAt });
});

it('moves a cohort whose clients all moved, so that it does not count as reached by nobody', async () => {
  await storage.pool.rows(
    `update client_rollout set slot_start = clock_timestamp() + interval '1 day'`,
  );
  const emptied = await progress();

  await inTransaction(storage.database, (tx) => moveEmptiedCohorts(tx, rollout.rolloutId));

  expect(emptied).toMatchObject({ due: 0 });
  expect(await progress()).toMatchObject({ due: 4 });
});

it('leaves a cohort where it is while some of its clients keep their date', async () => {
  await change(1, `slot_start = clock_timestamp() + interval '1 day'`);

  await inTransaction(storage.database, (tx) => moveEmptiedCohorts(tx, rollout.rolloutId));

  expect(await progress()).toMatchObject({ due: 3 });
});
