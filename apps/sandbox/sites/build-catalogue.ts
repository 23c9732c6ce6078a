import { existsSync } from 'node:fs';
import { mkdir, readdir, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { assembleRelease, leafletVersions, type LeafletVersion } from './builds.ts';
import { digestOf, readRelease, writeRelease } from './release-files.ts';

/** A build that lies ready to be deployed. */
export interface CataloguedBuild {
  readonly version: string;
  readonly digest: string;
}

/** The builds a deployer can fetch: one folder per version, kept over restarts. */
export interface BuildCatalogue {
  readonly list: () => readonly CataloguedBuild[];
  readonly find: (build: CataloguedBuild) => CataloguedBuild | undefined;
  readonly folderOf: (version: string) => string;
  /** Makes a further build: another version name around a published library. */
  readonly add: (release: {
    readonly version: string;
    readonly leaflet: LeafletVersion;
  }) => Promise<CataloguedBuild>;
}

/** Opens the catalogue in a folder and puts the published builds into it. */
export async function openBuildCatalogue(folder: string): Promise<BuildCatalogue> {
  await mkdir(folder, { recursive: true });
  const builds = new Map<string, CataloguedBuild>();
  const folderOf = (version: string): string => join(folder, version);

  async function add(release: { version: string; leaflet: LeafletVersion }) {
    if (!/^[0-9A-Za-z][0-9A-Za-z.+-]{0,63}$/.test(release.version)) {
      throw new Error(`"${release.version}" is no version; write 1.9.5 or 1.9.5-2`);
    }
    const files = await assembleRelease(release);
    const build = { version: release.version, digest: digestOf(files) };
    await replaceFolder(folderOf(release.version), (fresh) => writeRelease(fresh, files));
    builds.set(release.version, build);
    return build;
  }

  for (const version of await readdir(folder)) {
    if (version.endsWith('.new')) continue;
    builds.set(version, { version, digest: digestOf(await readRelease(folderOf(version))) });
  }
  for (const version of leafletVersions) await add({ version, leaflet: version });

  return {
    list: () => [...builds.values()],
    find: ({ version, digest }) => {
      const build = builds.get(version);
      return build?.digest === digest ? build : undefined;
    },
    folderOf,
    add,
  };
}

// A start that was killed half-way leaves a ".new" folder, never half a build.
async function replaceFolder(
  target: string,
  fill: (fresh: string) => Promise<void>,
): Promise<void> {
  const fresh = `${target}.new`;
  await rm(fresh, { recursive: true, force: true });
  await fill(fresh);
  if (existsSync(target)) await rm(target, { recursive: true, force: true });
  await rename(fresh, target);
}
