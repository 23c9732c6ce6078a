import { jest } from '@jest/globals';
import { type Database, inTransaction } from '../../../database/in-transaction.ts';
import { releaseLease, takeLease } from '../../../database/stores/lease.store.ts';
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

const take = (holder: string): Promise<boolean> =>
  inTransaction(database, (tx) => takeLease(tx, { name: 'sweep', holder, forMs: 10_000 }));

it('has one holder, who may prolong it', async () => {
  const first = await take('one');
  const other = await take('two');
  clock.move(9_000);
  const prolonged = await take('one');
  clock.move(9_000);
  const still = await take('two');

  expect([first, other, prolonged, still]).toEqual([true, false, true, false]);
});

it('goes to another when the holder does not prolong it', async () => {
  await take('one');
  clock.move(10_000);

  expect(await take('two')).toBe(true);
  expect(await take('one')).toBe(false);
});

it('goes to another at once when it is given back, and only its holder gives it back', async () => {
  await take('one');
  await inTransaction(database, (tx) => releaseLease(tx, { name: 'sweep', holder: 'two' }));
  const tooEarly = await take('two');
  await inTransaction(database, (tx) => releaseLease(tx, { name: 'sweep', holder: 'one' }));

  expect(tooEarly).toBe(false);
  expect(await take('two')).toBe(true);
});

it('is granted to one of many who ask at once', async () => {
  const asked = await Promise.all(Array.from({ length: 8 }, (_, index) => take(`number ${index}`)));

  expect(asked.filter(Boolean)).toHaveLength(1);
});
