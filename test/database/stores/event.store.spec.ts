import { jest } from '@jest/globals';
import { type Database, inTransaction } from '../../../database/in-transaction.ts';
import { openPool } from '../../../database/pool.ts';
import {
  eventsChannel,
  hasUnnumberedEvents,
  numberEvents,
} from '../../../database/stores/event.store.ts';
import { openTestStorage, type TestStorage } from '../../support/fixtures.ts';
import type { EventKind } from '../../../domain/rollout/event-words.ts';

// The first to ask for a database waits until its server runs.
jest.setTimeout(60_000);

let storage: TestStorage;
let database: Database;

beforeEach(async () => {
  storage = await openTestStorage({ poolSize: 12 });
  ({ database } = storage);
});
afterEach(() => storage.close());

const record = (kind: string): Promise<void> =>
  inTransaction(database, (tx) => {
    // A name of the test's own: whoever numbers and sends events reads none.
    tx.record({ kind: kind as EventKind, actor: 'test' });
    return Promise.resolve();
  });

it('numbers committed events in the order they were written and goes on where it stopped', async () => {
  await record('first');
  await record('second');
  const before = await inTransaction(database, numberEvents);
  await record('third');
  const after = await inTransaction(database, numberEvents);

  const rows = await database.pool.rows(`select position, kind from event order by position`);
  expect([before, after]).toEqual([2, 1]);
  expect(rows).toEqual([
    { position: 1, kind: 'first' },
    { position: 2, kind: 'second' },
    { position: 3, kind: 'third' },
  ]);
  expect(await hasUnnumberedEvents(database.pool)).toBe(false);
});

it('leaves an event alone until it is committed, however old it is by then', async () => {
  const slow = await database.pool.connect();
  await slow.rows('begin');
  await slow.rows(
    `insert into event (id, at, kind, actor, facts)
     values (gen_random_uuid(), '2020-01-01', 'slow', 'test', '{}')`,
  );
  await record('quick');
  await inTransaction(database, numberEvents);
  await slow.rows('commit');
  slow.release();
  await inTransaction(database, numberEvents);

  const rows = await database.pool.rows(`select position, kind from event order by position`);
  expect(rows).toEqual([
    { position: 1, kind: 'quick' },
    { position: 2, kind: 'slow' },
  ]);
});

it('says once per batch that there are new events', async () => {
  const listener = await database.pool.connect();
  let heard = 0;
  await listener.onNotice(eventsChannel, () => {
    heard += 1;
  });
  for (const kind of ['first', 'second', 'third']) await record(kind);
  await inTransaction(database, numberEvents);
  await inTransaction(database, numberEvents);
  await listener.rows('select 1');
  listener.release(true);

  expect(heard).toBe(1);
});

it('lets a reader by position miss nothing while eight write and two number', async () => {
  const writers = 8;
  const each = 60;
  const own = openPool(storage.url, 1);
  const seen: number[] = [];
  let isWritten = false;
  const write = async (): Promise<void> => {
    for (let turn = 0; turn < each; turn += 1) await record('written');
  };
  const number = async (): Promise<void> => {
    while (!isWritten || (await hasUnnumberedEvents(database.pool))) {
      await inTransaction(database, numberEvents);
    }
  };
  const read = async (): Promise<void> => {
    while (seen.length < writers * each) {
      const rows = await own.rows<{ position: number }>(
        `select e.position from event e where e.position > $1 order by e.position`,
        [seen.at(-1) ?? 0],
      );
      seen.push(...rows.map((row) => row.position));
    }
  };

  const writing = Promise.all(Array.from({ length: writers }, write)).then(() => {
    isWritten = true;
  });
  await Promise.all([writing, number(), number(), read()]);
  await own.end();

  expect(seen).toEqual(Array.from({ length: writers * each }, (_, index) => index + 1));
}, 60_000);
