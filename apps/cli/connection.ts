import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { CliFailure } from './cli-failure.ts';

/** Which Daymark is spoken to, and as whom. */
export interface Connection {
  readonly url: string;
  readonly token: string;
}

/**
 * Finds the API: `DAYMARK_URL` and `DAYMARK_TOKEN`, else the `.daymark/cli.json` that `npm start` wrote, in the
 * current folder or one above it, or beside this installation.
 * @throws CliFailure when there is neither.
 */
export function findConnection(
  environment: Readonly<Record<string, string | undefined>>,
  folders: { readonly current: string; readonly installation: string },
): Connection {
  const { DAYMARK_URL: url, DAYMARK_TOKEN: token } = environment;
  if (url && token) return { url, token };
  if (url ?? token) {
    const missing = url ? 'DAYMARK_TOKEN' : 'DAYMARK_URL';
    throw new CliFailure('usage', `Set ${missing} too; one of the two alone is of no use.`);
  }
  const file = [...upwards(folders.current), folders.installation]
    .map((folder) => join(folder, '.daymark', 'cli.json'))
    .find((each) => existsSync(each));
  if (file === undefined) {
    throw new CliFailure(
      'unreachable',
      'No Daymark is known here. Run "npm start" first, or set DAYMARK_URL and DAYMARK_TOKEN.',
    );
  }
  return readConnection(file);
}

function readConnection(file: string): Connection {
  try {
    const read = JSON.parse(readFileSync(file, 'utf8')) as Partial<Connection>;
    if (typeof read.url === 'string' && typeof read.token === 'string') {
      return { url: read.url, token: read.token };
    }
  } catch {
    // Said below.
  }
  throw new CliFailure('failed', `${file} cannot be read. "npm start" writes it anew.`);
}

function upwards(folder: string): readonly string[] {
  const parent = dirname(folder);
  return parent === folder ? [folder] : [folder, ...upwards(parent)];
}
