import { execFile, spawn } from 'node:child_process';
import {
  chownSync,
  closeSync,
  existsSync,
  mkdirSync,
  openSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { promisify } from 'node:util';
import { ensureDatabase, identifyServer } from '../../../database/server.ts';
import { hasEnded, isRunningWith, isZombie, signalProcess } from '../processes/process-table.ts';
import type { Account } from './binaries.ts';

const run = promisify(execFile);

/** Where an embedded Postgres lives and how it is started. */
export interface PostgresSettings {
  readonly binaries: string;
  readonly dataDirectory: string;
  readonly port: number;
  readonly password: string;
  readonly account: Account | null;
  readonly logFile: string;
  /** Extra `name=value` server settings. */
  readonly parameters?: readonly string[];
}

/** An embedded Postgres that answers. */
export interface RunningPostgres {
  readonly pid: number;
  readonly adopted: boolean;
  /** The address of its database `daymark`, with the password. */
  readonly url: string;
}

/** Adopts the server that already runs on that data directory, else starts one. */
export async function startPostgres(settings: PostgresSettings): Promise<RunningPostgres> {
  const adopted = await adoptPostgres(settings);
  if (adopted) return adopted;
  if (!existsSync(join(settings.dataDirectory, 'PG_VERSION'))) await createCluster(settings);
  const pid = await launchUntilReady(settings);
  await ensureDatabase(urlOf(settings, 'postgres'), 'daymark');
  return { pid, adopted: false, url: urlOf(settings, 'daymark') };
}

/** Ends client sessions and stops the server; its data is complete on disk afterwards. */
export async function stopPostgres(pid: number): Promise<void> {
  signalProcess(pid, 'SIGINT');
  if (await hasEnded(pid, 20_000)) return;
  signalProcess(pid, 'SIGQUIT');
  await hasEnded(pid, 10_000);
}

/** The address of one database of that server. */
export function urlOf(
  settings: Pick<PostgresSettings, 'port' | 'password'>,
  database: string,
): string {
  return `postgres://daymark:${encodeURIComponent(settings.password)}@127.0.0.1:${settings.port}/${database}`;
}

/** The process id in `postmaster.pid`, whether or not that process still runs. */
export function recordedPostmaster(dataDirectory: string): number | null {
  try {
    const first = readFileSync(join(dataDirectory, 'postmaster.pid'), 'utf8').split('\n')[0];
    const pid = Number(first);
    return Number.isInteger(pid) && pid > 0 ? pid : null;
  } catch {
    return null;
  }
}

async function adoptPostgres(settings: PostgresSettings): Promise<RunningPostgres | null> {
  const pid = recordedPostmaster(settings.dataDirectory);
  if (pid === null || !isRunningWith(pid, settings.dataDirectory)) return null;
  try {
    const identity = await identifyServer(urlOf(settings, 'postgres'));
    if (identity.dataDirectory !== settings.dataDirectory) return null;
  } catch {
    return null;
  }
  await ensureDatabase(urlOf(settings, 'postgres'), 'daymark');
  return { pid, adopted: true, url: urlOf(settings, 'daymark') };
}

async function createCluster(settings: PostgresSettings): Promise<void> {
  const { dataDirectory, account, binaries } = settings;
  // What an interrupted initdb left behind would make it refuse.
  rmSync(dataDirectory, { recursive: true, force: true });
  mkdirSync(dataDirectory, { recursive: true, mode: 0o700 });
  const passwordFile = `${dataDirectory}.password`;
  writeFileSync(passwordFile, settings.password, { mode: 0o600 });
  if (account) {
    for (const each of [dataDirectory, passwordFile]) chownSync(each, account.uid, account.gid);
  }
  try {
    await run(
      join(binaries, 'bin', 'initdb'),
      [
        `--pgdata=${dataDirectory}`,
        '--username=daymark',
        `--pwfile=${passwordFile}`,
        '--auth=scram-sha-256',
        '--encoding=UTF8',
        '--locale-provider=builtin',
        '--builtin-locale=C.UTF-8',
        '--locale=C',
        '--no-sync',
      ],
      { ...identityOf(account), cwd: dataDirectory, env: environment() },
    );
  } catch (error) {
    throw new Error(`Postgres could not create its data in ${dataDirectory}: ${lastLine(error)}`, {
      cause: error,
    });
  } finally {
    rmSync(passwordFile, { force: true });
  }
}

/** A killed server leaves its lock, its zombie or its children behind for some seconds. */
async function launchUntilReady(settings: PostgresSettings): Promise<number> {
  for (let attempt = 1; ; attempt += 1) {
    const before = recordedPostmaster(settings.dataDirectory);
    if (before !== null && isZombie(before)) {
      await pause(500);
      rmSync(join(settings.dataDirectory, 'postmaster.pid'), { force: true });
    }
    const pid = launch(settings);
    if (await isReady(settings, pid)) return pid;
    if (attempt === 8) {
      throw new Error(
        `Postgres did not start on port ${settings.port}; see ${settings.logFile}. ` +
          `Its last word: ${lastLogLine(settings.logFile)}`,
      );
    }
    await pause(250 * attempt);
  }
}

function launch(settings: PostgresSettings): number {
  const log = openSync(settings.logFile, 'a');
  const parameters = [
    'listen_addresses=127.0.0.1',
    'unix_socket_directories=',
    'max_connections=200',
    'timezone=UTC',
    'log_timezone=UTC',
    'log_min_messages=warning',
    ...(settings.parameters ?? []),
  ];
  const child = spawn(
    join(settings.binaries, 'bin', 'postgres'),
    [
      '-D',
      settings.dataDirectory,
      '-p',
      String(settings.port),
      ...parameters.flatMap((each) => ['-c', each]),
    ],
    {
      ...identityOf(settings.account),
      cwd: settings.dataDirectory,
      env: environment(),
      // A group of its own: Ctrl-C must reach the database last, not first.
      detached: true,
      stdio: ['ignore', log, log],
    },
  );
  closeSync(log);
  child.on('error', () => undefined);
  child.unref();
  return child.pid ?? 0;
}

async function isReady(settings: PostgresSettings, pid: number): Promise<boolean> {
  if (pid === 0) return false;
  const deadline = performance.now() + 30_000;
  while (performance.now() < deadline) {
    if (await hasEnded(pid, 0)) return false;
    try {
      const identity = await identifyServer(urlOf(settings, 'postgres'));
      return identity.dataDirectory === settings.dataDirectory;
    } catch {
      await pause(50);
    }
  }
  return false;
}

function identityOf(account: Account | null): { uid?: number; gid?: number } {
  return account ? { uid: account.uid, gid: account.gid } : {};
}

function environment(): NodeJS.ProcessEnv {
  return {
    PATH: process.env['PATH'],
    LC_ALL: 'C',
    TZ: 'UTC',
    SystemRoot: process.env['SystemRoot'],
  };
}

function lastLine(error: unknown): string {
  const { stderr, message } = error as { stderr?: string; message: string };
  const lines = (stderr ?? message).trim().split('\n');
  return lines.at(-1) ?? message;
}

function lastLogLine(logFile: string): string {
  try {
    return readFileSync(logFile, 'utf8').trim().split('\n').at(-1) ?? 'nothing';
  } catch {
    return 'nothing';
  }
}
