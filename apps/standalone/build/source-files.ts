import { readdirSync } from 'node:fs';
import { extname, join, relative, sep } from 'node:path';

const rooms = [
  'domain',
  'workflows',
  'activities',
  'integrations',
  'database',
  'templates',
  'apps',
];
/** The bootstrap runs from its source, before there is anything built. */
const leftOut = /^apps\/(web\/|standalone\/(bootstrap|compile-zone-data))|\.md$|\.d\.ts$/;

/** Paths of the files that become `dist/`, below the root and with `/`. */
export function serverFiles(root: string): readonly string[] {
  return rooms.flatMap((folder) => filesBelow(root, folder)).filter((file) => !leftOut.test(file));
}

/** What the workflow bundle is made from. */
export function workflowFiles(root: string): readonly string[] {
  return ['workflows', 'domain'].flatMap((folder) => filesBelow(root, folder)).filter(isScript);
}

/** What the staff screens are made from. */
export function webFiles(root: string): readonly string[] {
  return filesBelow(root, 'apps/web');
}

/** Whether a file is compiled; all others are copied as they are. */
export function isScript(file: string): boolean {
  return extname(file) === '.ts';
}

function filesBelow(root: string, folder: string): readonly string[] {
  return readdirSync(join(root, folder), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => relative(root, join(entry.parentPath, entry.name)).split(sep).join('/'))
    .filter((file) => !/(^|\/)(node_modules|dist)\//.test(file))
    .sort();
}
