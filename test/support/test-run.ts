import {
  mkdtempSync,
  readFileSync,
  realpathSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { isRunning } from '../../apps/standalone/processes/process-table.ts';

/** The folder of this test run, shared by all of Jest's processes and cleared at its end. */
export function testRunDirectory(): string {
  const given = process.env['TEST_RUN_DIRECTORY'];
  if (given) return given;
  const own = mkdtempSync(join(realpathSync(tmpdir()), 'daymark-test-'));
  process.env['TEST_RUN_DIRECTORY'] = own;
  return own;
}

/** Makes a thing once per test run, whichever process asks first; the others read what it wrote. */
export async function oncePerRun<Thing>(name: string, make: () => Promise<Thing>): Promise<Thing> {
  const record = join(testRunDirectory(), `${name}.json`);
  const lock = `${record}.lock`;
  for (;;) {
    const made = read(record) as Thing | null;
    if (made !== null) return made;
    if (!takeLock(lock)) {
      await pause(50);
      continue;
    }
    try {
      const again = read(record) as Thing | null;
      if (again !== null) return again;
      const thing = await make();
      writeFileSync(`${record}.new`, JSON.stringify(thing));
      renameSync(`${record}.new`, record);
      return thing;
    } finally {
      rmSync(lock, { force: true });
    }
  }
}

function read(record: string): unknown {
  try {
    return JSON.parse(readFileSync(record, 'utf8'));
  } catch {
    return null;
  }
}

function takeLock(lock: string): boolean {
  try {
    writeFileSync(lock, String(process.pid), { flag: 'wx' });
    return true;
  } catch {
    removeAbandoned(lock);
    return false;
  }
}

function removeAbandoned(lock: string): void {
  try {
    const holder = Number(readFileSync(lock, 'utf8'));
    if (holder > 0 && !isRunning(holder)) rmSync(lock, { force: true });
  } catch {
    // Released in the meantime.
  }
}
