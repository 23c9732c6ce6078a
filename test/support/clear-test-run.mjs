import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';

/**
 * Ends every process whose command line names the run's folder, then removes the folder, and the same for databases
 * of installations in it that lie elsewhere, because Postgres' account could not get there.
 */
export async function clearTestRun(directory) {
  if (!directory || !existsSync(directory)) return;
  for (const folder of [...databasesElsewhere(directory), directory]) await clearFolder(folder);
}

/** What the installations in the folder say of databases that lie elsewhere. */
function databasesElsewhere(directory) {
  return readdirSync(directory)
    .map((name) => join(directory, name, 'postgres-is-elsewhere.txt'))
    .filter((note) => existsSync(note))
    .map((note) => dirname(readFileSync(note, 'utf8').trim()));
}

async function clearFolder(directory) {
  // Postgres gives back its shared memory on SIGQUIT, not when it is killed.
  for (const signal of ['SIGQUIT', 'SIGTERM', 'SIGKILL']) {
    const pids = processesNaming(directory);
    if (pids.length === 0) break;
    for (const pid of pids) kill(pid, signal);
    for (let turn = 0; turn < 40 && processesNaming(directory).length > 0; turn += 1)
      await pause(50);
  }
  rmSync(directory, { recursive: true, force: true, maxRetries: 5 });
}

function processesNaming(directory) {
  return allProcesses()
    .filter(({ pid, command }) => pid !== process.pid && command.includes(directory))
    .map(({ pid }) => pid);
}

function allProcesses() {
  if (process.platform !== 'linux') {
    const lines = execFileSync('ps', ['-axo', 'pid=,command='], { encoding: 'utf8' }).split('\n');
    return lines.map((line) => ({ pid: Number.parseInt(line, 10), command: line }));
  }
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map((name) => ({ pid: Number(name), command: commandLine(name) }));
}

function commandLine(pid) {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ');
  } catch {
    return '';
  }
}

function kill(pid, signal) {
  try {
    process.kill(pid, signal);
  } catch {
    // It ended in the meantime.
  }
}
