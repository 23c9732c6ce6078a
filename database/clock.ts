import type { Instant } from '../domain/instant.ts';
import type { Queryable } from './pool.ts';

/**
 * The one source of "now" for every rule. Read inside the deciding transaction after its locks are held, so that
 * two decisions in a row never disagree about the order of time. Asked through the connection that took the locks, it
 * answers after them even where nobody waited for them first.
 */
export interface Clock {
  readonly now: (db: Queryable) => Promise<Instant>;
}

/** Production's clock: the database's, the same for every process. */
export const databaseClock: Clock = {
  now: async (db) => {
    const rows = await db.rows<{ now: Instant }>(
      `select date_trunc('milliseconds', clock_timestamp()) as now`,
    );
    const [row] = rows;
    if (!row) throw new Error('The database did not tell the time');
    return row.now;
  },
};
