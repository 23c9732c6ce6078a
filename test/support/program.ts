import { type ChildProcess, spawn } from 'node:child_process';
import { closeSync, existsSync, openSync, readFileSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { testRunDirectory } from './test-run.ts';

/** One of our own programs as a process, which a test may kill and start again. */
export interface Program {
  readonly name: string;
  /** Starts it and waits until it is of use. */
  readonly start: () => Promise<void>;
  /** `kill -9`; answers when it is gone. */
  readonly kill: () => Promise<void>;
  /** Asks it to end in order; answers with its exit code, null when it had to be killed. */
  readonly stop: () => Promise<number | null>;
  readonly log: () => string;
}

const root = join(import.meta.dirname, '../..');
const readyWithinMs = 60_000;

/** A program that is not started yet. Its command line names the run's folder, so that nothing is left behind. */
export function programOf(options: {
  readonly name: string;
  /** Below `dist/`. */
  readonly script: string;
  readonly environment: Readonly<Record<string, string>>;
  readonly isReady: (log: string) => Promise<boolean>;
}): Program {
  const { name, script, environment, isReady } = options;
  const logFile = join(testRunDirectory(), `${name}-${Math.random().toString(36).slice(2, 8)}.log`);
  let child: ChildProcess | null = null;
  let logStart = 0;

  const log = (): string => (existsSync(logFile) ? readFileSync(logFile, 'utf8') : '');
  const ended = async (process: ChildProcess): Promise<void> => {
    if (process.exitCode !== null || process.signalCode !== null) return;
    await new Promise((resolve) => process.once('exit', resolve));
  };

  return {
    name,
    log,
    start: async () => {
      logStart = log().length;
      const output = openSync(logFile, 'a');
      child = spawn(nodeOfRun(), [join(root, 'dist', script), testRunDirectory()], {
        cwd: root,
        env: { PATH: process.env['PATH'], HOME: process.env['HOME'], TZ: 'UTC', ...environment },
        detached: true,
        stdio: ['ignore', output, output],
      });
      closeSync(output);
      const deadline = performance.now() + readyWithinMs;
      while (!(await isReady(log().slice(logStart)))) {
        if (child.exitCode !== null) throw new Error(`${name} ended: ${log().slice(-2000)}`);
        if (performance.now() > deadline) {
          throw new Error(`${name} did not get ready: ${log().slice(-2000)}`);
        }
        await pause(50);
      }
    },
    kill: async () => {
      if (!child) return;
      child.kill('SIGKILL');
      await ended(child);
    },
    stop: async () => {
      if (!child) return 0;
      const patience = setTimeout(() => child?.kill('SIGKILL'), 45_000);
      child.kill('SIGTERM');
      await ended(child);
      clearTimeout(patience);
      return child.exitCode;
    },
  };
}

/** A link inside the run's folder: what is left of a killed run is found by that folder's name. */
function nodeOfRun(): string {
  const link = join(testRunDirectory(), 'node');
  try {
    symlinkSync(process.execPath, link);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  }
  return link;
}
