import { jest } from '@jest/globals';
import { type Database, inTransaction } from '../../../database/in-transaction.ts';
import { listOverdueLoops, raiseLostWakes } from '../../../database/stores/lost-wake.store.ts';
import { wakeLedger } from '../../../database/stores/owed-wake.store.ts';
import {
  readWantedLevel,
  storeFailedAct,
  storeLook,
  storeWaitingAct,
} from '../../../database/stores/wake.store.ts';
import { openTestStorage, type TestStorage } from '../../support/fixtures.ts';
import { standingClock } from '../../support/standing-clock.ts';

// The first to ask for a database waits until its server runs.
jest.setTimeout(60_000);

const clock = standingClock('2026-11-25T10:00:00Z');
const second = 1_000;
const minute = 60 * second;
const limits = { unseenAfterMs: minute, overdueAfterMs: 2 * minute };
const loop = 'mail/a';
let storage: TestStorage;
let database: Database;

beforeEach(async () => {
  storage = await openTestStorage({ clock });
  ({ database } = storage);
});
afterEach(() => storage.close());

async function raiseAndSend(): Promise<void> {
  await inTransaction(database, (tx) => {
    tx.wake(loop);
    return Promise.resolve();
  });
  await send();
}

async function send(): Promise<void> {
  const ledger = wakeLedger(database);
  await ledger.markSent(await ledger.claim(null));
}

const look = (sleepMs: number | null, ends = false): Promise<void> =>
  inTransaction(database, async (tx) => {
    const level = await readWantedLevel(tx, loop);
    await storeLook(tx, { workflowId: loop, level, sleepMs, ends });
  });

const sweep = (): Promise<readonly string[]> =>
  inTransaction(database, (tx) => raiseLostWakes(tx, limits));

const overdue = (): Promise<readonly unknown[]> =>
  inTransaction(database, (tx) => listOverdueLoops(tx, 15 * minute));

it('raises a wake that no loop has seen for a minute', async () => {
  await raiseAndSend();
  clock.move(minute);
  const early = await sweep();
  clock.move(1);

  expect(early).toEqual([]);
  expect(await sweep()).toEqual([loop]);
  expect(await wakeLedger(database).claim(null)).toEqual([{ workflowId: loop, level: 2 }]);
});

it('leaves a wake to the relay that was not sent yet', async () => {
  await inTransaction(database, (tx) => {
    tx.wake(loop);
    return Promise.resolve();
  });
  clock.move(5 * minute);

  expect(await sweep()).toEqual([]);
});

it('raises one that stays unseen after one, two, four and eight minutes', async () => {
  await raiseAndSend();
  const raisedAfter: number[] = [];
  for (let past = 1; past <= 10; past += 1) {
    clock.move(minute + second);
    if ((await sweep()).length > 0) raisedAfter.push(past);
    await send();
  }

  expect(raisedAfter).toEqual([1, 2, 4, 8]);
});

it('leaves a loop alone that has looked and sleeps', async () => {
  await raiseAndSend();
  await look(60 * minute);
  clock.move(62 * minute);

  expect(await sweep()).toEqual([]);
});

it('raises the wake of a loop that did not look in time', async () => {
  await raiseAndSend();
  await look(60 * minute);
  clock.move(62 * minute + 1);
  const found = await sweep();
  await send();
  const directlyAfter = await sweep();

  expect(found).toEqual([loop]);
  expect(directlyAfter).toEqual([]);
});

it.each([
  ['has ended', () => look(null, true)],
  ['sleeps until it is woken', () => look(null)],
])('leaves a loop alone for ever that %s', async (_, lookAtFacts) => {
  await raiseAndSend();
  await lookAtFacts();
  clock.move(400 * 24 * 60 * minute);

  expect(await sweep()).toEqual([]);
  expect(await overdue()).toEqual([]);
});

it('does not take a loop for lost whose act asks the far side again and again', async () => {
  await raiseAndSend();
  await look(null);
  await raiseAndSend();
  for (let poll = 0; poll < 30; poll += 1) {
    await inTransaction(database, (tx) =>
      storeWaitingAct(tx, { workflowId: loop, delayMs: minute }),
    );
    clock.move(minute);
    expect(await sweep()).toEqual([]);
  }

  expect(await overdue()).toEqual([]);
});

it('names the loops that have been stuck for a quarter of an hour, with the last error', async () => {
  await raiseAndSend();
  await inTransaction(database, (tx) =>
    storeFailedAct(tx, { workflowId: loop, error: 'the template cannot be read' }),
  );
  clock.move(15 * minute);
  const early = await overdue();
  clock.move(1);

  expect(early).toEqual([]);
  expect(await overdue()).toEqual([
    {
      workflowId: loop,
      since: expect.stringContaining('Z'),
      lastError: 'the template cannot be read',
    },
  ]);
});
