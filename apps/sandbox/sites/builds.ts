import { existsSync } from 'node:fs';
import { readFile, readdir } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { digestOf, type ReleaseFiles } from './release-files.ts';

/** The published versions of the map library that are installed side by side. */
export const leafletVersions = ['1.9.3', '1.9.4'] as const;

/** A published version of the map library. */
export type LeafletVersion = (typeof leafletVersions)[number];

/** The version every site starts with. */
export const baselineVersion: LeafletVersion = '1.9.3';

/** A build of the parking map as it is announced: what it is and what changed in it. */
export interface SandboxBuild {
  readonly version: string;
  readonly digest: string;
  /** The section of the published changelog for this version. */
  readonly notesMarkdown: string;
  /** The version it was made from; the first one has none. */
  readonly basedOn: string | null;
}

const appFiles = ['index.html', 'app.js', 'app.css'];
const libraryFiles = ['leaflet.js', 'leaflet.css'];
const packages = createRequire(import.meta.url);

/** Both builds of the parking map, oldest first, with digests of exactly the files that a site will serve. */
export async function sandboxBuilds(): Promise<readonly SandboxBuild[]> {
  return Promise.all(
    leafletVersions.map(async (version, index) => ({
      version,
      digest: digestOf(await assembleRelease({ version, leaflet: version })),
      notesMarkdown: notesForClients(changelogSection(await changelogOf(version), version)),
      basedOn: leafletVersions[index - 1] ?? null,
    })),
  );
}

/**
 * The files of a release: our page, and the published library as it came from its package.
 * A version of another name around the same library is another build, with another digest.
 */
export async function assembleRelease(release: {
  readonly version: string;
  readonly leaflet: LeafletVersion;
}): Promise<ReleaseFiles> {
  const library = join(packageFolder(release.leaflet), 'dist');
  const images = await readdir(join(library, 'images'));
  const files = new Map<string, Buffer>();
  for (const name of appFiles) files.set(name, await readFile(join(appFolder(), name)));
  for (const name of libraryFiles) files.set(name, await readFile(join(library, name)));
  for (const name of images) {
    files.set(`images/${name}`, await readFile(join(library, 'images', name)));
  }
  const manifest = { application: 'parking-map', version: release.version };
  return files.set('release.json', Buffer.from(`${JSON.stringify(manifest)}\n`));
}

/**
 * The part of a changelog below the heading of one version.
 * @throws Error naming the version when the changelog does not tell of it.
 */
export function changelogSection(changelog: string, version: string): string {
  const lines = changelog.split(/\r?\n/);
  const start = lines.findIndex((line) => line.startsWith(`## ${version} `));
  if (start < 0) throw new Error(`the changelog has no section for version ${version}`);
  const length = lines.slice(start + 1).findIndex((line) => line.startsWith('## '));
  const end = length < 0 ? lines.length : start + 1 + length;
  return lines
    .slice(start + 1, end)
    .join('\n')
    .trim();
}

/** The same without what clients do not ask for: pull requests, their authors, and little pictures. */
export function notesForClients(section: string): string {
  return section
    .replaceAll(/ \(\[#\d+\]\([^)]*\) by \[@[^\]]+\]\([^)]*\)\)/g, '')
    .replaceAll(/\p{Extended_Pictographic}\uFE0F?\s*/gu, '');
}

function changelogOf(version: LeafletVersion): Promise<string> {
  return readFile(join(packageFolder(version), 'CHANGELOG.md'), 'utf8');
}

function packageFolder(version: LeafletVersion): string {
  return dirname(packages.resolve(`leaflet-${version}/package.json`));
}

// Compiled code lies below dist/, the page does not: it is found from the root of the project.
function appFolder(): string {
  let folder = dirname(fileURLToPath(import.meta.url));
  for (;;) {
    const candidate = join(folder, 'apps', 'sandbox', 'sites', 'app');
    if (existsSync(join(candidate, 'index.html'))) return candidate;
    if (dirname(folder) === folder) throw new Error('apps/sandbox/sites/app/ is missing');
    folder = dirname(folder);
  }
}
