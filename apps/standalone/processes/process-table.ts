import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';

/** Whether the process runs. A zombie has ended, although the system still answers for its id. */
export function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EPERM') return false;
  }
  return !isZombie(pid);
}

/** Whether the process has ended but nobody has collected its exit code. */
export function isZombie(pid: number): boolean {
  if (process.platform !== 'linux') return false;
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    // The command in brackets may itself hold brackets and blanks.
    return stat.slice(stat.lastIndexOf(')') + 2).startsWith('Z');
  } catch {
    return false;
  }
}

/** The command line of a process with its arguments, or null when it cannot be read. */
export function commandLineOf(pid: number): readonly string[] | null {
  try {
    if (process.platform === 'linux') {
      return readFileSync(`/proc/${pid}/cmdline`, 'utf8').split('\0').filter(Boolean);
    }
    const text = execFileSync('ps', ['-o', 'command=', '-p', String(pid)], { encoding: 'utf8' });
    return text.trim().split(' ');
  } catch {
    return null;
  }
}

/** Whether the process runs and was started with this text among its arguments. */
export function isRunningWith(pid: number, argument: string): boolean {
  if (!isRunning(pid)) return false;
  const commandLine = commandLineOf(pid);
  return commandLine?.join(' ').includes(argument) ?? false;
}

/** Sends a signal; an ended process is no error. */
export function signalProcess(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(pid, signal);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
  }
}

/** Waits until the process has ended; false when it still runs after that time. */
export async function hasEnded(pid: number, withinMs: number): Promise<boolean> {
  const deadline = performance.now() + withinMs;
  while (isRunning(pid)) {
    if (performance.now() >= deadline) return false;
    await pause(25);
  }
  return true;
}

/** Asks a process to stop, and kills it when it does not within the time given. */
export async function stopProcess(
  pid: number,
  signal: NodeJS.Signals,
  graceMs: number,
): Promise<void> {
  signalProcess(pid, signal);
  if (await hasEnded(pid, graceMs)) return;
  signalProcess(pid, 'SIGKILL');
  await hasEnded(pid, 5_000);
}
