import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { constants } from 'node:os';

const children = new Set();
let stoppedBy = null;

for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) {
  process.on(signal, () => {
    stop(signal);
  });
}

/**
 * Runs a program and waits for its end. With `quiet` its words are kept and returned instead of shown.
 * After a signal nothing further is started.
 */
export async function run(file, args, { cwd, quiet = false, shell = false } = {}) {
  if (stoppedBy) return { code: 128 + constants.signals[stoppedBy], output: '' };
  const words = [];
  const code = await new Promise((resolve) => {
    const child = spawn(file, args, {
      cwd,
      shell,
      stdio: quiet ? ['ignore', 'pipe', 'pipe'] : 'inherit',
    });
    children.add(child);
    for (const stream of [child.stdout, child.stderr]) {
      stream?.on('data', (chunk) => words.push(chunk));
    }
    child.once('error', (error) => {
      children.delete(child);
      words.push(Buffer.from(`${file}: ${error.message}\n`));
      resolve(1);
    });
    child.once('close', (exitCode, signal) => {
      children.delete(child);
      resolve(exitCode ?? 128 + (constants.signals[signal] ?? 0));
    });
  });
  return { code, output: Buffer.concat(words).toString('utf8') };
}

/**
 * npm does not hand a TERM on, and a killed one cannot: so whoever started us is watched.
 * Between npm and us there may be a shell that outlives npm.
 */
export function stopWithParent() {
  if (process.env.npm_lifecycle_event === undefined) return;
  const parent = process.ppid;
  const npm = isShell(parent) ? parentOf(parent) : null;
  const watch = setInterval(() => {
    const isOrphan = process.ppid !== parent || (npm !== null && parentOf(parent) !== npm);
    if (!isOrphan) return;
    clearInterval(watch);
    stop('SIGTERM');
  }, 500);
  watch.unref();
}

// Ctrl-C reaches the whole group, so a child may hear it twice; ours stop once.
function stop(signal) {
  stoppedBy ??= signal;
  for (const child of children) child.kill(signal);
}

function isShell(pid) {
  if (process.platform !== 'linux') return false;
  const [program = '', option] = readText(`/proc/${pid}/cmdline`).split('\0');
  return /(^|\/)(ba|da|z)?sh$/.test(program) && option === '-c';
}

function parentOf(pid) {
  const stat = readText(`/proc/${pid}/stat`);
  return Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1]);
}

function readText(file) {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return '';
  }
}
