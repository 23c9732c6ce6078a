import { readClientFacts } from '../../database/read-models/client-facts.read-model.ts';
import { inSnapshot } from '../../database/in-transaction.ts';
import { judgeGates } from '../../domain/rollout/judge-gates.ts';
import { insertDeployer, insertVendor, openTestStorage } from './fixtures.ts';
import { insertRollout } from './rollout-fixture.ts';

it('lays out scheduled clients whose gates are all open', async () => {
  const storage = await openTestStorage();
  await insertVendor(storage.pool);
  await insertDeployer(storage.pool);
  const rollout = await insertRollout(storage.pool, { clients: 2, clientState: 'scheduled' });

  const closed = await inSnapshot(storage.database, async (db, now) => {
    const facts = await readClientFacts(db, { rolloutId: rollout.rolloutId }, storage.shelf);
    return facts.map((each) => judgeGates(each, now));
  });
  await storage.close();

  expect(closed).toEqual([[], []]);
});
