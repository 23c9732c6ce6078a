import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { isRunningWith } from '../processes/process-table.ts';

/** The right to start and stop things in one data folder, or who has it. */
export type StartLock =
  | { readonly kind: 'ours'; readonly release: () => void }
  | { readonly kind: 'held'; readonly pid: number };

/**
 * Takes the lock of a data folder. A record whose process is gone, or is another program that was given
 * the same number, counts for nothing.
 */
export function takeStartLock(file: string, commandLinePart: string): StartLock {
  for (;;) {
    try {
      writeFileSync(file, JSON.stringify({ pid: process.pid }), { flag: 'wx' });
      return {
        kind: 'ours',
        release: () => {
          releaseOwn(file);
        },
      };
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    }
    const pid = holderOf(file);
    if (pid !== null && pid !== process.pid && isRunningWith(pid, commandLinePart)) {
      return { kind: 'held', pid };
    }
    rmSync(file, { force: true });
  }
}

function releaseOwn(file: string): void {
  if (holderOf(file) === process.pid) rmSync(file, { force: true });
}

function holderOf(file: string): number | null {
  try {
    const { pid } = JSON.parse(readFileSync(file, 'utf8')) as { readonly pid?: unknown };
    return typeof pid === 'number' ? pid : null;
  } catch {
    return null;
  }
}
