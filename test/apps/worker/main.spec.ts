import { chmodSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { jest } from '@jest/globals';
import { Client, Connection } from '@temporalio/client';
import {
  accountForPostgres,
  findPostgresBinaries,
} from '../../../apps/standalone/postgres/binaries.ts';
import { startPostgres, stopPostgres } from '../../../apps/standalone/postgres/postgres-server.ts';
import { freePort } from '../../support/free-port.ts';
import { databaseClock } from '../../../database/clock.ts';
import { inTransaction } from '../../../database/in-transaction.ts';
import { migrate } from '../../../database/migrate.ts';
import { openPool } from '../../../database/pool.ts';
import { hasUnnumberedEvents } from '../../../database/stores/event.store.ts';
import { openTestStorage } from '../../support/fixtures.ts';
import { untilItSleeps } from '../../support/history.ts';
import { emptyDatabase } from '../../support/postgres.ts';
import { temporalServer } from '../../support/temporal.ts';
import { testRunDirectory } from '../../support/test-run.ts';
import { startWorkerProcess } from '../../support/worker-process.ts';

jest.setTimeout(120_000);

const settings = {
  TEMPORAL_ADDRESS: '127.0.0.1:9',
  POSTMARK_SERVER_TOKEN: 'token',
  POSTMARK_API_URL: 'http://127.0.0.1:9',
  DAYMARK_BASE_URL: 'http://127.0.0.1:9',
  DAYMARK_SECRET: 's'.repeat(32),
  DAYMARK_MAIL_FROM: 'Daymark <daymark@vendor.example>',
};

it('starts the mail loop, numbers events, and ends at once when it is told to', async () => {
  const storage = await openTestStorage();
  const server = await temporalServer();
  const worker = startWorkerProcess({
    ...settings,
    DATABASE_URL: storage.url,
    TEMPORAL_ADDRESS: server.address,
    TEMPORAL_NAMESPACE: server.namespace,
  });
  await worker.said('The worker is ready');
  await inTransaction(storage.database, (tx) => {
    tx.record({ kind: 'vendor.live', actor: 'test' });
    return Promise.resolve();
  });

  const connection = await Connection.connect({ address: server.address });
  const client = new Client({ connection, namespace: server.namespace });
  const loop = client.workflow.getHandle('mail/outbound');
  await untilKnown(() => loop.describe());
  await untilItSleeps(loop);
  await untilKnown(async () => {
    const rows = await storage.pool.rows(`select id from event where position = 1`);
    if (rows.length === 0) throw new Error('not numbered yet');
  });
  worker.signal('SIGTERM');
  const { code, complaint } = await worker.ended;
  const leases = await storage.pool.rows(`select name from lease`);
  await connection.close();
  await storage.close();

  expect(complaint).toBe('');
  expect(code).toBe(0);
  expect(leases).toEqual([]);
});

it('waits and says so while Temporal is away, and can still be told to end', async () => {
  const storage = await openTestStorage();
  const worker = startWorkerProcess({ ...settings, DATABASE_URL: storage.url });
  await worker.said('Temporal is away; tries again');
  worker.signal('SIGTERM');
  const { code } = await worker.ended;
  await storage.close();

  expect(code).toBe(0);
});

it('waits and says so while the database is away, and can still be told to end', async () => {
  const worker = startWorkerProcess({
    ...settings,
    DATABASE_URL: 'postgres://nobody:nothing@127.0.0.1:9/nowhere',
  });
  await worker.said('The database is away; tries again');
  worker.signal('SIGINT');
  const { code } = await worker.ended;

  expect(code).toBe(0);
});

it('goes on by itself when the database comes back', async () => {
  const place = join(testRunDirectory(), 'comes-and-goes');
  // Postgres may run under another account, which must find its way to the data.
  chmodSync(testRunDirectory(), 0o755);
  mkdirSync(place);
  const account = accountForPostgres();
  const start = async () =>
    await startPostgres({
      account,
      binaries: findPostgresBinaries(account),
      dataDirectory: join(place, 'data'),
      logFile: join(place, 'log'),
      port,
      password: 'secret',
    });
  const port = await freePort();
  const server = await temporalServer();
  const first = await start();
  await migrate(first.url);
  const worker = startWorkerProcess({
    ...settings,
    DATABASE_URL: first.url,
    TEMPORAL_ADDRESS: server.address,
    TEMPORAL_NAMESPACE: server.namespace,
  });
  await worker.said('The worker is ready');

  await stopPostgres(first.pid);
  await worker.said('A duty failed; tries again');
  const second = await start();
  await worker.said('A duty goes on');
  const pool = openPool(second.url, 1);
  const database = { pool, clock: databaseClock, onWakes: () => undefined };
  await inTransaction(database, (tx) => {
    tx.record({ kind: 'vendor.live', actor: 'test' });
    return Promise.resolve();
  });
  await untilKnown(async () => {
    if (await hasUnnumberedEvents(pool)) throw new Error('not numbered yet');
  });
  await pool.end();
  worker.signal('SIGTERM');
  const { code } = await worker.ended;
  await stopPostgres(second.pid);

  expect(code).toBe(0);
});

it('refuses a database without our schema and says what to do', async () => {
  const empty = await emptyDatabase();
  const worker = startWorkerProcess({ ...settings, DATABASE_URL: empty.url });
  const { err } = await worker.said('The worker cannot run');
  const { code } = await worker.ended;
  await empty.drop();

  expect(err).toMatchObject({ message: expect.stringContaining('run "daymark migrate"') });
  expect(code).toBe(1);
});

it('names what is missing before it does anything', async () => {
  const { code, complaint } = await startWorkerProcess({ DAYMARK_LOG_LEVL: 'info' }).ended;

  expect(complaint).toContain('DATABASE_URL: is missing');
  expect(complaint).toContain('DAYMARK_LOG_LEVL: there is no such setting');
  expect(code).toBe(1);
});

async function untilKnown(ask: () => Promise<unknown>): Promise<void> {
  for (;;) {
    try {
      await ask();
      return;
    } catch {
      await new Promise((wake) => setTimeout(wake, 50));
    }
  }
}
