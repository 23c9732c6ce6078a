import { createHash, randomBytes } from 'node:crypto';
import { chmodSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  accountForPostgres,
  findPostgresBinaries,
} from '../../apps/standalone/postgres/binaries.ts';
import { startPostgres, urlOf } from '../../apps/standalone/postgres/postgres-server.ts';
import { freePort } from './free-port.ts';
import { copyDatabase, dropDatabase, ensureDatabase } from '../../database/server.ts';
import { oncePerRun, testRunDirectory } from './test-run.ts';

/** A database of a test's own, with the current schema and no rows but the seeded ones. */
export interface TestDatabase {
  readonly url: string;
  drop(): Promise<void>;
}

interface TestServer {
  readonly port: number;
  readonly password: string;
}

const migrations = join(import.meta.dirname, '../../database/migrations');

/** A new database, copied in milliseconds from one that was migrated once per run. */
export async function freshDatabase(): Promise<TestDatabase> {
  const server = await testServer();
  const template = await migratedTemplate(server);
  const name = `test_${randomBytes(8).toString('hex')}`;
  await copyDatabase(urlOf(server, 'postgres'), template, name);
  return { url: urlOf(server, name), drop: () => dropDatabase(urlOf(server, 'postgres'), name) };
}

/** A new database without any schema, for tests of the migrations themselves. */
export async function emptyDatabase(): Promise<TestDatabase> {
  const server = await testServer();
  const name = `test_${randomBytes(8).toString('hex')}`;
  await ensureDatabase(urlOf(server, 'postgres'), name);
  return { url: urlOf(server, name), drop: () => dropDatabase(urlOf(server, 'postgres'), name) };
}

async function testServer(): Promise<TestServer> {
  return await oncePerRun('postgres', async () => {
    const directory = testRunDirectory();
    // Postgres may run under another account, which must find its way to the data.
    chmodSync(directory, 0o755);
    const account = accountForPostgres();
    const server = { port: await freePort(), password: randomBytes(12).toString('hex') };
    await startPostgres({
      ...server,
      account,
      binaries: findPostgresBinaries(account),
      dataDirectory: join(directory, 'postgres'),
      logFile: join(directory, 'postgres.log'),
      parameters: ['fsync=off', 'synchronous_commit=off', 'full_page_writes=off'],
    });
    return server;
  });
}

async function migratedTemplate(server: TestServer): Promise<string> {
  return await oncePerRun(`template-${digestOfMigrations()}`, async () => {
    const name = `template_${digestOfMigrations()}`;
    await dropDatabase(urlOf(server, 'postgres'), name);
    await ensureDatabase(urlOf(server, 'postgres'), name);
    const { migrate } = await import('../../database/migrate.ts');
    await migrate(urlOf(server, name));
    return name;
  });
}

function digestOfMigrations(): string {
  const hash = createHash('sha256');
  for (const file of readdirSync(migrations).sort()) {
    hash.update(file).update(readFileSync(join(migrations, file)));
  }
  return hash.digest('hex').slice(0, 12);
}
