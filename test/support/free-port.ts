import { randomInt } from 'node:crypto';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { isPortFree } from '../../apps/standalone/processes/is-port-free.ts';
import { testRunDirectory } from './test-run.ts';

/**
 * Above the ports of installations, below those that systems give to outgoing connections: a port from
 * there could be taken by anybody's connection before the test listens on it.
 */
const [lowest, beyond] = [25_000, 32_000] as const;

/** A port of the loopback address that is free and that nobody else in this test run is given. */
export async function freePort(): Promise<number> {
  const folder = join(testRunDirectory(), 'ports');
  mkdirSync(folder, { recursive: true });
  for (let turn = 0; turn < beyond - lowest; turn += 1) {
    const port = randomInt(lowest, beyond);
    if (reserve(join(folder, String(port))) && (await isPortFree(port))) return port;
  }
  throw new Error(`No free port was found between ${lowest} and ${beyond}.`);
}

function reserve(record: string): boolean {
  try {
    writeFileSync(record, '', { flag: 'wx' });
    return true;
  } catch {
    return false;
  }
}
