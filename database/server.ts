import pg from 'pg';

/** What a running server says about itself; it decides whether a server is the one we started. */
export interface ServerIdentity {
  readonly dataDirectory: string;
  readonly serverVersion: string;
}

/** Asks the server behind a URL where its data lies. */
export async function identifyServer(url: string): Promise<ServerIdentity> {
  return await withClient(url, async (client) => {
    const result = await client.query<{ data_directory: string; server_version: string }>(
      `select current_setting('data_directory') as data_directory,
              current_setting('server_version') as server_version`,
    );
    const row = result.rows[0];
    if (!row) throw new Error('the server did not describe itself');
    return { dataDirectory: row.data_directory, serverVersion: row.server_version };
  });
}

/** Makes sure a database of that name exists on the server behind the URL. */
export async function ensureDatabase(url: string, name: string): Promise<void> {
  await withClient(url, async (client) => {
    const found = await client.query(
      'select 1 from pg_catalog.pg_database d where d.datname = $1',
      [name],
    );
    if (found.rowCount === 0) await client.query(`create database ${pg.escapeIdentifier(name)}`);
  });
}

/** Makes a database as a file copy of another one, in milliseconds. */
export async function copyDatabase(url: string, template: string, name: string): Promise<void> {
  await withClient(url, async (client) => {
    await client.query(
      `create database ${pg.escapeIdentifier(name)} template ${pg.escapeIdentifier(template)}`,
    );
  });
}

/** Removes a database and whoever is still connected to it. */
export async function dropDatabase(url: string, name: string): Promise<void> {
  await withClient(url, async (client) => {
    await client.query(`drop database if exists ${pg.escapeIdentifier(name)} with (force)`);
  });
}

async function withClient<Answer>(
  url: string,
  use: (client: pg.Client) => Promise<Answer>,
): Promise<Answer> {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 5_000 });
  // A server that goes away while we talk to it answers through the query, not by an event.
  client.on('error', () => undefined);
  await client.connect();
  try {
    return await use(client);
  } finally {
    await client.end().catch(() => undefined);
  }
}
