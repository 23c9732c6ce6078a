import type { Database } from './in-transaction.ts';
import type { PoolConnection } from './pool.ts';

/** What a decision would have come to, and the mails it would have written. */
export interface Rehearsal<Result> {
  readonly result: Result;
  readonly messages: readonly { readonly kind: string; readonly count: number }[];
}

/**
 * Runs a decision for real, under its locks, and takes all of it back: what is shown before a person confirms is
 * found out by the very code that does it afterwards. Nobody is woken.
 */
export async function rehearse<Result>(
  database: Database,
  work: (database: Database) => Promise<Result>,
): Promise<Rehearsal<Result>> {
  const messages: { readonly kind: string; readonly count: number }[] = [];
  const connect = async (): Promise<PoolConnection> => {
    const connection = await database.pool.connect();
    return {
      ...connection,
      rows: async (sql, values) => {
        if (sql !== 'commit') return await connection.rows(sql, values);
        messages.push(...(await connection.rows<(typeof messages)[number]>(writtenMails)));
        return await connection.rows('rollback');
      },
    };
  };
  const rehearsing: Database = {
    ...database,
    pool: { ...database.pool, connect },
    onWakes: () => undefined,
  };
  return { result: await work(rehearsing), messages };
}

/** The mails of this very transaction. */
const writtenMails = `
  select m.kind, count(*) as count
  from mail_delivery m
  where m.xmin = pg_current_xact_id()::xid and m.status in ('planned', 'queued')
  group by m.kind
  order by m.kind`;
