import { readRolloutHistory } from '../../../database/read-models/rollout-history.read-model.ts';
import { newId } from '../../../database/new-id.ts';
import { plusMs } from '../../../domain/instant.ts';
import {
  insertDeployer,
  insertRow,
  insertVendor,
  openTestStorage,
  rightNow,
  type TestStorage,
} from '../../support/fixtures.ts';
import { insertRollout, type TestRollout } from '../../support/rollout-fixture.ts';

const minute = 60_000;

let storage: TestStorage;

beforeEach(async () => {
  storage = await openTestStorage();
  await insertVendor(storage.pool);
  await insertDeployer(storage.pool);
});
afterEach(() => storage.close());

it('says nothing where nothing happened yet', async () => {
  expect(await readRolloutHistory(storage.pool)).toEqual({
    previewMs: [],
    productionMs: [],
    answerMs: [],
    rounds: { decided: 0, silent: 0, declined: 0 },
    deployments: { ended: 0, failed: 0 },
  });
});

it('measures what took how long, and counts silence, refusals and failures', async () => {
  const rollout = await insertRollout(storage.pool, { clients: 3, clientState: 'scheduled' });
  await storage.pool.rows(`update deployment set claimed_at = verified_at - interval '7 minutes'`);
  await answered(rollout, 0, { state: 'approved', decided_way: 'link' });
  await answered(rollout, 1, { state: 'rejected', decided_way: 'phone' });
  await answered(rollout, 2, { state: 'approved', decided_way: 'rule' });

  const history = await readRolloutHistory(storage.pool);

  expect(history).toEqual({
    previewMs: [7 * minute, 7 * minute, 7 * minute],
    productionMs: [],
    answerMs: [30 * minute, 30 * minute],
    rounds: { decided: 3, silent: 1, declined: 1 },
    deployments: { ended: 0, failed: 0 },
  });
});

async function answered(rollout: TestRollout, index: number, more: object): Promise<void> {
  const at = rightNow();
  await storage.pool.rows('delete from approval_round where client_rollout_id = $1', [
    rollout.clients[index]?.clientRolloutId,
  ]);
  await insertRow(storage.pool, 'approval_round', {
    id: newId(),
    client_rollout_id: rollout.clients[index]?.clientRolloutId,
    number: 1,
    build_id: rollout.buildId,
    consent: 'approve',
    content_hash: '0',
    live: true,
    opened_at: at,
    requested_at: at,
    decided_at: plusMs(at, 30 * minute),
    ...more,
  });
}
