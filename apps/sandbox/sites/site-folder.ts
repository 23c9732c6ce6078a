import { randomUUID } from 'node:crypto';
import { cp, mkdir, open, readFile, readdir, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { digestOf, readRelease } from './release-files.ts';

/** What a site runs, read from its files. */
export interface SiteReading {
  readonly version: string;
  readonly digest: string;
}

/** How many replaced releases stay, so that a request that began before a swap still finds its files. */
const keptReleases = 2;

/** One site's files: releases side by side, and a pointer to the one that is served. */
export interface SiteFolder {
  /** The folder that is served now, or null before the first release. */
  readonly current: () => Promise<string | null>;
  /** Copies a build into a folder of its own, then moves the pointer in one step. */
  readonly install: (buildFolder: string) => Promise<void>;
}

/** Opens a site's folder; a swap that was cut short by a crash has changed nothing. */
export function openSiteFolder(folder: string): SiteFolder {
  const pointer = join(folder, 'current');
  const releases = join(folder, 'releases');

  async function currentName(): Promise<string | null> {
    return readFile(pointer, 'utf8').catch((error: unknown) => {
      if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
      throw error;
    });
  }

  async function install(buildFolder: string): Promise<void> {
    const before = await currentName();
    const name = `${new Date().toISOString().replaceAll(':', '-')}-${randomUUID().slice(0, 8)}`;
    await mkdir(releases, { recursive: true });
    await cp(buildFolder, join(releases, name), { recursive: true });
    await writePointer(pointer, name);
    await removeOldReleases(releases, new Set([name, before]));
  }

  return {
    current: async () => {
      const name = await currentName();
      return name === null ? null : join(releases, name);
    },
    install,
  };
}

/**
 * The version and digest of a release folder, computed from its files.
 * @throws Error when the folder holds no release.
 */
export async function readSite(releaseFolder: string): Promise<SiteReading> {
  const files = await readRelease(releaseFolder);
  const manifest = files.get('release.json');
  if (!manifest) throw new Error('the release has no release.json');
  const { version } = JSON.parse(manifest.toString('utf8')) as { readonly version: string };
  return { version, digest: digestOf(files) };
}

// Rename replaces the pointer in one step, on every file system and without the right to make links.
async function writePointer(pointer: string, name: string): Promise<void> {
  const fresh = `${pointer}.${randomUUID().slice(0, 8)}`;
  const file = await open(fresh, 'w');
  try {
    await file.writeFile(name);
    await file.sync();
  } finally {
    await file.close();
  }
  await rename(fresh, pointer);
}

async function removeOldReleases(releases: string, inUse: Set<string | null>): Promise<void> {
  const names = (await readdir(releases)).sort();
  const old = names.slice(0, -keptReleases).filter((name) => !inUse.has(name));
  await Promise.all(old.map((name) => rm(join(releases, name), { recursive: true, force: true })));
}
