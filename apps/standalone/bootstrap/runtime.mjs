import { existsSync } from 'node:fs';
import { delimiter, dirname, join } from 'node:path';
import { root } from './root.mjs';
import { StopError } from './stop-error.mjs';

const oldest = 24;

/** The Node that the project pins for this system, else the reader's own when it is new enough. */
export function findRuntime() {
  const pinned = pinnedRuntime();
  const node = existsSync(pinned) ? pinned : ownRuntime();
  // Everything below us finds the same Node by name.
  process.env.PATH = [dirname(node), process.env.PATH].join(delimiter);
  return node;
}

function pinnedRuntime() {
  const isWindows = process.platform === 'win32';
  const name = `node-${isWindows ? 'win' : process.platform}-${process.arch}`;
  return join(root, 'node_modules', name, 'bin', isWindows ? 'node.exe' : 'node');
}

function ownRuntime() {
  if (Number(process.versions.node.split('.')[0]) >= oldest) return process.execPath;
  throw new StopError(
    `There is no bundled Node for ${process.platform}-${process.arch}, and this one is ${process.version}. ` +
      `Install Node ${oldest} or later and try again.`,
  );
}
