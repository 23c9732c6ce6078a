import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { closeSync, existsSync, openSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import type { DataDirectory } from '../data/data-directory.ts';
import { hasEnded, isRunningWith, stopProcess } from '../processes/process-table.ts';
import { StartProblem, type Part, type StartAttempt } from '../supervision/part.ts';
import type { ProcessRecords } from '../supervision/process-records.ts';
import { demandFreePort } from './demand-free-port.ts';

const readyWithinMs = 60_000;
/** A worker gives a call that is under way 40 s; the kill comes after that. */
const stopWithinMs = 50_000;

/** One of our own programs. */
export interface Program {
  readonly name: string;
  /** Below the project's root. */
  readonly script: string;
  readonly environment: NodeJS.ProcessEnv;
  readonly ports: readonly number[];
  /** Whether the running program is of use. */
  readonly isReady: (said: Said) => Promise<boolean>;
}

/** What a program has written since its start. */
export interface Said {
  readonly logFile: string;
  readonly from: number;
}

/**
 * A part that runs one of our own programs. One that still runs is adopted only when it was started from the same
 * build with the same settings; otherwise it is stopped and started anew.
 */
export function nodePart(
  place: {
    readonly root: string;
    readonly directory: DataDirectory;
    readonly records: ProcessRecords;
  },
  program: Program,
): Part {
  const { root, directory, records } = place;
  const { name } = program;
  const startedWith = digestOf(root, program);
  // Names the installation in the process table; the programs read no arguments.
  const marker = `--installation=${directory.path}`;

  async function adopt(): Promise<number | null> {
    const record = records.read(name);
    if (!record || !isRunningWith(record.pid, marker)) return null;
    const isReady = await program.isReady({ logFile: directory.logOf(name), from: 0 });
    if (record.startedWith === startedWith && isReady) return record.pid;
    await stopProcess(record.pid, 'SIGTERM', stopWithinMs);
    return null;
  }

  async function start({ signal }: StartAttempt): Promise<number> {
    for (const port of program.ports) await demandFreePort(port, name, directory.ports);
    const logFile = directory.logOf(name);
    const from = existsSync(logFile) ? statSync(logFile).size : 0;
    const pid = launch(root, program, { marker, logFile });
    records.write(name, { pid, startedWith });
    const isReady = (): Promise<boolean> => program.isReady({ logFile, from });
    const verdict = await waitUntilReady(isReady, pid, signal);
    if (verdict === 'ready') return pid;
    await stopProcess(pid, 'SIGTERM', stopWithinMs);
    throw new StartProblem(
      `${name} ${verdict}; see ${logFile}. Its last word: ${lastLineOf(logFile)}`,
    );
  }

  return {
    name,
    adopt,
    start,
    stop: async (pid) => {
      await stopProcess(pid, 'SIGTERM', stopWithinMs);
      records.write(name, null);
    },
  };
}

function launch(
  root: string,
  { script, environment }: Program,
  { marker, logFile }: { readonly marker: string; readonly logFile: string },
): number {
  const log = openSync(logFile, 'a');
  const child = spawn(process.execPath, [join(root, script), marker], {
    cwd: root,
    env: environment,
    // A group of its own, so that Ctrl-C reaches it only through us, in order.
    detached: true,
    stdio: ['ignore', log, log],
  });
  closeSync(log);
  child.on('error', () => undefined);
  child.unref();
  return child.pid ?? 0;
}

async function waitUntilReady(
  isReady: () => Promise<boolean>,
  pid: number,
  signal: AbortSignal,
): Promise<'ready' | 'ended' | 'did not get ready' | 'was told to stop'> {
  const deadline = performance.now() + readyWithinMs;
  while (performance.now() < deadline) {
    if (signal.aborted) return 'was told to stop';
    if (pid === 0 || (await hasEnded(pid, 0))) return 'ended';
    if (await isReady()) return 'ready';
    await pause(50);
  }
  return 'did not get ready';
}

function digestOf(root: string, { script, environment }: Program): string {
  const settings = Object.entries(environment)
    .filter(([name]) => /^(DAYMARK|DATABASE|TEMPORAL|POSTMARK)_/.test(name))
    .sort();
  return createHash('sha256')
    .update(JSON.stringify([script, process.version, settings]))
    .update(readFileSync(join(root, 'dist', '.made-from.json')))
    .digest('hex');
}

/** The last line that says something; below an error Node only draws its stack and its own version. */
function lastLineOf(logFile: string): string {
  const lines = readFileSync(logFile, 'utf8').split('\n');
  const telling = lines.filter((line) => /^\S/.test(line) && !/^(Node\.js v|[{}])/.test(line));
  return telling.at(-1)?.slice(0, 500) ?? 'nothing';
}
