import pg from 'pg';
import { freshDatabase } from './postgres.ts';

it('gives each caller a database of its own', async () => {
  const [first, second] = await Promise.all([freshDatabase(), freshDatabase()]);

  const client = new pg.Client({ connectionString: first.url });
  await client.connect();
  await client.query('create table only_here (id integer)');
  await client.end();
  const other = new pg.Client({ connectionString: second.url });
  await other.connect();
  const found = await other.query(`select to_regclass('only_here') as found`);
  await other.end();

  expect(first.url).not.toBe(second.url);
  expect(found.rows).toEqual([{ found: null }]);

  await first.drop();
  await second.drop();
});
