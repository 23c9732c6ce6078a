import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { isOpenToAll, readableFolderFor } from '../postgres/binaries.ts';

/** The file that names the installation whose database lies in that folder. */
const standsFor = 'installation.txt';

/** The places of one installation. */
export interface DataDirectory {
  readonly path: string;
  readonly ports: string;
  readonly secrets: string;
  readonly lock: string;
  readonly processes: string;
  readonly cli: string;
  readonly sandbox: string;
  readonly temporalDatabase: string;
  /** Below `path`, unless the account that Postgres runs as cannot get there. */
  readonly postgres: string;
  readonly logOf: (part: string) => string;
}

/** Makes the folders of an installation where they are missing. */
export function openDataDirectory(folder: string, postgresNeedsOpenFolder: boolean): DataDirectory {
  const path = resolve(folder);
  const logs = join(path, 'logs');
  mkdirSync(logs, { recursive: true });
  return {
    path,
    ports: join(path, 'ports.json'),
    secrets: join(path, 'secrets.json'),
    lock: join(path, 'supervisor.json'),
    processes: join(path, 'processes.json'),
    cli: join(path, 'cli.json'),
    sandbox: join(path, 'sandbox'),
    temporalDatabase: join(path, 'temporal', 'temporal.db'),
    postgres: postgresNeedsOpenFolder ? openFolderFor(path) : join(path, 'postgres'),
    logOf: (part) => join(logs, `${part}.log`),
  };
}

/** Removes an installation that is of no further use, wherever its parts lie. */
export function removeDataDirectory({ path, postgres }: DataDirectory): void {
  const database = postgres.startsWith(path) ? postgres : dirname(postgres);
  for (const folder of [database, path]) rmSync(folder, { recursive: true, force: true });
}

function openFolderFor(path: string): string {
  if (isOpenToAll(path)) return join(path, 'postgres');
  const folder = readableFolderFor(path);
  removeAbandonedBeside(folder);
  const elsewhere = join(folder, 'data');
  writeFileSync(join(folder, standsFor), `${path}\n`);
  writeFileSync(join(path, 'postgres-is-elsewhere.txt'), `${elsewhere}\n`);
  return elsewhere;
}

/** Databases that lie elsewhere are of no use once somebody has removed their installation. */
function removeAbandonedBeside(folder: string): void {
  for (const name of readdirSync(dirname(folder))) {
    const other = join(dirname(folder), name);
    if (!/^daymark-[0-9a-f]{12}$/.test(name) || !existsSync(join(other, standsFor))) continue;
    const installation = readFileSync(join(other, standsFor), 'utf8').trim();
    const isRunning = existsSync(join(other, 'data', 'postmaster.pid'));
    if (existsSync(installation) || isRunning) continue;
    rmSync(other, { recursive: true, force: true });
  }
}
