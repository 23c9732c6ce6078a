import { jest } from '@jest/globals';
import { type Database, inTransaction } from '../../../database/in-transaction.ts';
import { wakeLedger } from '../../../database/stores/owed-wake.store.ts';
import { openTestStorage, type TestStorage } from '../../support/fixtures.ts';
import { standingClock } from '../../support/standing-clock.ts';

// The first to ask for a database waits until its server runs.
jest.setTimeout(60_000);

const clock = standingClock('2026-11-25T10:00:00Z');
let storage: TestStorage;
let database: Database;

beforeEach(async () => {
  storage = await openTestStorage({ clock });
  ({ database } = storage);
});
afterEach(() => storage.close());

const raise = (workflowId: string, planOrder = 0): Promise<void> =>
  inTransaction(database, (tx) => {
    tx.wake(workflowId, planOrder);
    return Promise.resolve();
  });

it('claims what is owed in plan order', async () => {
  await raise('mail/c', 3);
  await raise('mail/a', 2);
  await raise('mail/b', 1);

  const claimed = await wakeLedger(database).claim(null);

  expect(new Set(claimed)).toEqual(
    new Set(['mail/a', 'mail/b', 'mail/c'].map((workflowId) => ({ workflowId, level: 1 }))),
  );
  expect(storage.wakes).toEqual(['mail/c', 'mail/a', 'mail/b']);
});

it('claims the first of the plan when there are more than one claim takes', async () => {
  await inTransaction(database, (tx) => {
    for (let order = 100; order > 0; order -= 1) tx.wake(`mail/${order}`, order);
    return Promise.resolve();
  });

  const claimed = await wakeLedger(database).claim(null);

  const orders = claimed.map(({ workflowId }) => Number(workflowId.slice(5)));
  expect(Math.max(...orders)).toBe(orders.length);
});

it('gives no two senders the same wake', async () => {
  await inTransaction(database, (tx) => {
    for (let order = 0; order < 100; order += 1) tx.wake(`mail/${order}`);
    return Promise.resolve();
  });

  const claims = await Promise.all([1, 2, 3].map(() => wakeLedger(database).claim(null)));

  const ids = claims.flat().map(({ workflowId }) => workflowId);
  expect(new Set(ids).size).toBe(ids.length);
  expect(ids).toHaveLength(100);
});

it('gives out again what a sender claimed and never reported', async () => {
  await raise('mail/a');
  const ledger = wakeLedger(database);
  await ledger.claim(null);
  const meanwhile = await ledger.claim(null);
  clock.move(30_000);

  expect(meanwhile).toEqual([]);
  expect(await ledger.claim(null)).toEqual([{ workflowId: 'mail/a', level: 1 }]);
});

it('claims only those that are asked for', async () => {
  await raise('mail/a');
  await raise('mail/b');

  expect(await wakeLedger(database).claim(['mail/b'])).toEqual([
    { workflowId: 'mail/b', level: 1 },
  ]);
});

it('still owes a wake that was raised while the one before was sent', async () => {
  const ledger = wakeLedger(database);
  await raise('mail/a');
  const claimed = await ledger.claim(null);
  await raise('mail/a');
  await ledger.markSent(claimed);

  expect(await ledger.claim(null)).toEqual([{ workflowId: 'mail/a', level: 2 }]);
});

it('owes nothing once everything was sent', async () => {
  const ledger = wakeLedger(database);
  await raise('mail/a');
  await ledger.markSent(await ledger.claim(null));
  clock.move(86_400_000);

  expect(await ledger.claim(null)).toEqual([]);
});

it('waits twice as long after each failure, and fifteen seconds at most', async () => {
  const ledger = wakeLedger(database);
  await raise('mail/a');
  const pauses: number[] = [];
  for (let failure = 0; failure < 6; failure += 1) {
    await ledger.markFailed([{ workflowId: 'mail/a', level: 1 }], 'Temporal is away');
    let seconds = 0;
    while ((await ledger.claim(null)).length === 0) {
      clock.move(1_000);
      seconds += 1;
    }
    pauses.push(seconds);
  }

  expect(pauses).toEqual([1, 2, 4, 8, 15, 15]);
});
