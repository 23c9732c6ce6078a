import { jest } from '@jest/globals';
import { ApplicationFailure, ApplicationFailureCategory } from '@temporalio/common';
import { pino } from 'pino';
import { reportOverdueLoops } from '../../../apps/worker/duties/overdue-loops.ts';
import { recordFailures } from '../../../apps/worker/record-failures.ts';
import { type Database, inTransaction } from '../../../database/in-transaction.ts';
import { storeLook } from '../../../database/stores/wake.store.ts';
import { openTestStorage, type TestStorage } from '../../support/fixtures.ts';
import { standingClock } from '../../support/standing-clock.ts';

// The first to ask for a database waits until its server runs.
jest.setTimeout(60_000);

const clock = standingClock('2026-11-25T10:00:00Z');
const minute = 60_000;
const loop = 'mail/outbound';
let storage: TestStorage;
let database: Database;

beforeEach(async () => {
  storage = await openTestStorage({ clock });
  ({ database } = storage);
  await inTransaction(database, (tx) => {
    tx.wake(loop);
    return Promise.resolve();
  });
});
afterEach(() => storage.close());

async function failWith(error: Error): Promise<void> {
  const context = { info: { workflowExecution: { workflowId: loop }, activityType: 'sendDue' } };
  const { inbound } = recordFailures(database, pino({ level: 'silent' }))(context as never);
  const acted = inbound!.execute!({ args: [], headers: {} }, () => Promise.reject(error));
  await expect(acted).rejects.toBe(error);
}

const report = (): Promise<void> => inTransaction(database, reportOverdueLoops);

const items = (): Promise<readonly object[]> =>
  storage.pool.rows(`select kind, text, resolution from attention_item`);

it('asks a person about a loop that has been stuck for a quarter of an hour, once, with its last error', async () => {
  await failWith(new Error('the template cannot be read'));
  clock.move(15 * minute);
  await report();
  const early = await items();
  clock.move(minute);
  await report();
  await report();

  expect(early).toEqual([]);
  expect(await items()).toEqual([
    {
      kind: 'loop-overdue',
      text: expect.stringContaining('The last error was: the template cannot be read'),
      resolution: null,
    },
  ]);
});

it('takes the question back once the loop goes on', async () => {
  clock.move(16 * minute);
  await report();
  await inTransaction(database, (tx) =>
    storeLook(tx, { workflowId: loop, level: 1, sleepMs: null, ends: false }),
  );
  await report();

  expect(await items()).toMatchObject([{ kind: 'loop-overdue', resolution: 'It goes on' }]);
});

it('does not ask about a loop whose act waits for the far side', async () => {
  for (let poll = 0; poll < 30; poll += 1) {
    await failWith(
      ApplicationFailure.create({
        message: 'still deploying',
        category: ApplicationFailureCategory.BENIGN,
        nextRetryDelay: minute,
      }),
    );
    clock.move(minute);
  }
  await report();

  expect(await items()).toEqual([]);
});

it('lets an act fail with its own error while the database is away', async () => {
  const away: Database = {
    ...database,
    pool: { ...database.pool, connect: () => Promise.reject(new Error('no database')) },
  };
  const context = { info: { workflowExecution: { workflowId: loop }, activityType: 'sendDue' } };
  const { inbound } = recordFailures(away, pino({ level: 'silent' }))(context as never);

  const acted = inbound!.execute!({ args: [], headers: {} }, () =>
    Promise.reject(new Error('its own')),
  );

  await expect(acted).rejects.toThrow('its own');
});
