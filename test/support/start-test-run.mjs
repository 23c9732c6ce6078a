import { spawn } from 'node:child_process';
import { mkdtempSync, realpathSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** Gives the run a folder of its own, and a guard that clears it away even when the run is killed. */
export default function startTestRun() {
  const directory = mkdtempSync(join(realpathSync(tmpdir()), 'daymark-test-'));
  process.env.TEST_RUN_DIRECTORY = directory;
  const guard = join(import.meta.dirname, 'test-run-guard.mjs');
  spawn(process.execPath, [guard, String(process.pid)], {
    detached: true,
    stdio: 'ignore',
    env: { ...process.env, TEST_RUN_DIRECTORY: directory },
  }).unref();
}
