import { jest } from '@jest/globals';
import { setTimeout as pause } from 'node:timers/promises';
import { pino } from 'pino';
import { keepDuty } from '../../../apps/worker/duties/duty.ts';
import { inTransaction } from '../../../database/in-transaction.ts';
import { takeLease } from '../../../database/stores/lease.store.ts';
import { openTestStorage, type TestStorage } from '../../support/fixtures.ts';

// The first to ask for a database waits until its server runs.
jest.setTimeout(60_000);

let storage: TestStorage;
const log = pino({ level: 'silent' });

beforeEach(async () => {
  storage = await openTestStorage();
});
afterEach(() => storage.close());

/** A worker that has the duty to count, in a column of who counted. */
function counter(who: string, counted: string[], fails = (): boolean => false) {
  return keepDuty(
    { database: storage.database, log, leaseMs: 300 },
    {
      name: 'count',
      everyMs: 20,
      perform: () => {
        if (fails()) return Promise.reject(new Error('no'));
        counted.push(who);
        return Promise.resolve(false);
      },
    },
  );
}

async function until(isSo: () => boolean): Promise<void> {
  while (!isSo()) await pause(10);
}

it('is done by one of two, and by the other as soon as the first gives it back', async () => {
  const counted: string[] = [];
  const one = counter('one', counted);
  await until(() => counted.length > 0);
  const two = counter('two', counted);
  await until(() => counted.length > 10);
  const together = [...counted];
  await one.stop();
  counted.length = 0;
  await until(() => counted.length > 0);
  await two.stop();

  expect(new Set(together)).toEqual(new Set(['one']));
  expect(counted[0]).toBe('two');
});

it('goes on in another process when the holder has died', async () => {
  await inTransaction(storage.database, (tx) =>
    takeLease(tx, { name: 'count', holder: 'somebody who died', forMs: 300 }),
  );
  const counted: string[] = [];
  const one = counter('one', counted);
  await until(() => counted.length > 0);
  await one.stop();

  expect(counted[0]).toBe('one');
});

it('is tried again after it failed', async () => {
  const counted: string[] = [];
  let failures = 2;
  const one = counter('one', counted, () => (failures -= 1) >= 0);
  await until(() => counted.length > 0);
  await one.stop();

  expect(failures).toBeLessThan(0);
});
