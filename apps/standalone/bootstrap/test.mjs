import { mkdirSync, readFileSync, rmSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { ensureChromium } from './chromium.mjs';
import { root } from './root.mjs';
import { run } from './run.mjs';

const report = join(root, 'node_modules/.cache/daymark/tests.json');

/** Runs the tests of every project and says how many ran; the answer is Jest's exit code. */
export async function runTests(node, args) {
  const chromium = await ensureChromium();
  if (chromium) process.env.DAYMARK_CHROMIUM = chromium;
  rmSync(report, { force: true });
  mkdirSync(join(root, 'node_modules/.cache/daymark'), { recursive: true });
  const jest = ['--experimental-vm-modules', '--no-warnings', 'node_modules/jest/bin/jest.js'];
  const output = ['--json', `--outputFile=${report}`];
  // Many tests wait for a process or a clock: one more than there are cores keeps the cores busy.
  const atOnce = `--maxWorkers=${availableParallelism() + 1}`;
  const { code } = await run(node, [...jest, ...output, atOnce, ...args], { cwd: root });
  process.stdout.write(`${summary(chromium)}\n`);
  return code;
}

function summary(chromium) {
  const result = readReport();
  if (!result) return 'The tests did not come to an end.';
  const { numPassedTests, numFailedTests, numPendingTests, numTotalTestSuites } = result;
  const ran = numPassedTests + numFailedTests;
  const why =
    chromium || numPendingTests === 0
      ? ''
      : ' Those in a browser were skipped for want of Chromium (set DAYMARK_CHROMIUM to one).';
  return [
    `${ran} tests ran in ${numTotalTestSuites} files.${why}`,
    `Tests: ${numPassedTests} passed, ${numFailedTests} failed, ${numPendingTests} skipped`,
  ].join('\n');
}

function readReport() {
  try {
    return JSON.parse(readFileSync(report, 'utf8'));
  } catch {
    return null;
  }
}
