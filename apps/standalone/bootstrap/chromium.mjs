import { accessSync, constants, existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { root } from './root.mjs';
import { run } from './run.mjs';

const names = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'];

/** A Chromium for the tests in a browser; installs Debian's when it may. Null when there is none. */
export async function ensureChromium() {
  const given = process.env.DAYMARK_CHROMIUM;
  if (given && existsSync(given)) return given;
  const present = findOnPath(names);
  if (present) return present;
  if (process.getuid?.() !== 0 || !findOnPath(['apt-get'])) return null;
  process.stderr.write('Installing Chromium by apt-get for the tests in a browser\n');
  process.env.DEBIAN_FRONTEND = 'noninteractive';
  await run('apt-get', ['update', '-qq'], { cwd: root, quiet: true });
  const packages = ['install', '-y', '-qq', '--no-install-recommends', 'chromium'];
  await run('apt-get', packages, { cwd: root, quiet: true });
  return findOnPath(names);
}

function findOnPath(wanted) {
  const folders = (process.env.PATH ?? '').split(delimiter);
  const places = wanted.flatMap((name) => folders.map((folder) => join(folder, name)));
  return places.find(isExecutable) ?? null;
}

function isExecutable(file) {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
