import { databaseClock } from '../../../database/clock.ts';
import type { Database } from '../../../database/in-transaction.ts';
import { migrate, readSchemaState } from '../../../database/migrate.ts';
import { openPool } from '../../../database/pool.ts';
import { seedDefaults } from '../../../database/seed-defaults.ts';
import { isDemo, type Installation } from '../program-settings.ts';
import { StartProblem } from '../supervision/part.ts';
import { keepOwnToken } from './own-token.ts';

/** Brings our own database up to date, and makes our token known. One that somebody else runs is migrated by its owner. */
export async function prepareDatabase(installation: Installation): Promise<void> {
  const { databaseUrl, replaced, secrets } = installation;
  if (replaced.databaseUrl === null) await migrate(databaseUrl);
  await withDatabase(databaseUrl, async (database) => {
    if (isDemo(replaced)) {
      await seedDefaults(database, { name: 'Daymark', live: true, actor: 'demo' });
    } else if (replaced.databaseUrl === null) await seedDefaults(database);
    await keepOwnToken(database, secrets.token);
  });
}

/**
 * Makes sure that somebody's own database has the schema of this release.
 * @throws StartProblem that names `daymark migrate` when it has not.
 */
export async function demandCurrentSchema(url: string): Promise<void> {
  const state = await readSchemaState(url);
  if (state.kind === 'current') return;
  throw new StartProblem(
    state.kind === 'behind'
      ? `The database of DATABASE_URL lacks ${state.missing.join(', ')}. Run "./daymark migrate", then start again.`
      : `The database of DATABASE_URL is newer than this release: it has ${state.unknown.join(', ')}. Start the newer release.`,
  );
}

/** Opens a database for one piece of work. Nobody is told of wakes; the worker finds them. */
export async function withDatabase<Result>(
  url: string,
  work: (database: Database) => Promise<Result>,
): Promise<Result> {
  const pool = openPool(url, 2);
  try {
    return await work({ pool, clock: databaseClock, onWakes: () => undefined });
  } finally {
    await pool.end();
  }
}
