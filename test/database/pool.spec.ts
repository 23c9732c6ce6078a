import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { openPool, type Pool } from '../../database/pool.ts';
import { freshDatabase, type TestDatabase } from '../support/postgres.ts';

let database: TestDatabase;
let pool: Pool;

beforeAll(async () => {
  database = await freshDatabase();
  pool = openPool(database.url, 2);
});

afterAll(async () => {
  await pool.end();
  await database.drop();
});

it('outlives a connection that breaks while it is held, and gives out another', async () => {
  const held = await pool.connect();
  const [own] = await held.rows<{ pid: number }>('select pg_backend_pid() as pid');

  await pool.rows('select pg_terminate_backend($1, 5000)', [own?.pid]);
  // The news of it is on its way to us.
  await pause(200);
  const next = await held.rows('select 1 as one').catch((error: unknown) => error);
  held.release(true);

  expect(next).toBeInstanceOf(Error);
  expect(await pool.rows('select 1 as one')).toEqual([{ one: 1 }]);
});
