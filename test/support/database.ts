import { databaseClock } from '../../database/clock.ts';
import type { Database } from '../../database/in-transaction.ts';
import { openPool } from '../../database/pool.ts';
import { freshDatabase } from './postgres.ts';

/** A database of a test's own and the wakes its commits raised; `close` ends and drops it. */
export interface OpenTestDatabase extends Database {
  readonly url: string;
  readonly raised: readonly string[];
  readonly close: () => Promise<void>;
}

/** A fresh database, open on its own clock or on one that a test moves. */
export async function openTestDatabase(
  clock: Database['clock'] = databaseClock,
  poolSize = 10,
): Promise<OpenTestDatabase> {
  const fresh = await freshDatabase();
  const pool = openPool(fresh.url, poolSize);
  const raised: string[] = [];
  return {
    url: fresh.url,
    pool,
    clock,
    raised,
    onWakes: (ids) => {
      raised.push(...ids);
    },
    close: async () => {
      await pool.end();
      await fresh.drop();
    },
  };
}

/** A clock that stands still until it is moved. */
export function standingClock(
  start: string,
): Database['clock'] & { readonly move: (ms: number) => void } {
  let at = Date.parse(start);
  return {
    now: () => Promise.resolve(new Date(at).toISOString() as never),
    move: (ms) => {
      at += ms;
    },
  };
}
