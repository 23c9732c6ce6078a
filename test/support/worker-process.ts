import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';

/** A worker in a process of its own, as it runs in production. */
export interface WorkerProcess {
  /** Waits for a line of its log with that message. */
  readonly said: (message: string) => Promise<LogLine>;
  readonly signal: (name: NodeJS.Signals) => void;
  /** Resolves with the exit code and what it wrote on standard error. */
  readonly ended: Promise<{ readonly code: number | null; readonly complaint: string }>;
}

type LogLine = Readonly<Record<string, unknown>> & { readonly msg: string };

const main = join(import.meta.dirname, '../../apps/worker/main.ts');

/** Starts a worker with exactly these settings. */
export function startWorkerProcess(settings: Readonly<Record<string, string>>): WorkerProcess {
  const child = spawn(process.execPath, ['--no-warnings', main], {
    env: { PATH: process.env['PATH'] ?? '', ...settings },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const lines: LogLine[] = [];
  const waiting = new Set<() => void>();
  createInterface({ input: child.stdout }).on('line', (line) => {
    lines.push(JSON.parse(line) as LogLine);
    for (const look of waiting) look();
  });
  return {
    said: (message) =>
      new Promise((resolve, reject) => {
        const look = (): void => {
          const index = lines.findIndex((line) => line.msg === message);
          if (index < 0) return;
          waiting.delete(look);
          resolve(lines.splice(0, index + 1).at(-1)!);
        };
        waiting.add(look);
        child.once('exit', () => {
          reject(new Error(`The worker ended without saying "${message}"`));
        });
        look();
      }),
    signal: (name) => {
      child.kill(name);
    },
    ended: endOf(child),
  };
}

async function endOf(child: ChildProcess): Promise<Awaited<WorkerProcess['ended']>> {
  let complaint = '';
  child.stderr?.on('data', (part: Buffer) => {
    complaint += part.toString();
  });
  const [code] = (await once(child, 'close')) as [number | null];
  return { code, complaint };
}
