import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { root } from './root.mjs';
import { run } from './run.mjs';
import { StopError } from './stop-error.mjs';

const modules = join(root, 'node_modules');
const mark = join(modules, '.daymark-installed');
const lock = join(root, '.daymark', 'install.lock');

/** Installs the packages when they are missing or not those of the lock file. */
export async function ensureInstalled() {
  if (isInstalled()) return;
  await holdLock();
  try {
    if (!isInstalled()) await install();
  } finally {
    rmSync(lock, { force: true });
  }
}

async function install() {
  process.stderr.write('Installing packages (half a minute the first time)\n');
  const npm = npmCommand();
  const { code, output } = await run(npm.file, [...npm.args, 'ci', '--loglevel=error'], {
    cwd: root,
    quiet: true,
    shell: npm.shell,
  });
  if (code !== 0) {
    throw new StopError(`${output.trim()}\nThe packages could not be installed by "npm ci".`, code);
  }
  writeFileSync(mark, wantedHash());
}

/** Whoever installs by hand with npm is not made to wait for a second time: npm's own record is believed. */
function isInstalled() {
  if (existsSync(mark) && readFileSync(mark, 'utf8') === wantedHash()) return true;
  if (!agreesWithLockFile()) return false;
  writeFileSync(mark, wantedHash());
  return true;
}

function agreesWithLockFile() {
  const record = join(modules, '.package-lock.json');
  if (!existsSync(record)) return false;
  const present = packagesOf(record);
  return Object.entries(packagesOf(join(root, 'package-lock.json'))).every(([place, wanted]) => {
    if (place === '') return true;
    const found = present[place];
    return found ? found.version === wanted.version : wanted.optional === true;
  });
}

function packagesOf(file) {
  try {
    return JSON.parse(readFileSync(file, 'utf8')).packages ?? {};
  } catch {
    return {};
  }
}

// The platform belongs to it: a folder carried to another machine holds the wrong binaries.
function wantedHash() {
  return createHash('sha256')
    .update(readFileSync(join(root, 'package-lock.json')))
    .update(`${process.platform}-${process.arch}`)
    .digest('hex');
}

/** npm tells where it is when it started us; otherwise it is on the PATH. */
function npmCommand() {
  const own = process.env.npm_execpath;
  if (own?.endsWith('.js')) return { file: process.execPath, args: [own], shell: false };
  return { file: 'npm', args: [], shell: process.platform === 'win32' };
}

/** Two starts in a fresh clone must not install into each other's folder. */
async function holdLock() {
  mkdirSync(join(root, '.daymark'), { recursive: true });
  for (;;) {
    try {
      writeFileSync(lock, String(process.pid), { flag: 'wx' });
      return;
    } catch {
      if (isAbandoned()) rmSync(lock, { force: true });
      await pause(200);
    }
  }
}

function isAbandoned() {
  try {
    process.kill(Number(readFileSync(lock, 'utf8')), 0);
    return false;
  } catch (error) {
    return error.code === 'ESRCH';
  }
}
