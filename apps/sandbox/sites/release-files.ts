import { createHash } from 'node:crypto';
import { mkdir, readFile, readdir, writeFile } from 'node:fs/promises';
import { dirname, join, relative, sep } from 'node:path';

/** The files of one release by their path below its folder, written with `/`. */
export type ReleaseFiles = ReadonlyMap<string, Buffer>;

/**
 * The digest of a release: sha256 over the sorted lines `path`, NUL, `sha256(file)`, newline.
 * Two folders have one digest exactly when their files are the same.
 */
export function digestOf(files: ReleaseFiles): string {
  const lines = [...files].map(([path, content]) => `${path}\0${sha256(content)}\n`);
  return `sha256:${sha256(lines.sort(byBytes).join(''))}`;
}

/** Reads every file below a folder. */
export async function readRelease(folder: string): Promise<ReleaseFiles> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile());
  const read = await Promise.all(
    files.map(async (entry): Promise<readonly [string, Buffer]> => {
      const path = join(entry.parentPath, entry.name);
      return [relative(folder, path).split(sep).join('/'), await readFile(path)];
    }),
  );
  return new Map(read);
}

/** Writes the files into a folder that is made for them. */
export async function writeRelease(folder: string, files: ReleaseFiles): Promise<void> {
  for (const [path, content] of files) {
    const target = join(folder, path);
    await mkdir(dirname(target), { recursive: true });
    await writeFile(target, content);
  }
}

function sha256(content: Buffer | string): string {
  return createHash('sha256').update(content).digest('hex');
}

function byBytes(left: string, right: string): number {
  return Buffer.compare(Buffer.from(left), Buffer.from(right));
}
