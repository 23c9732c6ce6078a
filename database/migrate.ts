import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { runner } from 'node-pg-migrate';
import { openPool } from './pool.ts';
import { readdir } from 'node:fs/promises';

const migrations = join(dirname(fileURLToPath(import.meta.url)), 'migrations');
const table = 'schema_migration';

/** Brings the schema forward; two callers at once are safe, the second waits for the first. */
export async function migrate(url: string): Promise<readonly string[]> {
  const ran = await runner({
    databaseUrl: url,
    dir: migrations,
    migrationsTable: table,
    direction: 'up',
    count: Infinity,
    advisoryLockMode: 'wait',
    log: () => undefined,
  });
  return ran.map((migration) => migration.name);
}

export type SchemaState =
  | { readonly kind: 'current' }
  | { readonly kind: 'behind'; readonly missing: readonly string[] }
  | { readonly kind: 'ahead'; readonly unknown: readonly string[] };

/** Compares what the database has with what this release brings; no process starts on a schema it does not know. */
export async function readSchemaState(url: string): Promise<SchemaState> {
  const pool = openPool(url, 1);
  try {
    const known = (await readdir(migrations))
      .filter((file) => file.endsWith('.sql'))
      .map((file) => file.replace(/\.sql$/, ''))
      .sort();
    const present = await pool.rows<{ exists: boolean }>(
      `select to_regclass($1) is not null as exists`,
      [table],
    );
    const applied = present[0]?.exists
      ? await pool.rows<{ name: string }>(`select m.name from ${table} as m order by m.name`)
      : [];
    const names = new Set(applied.map((row) => row.name));
    const missing = known.filter((name) => !names.has(name));
    const unknown = [...names].filter((name) => !known.includes(name));
    if (missing.length > 0) return { kind: 'behind', missing };
    return unknown.length > 0 ? { kind: 'ahead', unknown } : { kind: 'current' };
  } finally {
    await pool.end();
  }
}
