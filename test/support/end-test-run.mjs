import { clearTestRun } from './clear-test-run.mjs';

/** Stops what the run's tests shared. */
export default async function endTestRun() {
  await clearTestRun(process.env.TEST_RUN_DIRECTORY);
}
