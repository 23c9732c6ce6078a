import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** The folder of the project, for sources and for what is compiled from them below `dist/`. */
export const projectRoot = findRoot(import.meta.dirname);

function findRoot(from: string): string {
  for (let folder = from; ; folder = dirname(folder)) {
    if (existsSync(join(folder, 'package-lock.json'))) return folder;
    if (dirname(folder) === folder) throw new Error('package-lock.json is missing');
  }
}
