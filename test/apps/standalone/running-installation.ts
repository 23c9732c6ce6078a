import { spawn, type ChildProcess } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { signalProcess } from '../../../apps/standalone/processes/process-table.ts';
import { testRunDirectory } from '../../support/test-run.ts';

const root = join(import.meta.dirname, '../../..');

/** A start of everything, as a process of its own. */
export interface RunningStart {
  readonly pid: number;
  readonly output: () => string;
  /** Waits until it has written that. */
  readonly says: (words: string | RegExp) => Promise<void>;
  readonly exitCode: Promise<number | null>;
  readonly kill: (signal: NodeJS.Signals) => void;
}

/** A fresh data folder below the run's own; the end of the run ends whatever still names it. */
export function freshFolder(): string {
  return mkdtempSync(join(testRunDirectory(), 'standalone-'));
}

/** Starts everything as the bootstrap does once it has built. */
export function startStandalone(
  args: readonly string[],
  settings: Readonly<Record<string, string>> = {},
): RunningStart {
  const child = spawn(process.execPath, ['dist/apps/standalone/main.js', ...args], {
    cwd: root,
    env: { ...environment(), ...settings },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const output = collect(child);
  const exitCode = new Promise<number | null>((resolve) => {
    child.once('close', resolve);
  });
  return {
    pid: child.pid ?? 0,
    output,
    exitCode,
    kill: (signal) => child.kill(signal),
    says: async (words) => {
      for (;;) {
        if (typeof words === 'string' ? output().includes(words) : words.test(output())) return;
        if (child.exitCode !== null) throw new Error(`It ended: ${output()}`);
        await pause(50);
      }
    },
  };
}

/** Every process whose command line names that folder. */
export function processesOf(folder: string): readonly number[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map(Number)
    .filter((pid) => pid !== process.pid && commandLine(pid).includes(folder));
}

/** Kills all of them at once, without a word. */
export function killAll(folder: string): void {
  for (const pid of processesOf(folder)) signalProcess(pid, 'SIGKILL');
}

function commandLine(pid: number): string {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ');
  } catch {
    return '';
  }
}

function collect(child: ChildProcess): () => string {
  let text = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream?.setEncoding('utf8').on('data', (chunk: string) => {
      text += chunk;
    });
  }
  return () => text;
}

/** Nothing of the test run's own settings may reach what is started. */
function environment(): NodeJS.ProcessEnv {
  const foreign = /^(DAYMARK|DATABASE|TEMPORAL|POSTMARK|TEST|JEST|NODE_OPTIONS)/;
  return Object.fromEntries(Object.entries(process.env).filter(([name]) => !foreign.test(name)));
}
