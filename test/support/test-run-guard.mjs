import { setTimeout as pause } from 'node:timers/promises';
import { clearTestRun } from './clear-test-run.mjs';

/** Watches the test run and clears up after it, however it ended. */
const watched = Number(process.argv[2]);
process.on('SIGINT', () => undefined);
process.on('SIGTERM', () => undefined);
while (runs(watched)) await pause(500);
await clearTestRun(process.env.TEST_RUN_DIRECTORY);

function runs(pid) {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}
