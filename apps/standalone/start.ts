import { join } from 'node:path';
import { createProgress, type Progress } from './display/progress.ts';
import { welcome } from './display/welcome.ts';
import { addressesOf } from './addresses.ts';
import {
  openDataDirectory,
  removeDataDirectory,
  type DataDirectory,
} from './data/data-directory.ts';
import { readOrChoosePorts } from './data/ports.ts';
import { readOrMakeSecrets, writePrivately } from './data/secrets.ts';
import { takeStartLock } from './data/start-lock.ts';
import { showReadersApproval } from './demo/readers-approval.ts';
import { approversOf, readersClient } from './demo/sample-clients.ts';
import { playDemo } from './demo/play-demo.ts';
import { runOnce, type Played } from './once/run-once.ts';
import type { StartOptions } from './options.ts';
import { accountForPostgres } from './postgres/binaries.ts';
import { urlOf } from './postgres/postgres-server.ts';
import { isDemo, type Installation } from './program-settings.ts';
import { namesOfReplaced, readReplacedParts, type ReplacedParts } from './replaced-parts.ts';
import { startEverything } from './start-everything.ts';
import { StartProblem } from './supervision/part.ts';
import { Supervisor } from './supervision/supervisor.ts';

/** One start of everything on this machine. */
export interface Start {
  readonly options: StartOptions;
  readonly root: string;
  readonly environment: NodeJS.ProcessEnv;
  readonly stopped: AbortSignal;
  readonly output: NodeJS.WriteStream;
  readonly result: NodeJS.WriteStream;
}

/** Starts everything, keeps it running until told to stop, stops it. Answers with the exit code. */
export async function start(given: Start): Promise<number> {
  const { options, output } = given;
  const replaced = readReplacedParts(given.environment);
  refuseOnceWithReplaced(options, replaced);
  const directory = openDirectory(given, replaced);
  const lock = takeStartLock(directory.lock, 'apps/standalone/main');
  if (lock.kind === 'held') return await sayAlreadyRunning(given, directory, lock.pid);
  const progress = createProgress(output);
  const supervisor = new Supervisor(progress);
  let played: Played | null;
  try {
    played = await untilStopped(given.stopped, async () => {
      const installation = await openInstallation(given, replaced, directory);
      return await run({ given, installation, supervisor, progress });
    });
  } finally {
    await supervisor.stop();
    lock.release();
  }
  if (!options.once) return 0;
  if (played?.isDone && options.data === null) removeDataDirectory(directory);
  else progress.say(`Data and logs are in ${directory.path}`);
  // After everything else, so that it is the last line wherever the output goes.
  if (played && options.json) given.result.write(`${JSON.stringify(played.summary)}\n`);
  return played?.isDone ? 0 : 1;
}

interface Run {
  readonly given: Start;
  readonly installation: Installation;
  readonly supervisor: Supervisor;
  readonly progress: Progress;
}

async function run({ given, installation, supervisor, progress }: Run): Promise<Played> {
  const { options, output } = given;
  const { ports, secrets, replaced, directory } = installation;
  await startEverything(installation, { supervisor, progress });
  const addresses = addressesOf(ports, given.environment['DAYMARK_BASE_URL']);
  writePrivately(directory.cli, { url: `http://127.0.0.1:${ports.api}`, token: secrets.token });
  if (options.once) return await runOnce({ installation, addresses, progress });
  const demo = isDemo(replaced);
  if (demo) await playDemo({ installation, addresses, progress });
  output.write(welcome({ addresses, directory, secrets: demo ? secrets : null, replaced }));
  // What is only told to the reader must not end what runs.
  if (demo) await showReadersApproval({ installation, addresses, output }).catch(() => undefined);
  return await new Promise<never>(() => undefined);
}

/** A stop ends the work wherever it is; then there is nothing to tell. */
async function untilStopped(
  stopped: AbortSignal,
  work: () => Promise<Played>,
): Promise<Played | null> {
  const stop = new Promise<null>((resolve) => {
    if (stopped.aborted) resolve(null);
    stopped.addEventListener('abort', () => {
      resolve(null);
    });
  });
  // Without a timer nothing would keep a process alive whose children are not tied to it.
  const alive = setInterval(() => undefined, 60_000);
  try {
    return await Promise.race([work(), stop]);
  } finally {
    clearInterval(alive);
  }
}

function refuseOnceWithReplaced({ once }: StartOptions, replaced: ReplacedParts): void {
  const names = namesOfReplaced(replaced);
  if (!once || names.length === 0) return;
  throw new StartProblem(
    `--once plays a demo, and a demo needs every part embedded. Unset ${names.join(', ')} and try again.`,
    2,
  );
}

function openDirectory({ options, root }: Start, replaced: ReplacedParts): DataDirectory {
  const usual = join(root, '.daymark');
  const fresh = join(usual, `once-${new Date().toISOString().replaceAll(/[:.]/g, '-')}`);
  const runsPostgres = replaced.databaseUrl === null;
  const needsOpenFolder = runsPostgres && accountForPostgres() !== null;
  return openDataDirectory(options.data ?? (options.once ? fresh : usual), needsOpenFolder);
}

async function openInstallation(
  { options, root, environment }: Start,
  replaced: ReplacedParts,
  directory: DataDirectory,
): Promise<Installation> {
  const ports = await readOrChoosePorts(directory.ports);
  const secrets = readOrMakeSecrets(directory.secrets);
  const own = { port: ports.postgres, password: secrets.postgresPassword };
  const readers = approversOf(root, readersClient);
  return {
    ...{ root, directory, ports, secrets, replaced },
    databaseUrl: replaced.databaseUrl ?? urlOf(own, 'daymark'),
    contacts: contactsOf(options, replaced, readers),
    given: environment,
  };
}

/** Contacts answer by themselves in a demo only; a plain start leaves one of them to the reader. */
function contactsOf(
  { once }: StartOptions,
  replaced: ReplacedParts,
  readers: readonly string[],
): string {
  if (!isDemo(replaced)) return 'off';
  return once ? 'all' : `all-but:${readers.join(',')}`;
}

async function sayAlreadyRunning(
  { options, environment, output }: Start,
  directory: DataDirectory,
  pid: number,
): Promise<number> {
  if (options.once) {
    throw new StartProblem(
      `Daymark is already running on ${directory.path} (process ${pid}). Stop it first, or name another folder by --data.`,
    );
  }
  const ports = await readOrChoosePorts(directory.ports);
  const addresses = addressesOf(ports, environment['DAYMARK_BASE_URL']);
  output.write(
    `Daymark is already running (process ${pid}).\n\n  Staff screens  ${addresses.daymark}\n  Inbox          ${addresses.inbox}\n`,
  );
  return 0;
}
