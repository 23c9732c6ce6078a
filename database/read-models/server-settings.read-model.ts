import type { Queryable } from '../pool.ts';

/** The settings of a Postgres server that decide whether what was committed survives. */
export interface ServerSettings {
  readonly version: string;
  readonly fsync: string;
  readonly synchronousCommit: string;
  readonly synchronousStandbyNames: string;
}

/** Reads the settings as this connection has them. */
export async function readServerSettings(db: Queryable): Promise<ServerSettings> {
  const rows = await db.rows<Row>(
    `select current_setting('server_version') as version,
            current_setting('fsync') as fsync,
            current_setting('synchronous_commit') as synchronous_commit,
            current_setting('synchronous_standby_names') as synchronous_standby_names`,
  );
  const [row] = rows;
  if (!row) throw new Error('The server did not describe itself');
  return {
    version: row.version,
    fsync: row.fsync,
    synchronousCommit: row.synchronous_commit,
    synchronousStandbyNames: row.synchronous_standby_names,
  };
}

interface Row {
  readonly version: string;
  readonly fsync: string;
  readonly synchronous_commit: string;
  readonly synchronous_standby_names: string;
}
