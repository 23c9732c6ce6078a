import { relative } from 'node:path';
import { performance } from 'node:perf_hooks';
import vm from 'node:vm';
import { createRequire } from 'node:module';
import {
  commonTokens,
  declareFactoryPlugin,
  PluginKind,
  tokens,
} from '@stryker-mutator/api/plugin';
import {
  determineHitLimitReached,
  DryRunStatus,
  TestStatus,
  toMutantRunResult,
} from '@stryker-mutator/api/test-runner';
import { bundleSpecs } from './bundle-specs.mjs';
import { collectTests } from './collect-tests.mjs';

/**
 * Runs the specs of pure rules without Jest: all of them are one script, evaluated anew for every mutant, so
 * that nothing remembered under one mutant reaches the next, and a mutant takes milliseconds.
 */
export const strykerPlugins = [declareFactoryPlugin(PluginKind.TestRunner, 'quick', createRunner)];

createRunner.inject = tokens(commonTokens.options);
function createRunner(options) {
  return new QuickRunner(options.quick.specs);
}

class QuickRunner {
  #specs;
  #script;

  constructor(specs) {
    this.#specs = specs;
  }

  capabilities() {
    return { reloadEnvironment: true };
  }

  async init() {
    const code = await bundleSpecs(process.cwd(), this.#specs);
    this.#script = new vm.Script(`(function (require, process) {${code}\n})`, {
      filename: 'specs.cjs',
    });
  }

  /** Each test is run in fresh modules, so that it covers what it would run if it were alone. */
  async dryRun() {
    const coverage = (globalThis.__stryker__ = {});
    const tests = [];
    for (const { id } of this.#collect()) {
      coverage.currentTestId = undefined;
      const test = this.#collect().find((each) => each.id === id);
      coverage.currentTestId = id;
      tests.push(await runTest(test));
    }
    return { status: DryRunStatus.Complete, tests, mutantCoverage: coverage.mutantCoverage };
  }

  async mutantRun({ activeMutant, testFilter, disableBail, hitLimit }) {
    const state = (globalThis.__stryker__ = {
      activeMutant: activeMutant.id,
      hitLimit,
      hitCount: hitLimit === undefined ? undefined : 0,
    });
    const wanted = testFilter && new Set(testFilter);
    const tests = [];
    try {
      for (const test of this.#collect()) {
        if (wanted && !wanted.has(test.id)) continue;
        tests.push(await runTest(test));
        if (!disableBail && tests.at(-1).status === TestStatus.Failed) break;
      }
    } catch (error) {
      // A rule that throws while the specs are read is found out by all of them.
      tests.push(failed({ id: 'reading the specs', fileName: '' }, error, 0));
    }
    const timeout = determineHitLimitReached(state.hitCount, state.hitLimit);
    return toMutantRunResult(timeout ?? { status: DryRunStatus.Complete, tests }, disableBail);
  }

  #collect() {
    const require = createRequire(`${process.cwd()}/package.json`);
    return collectTests(() => this.#script.runInThisContext()(require, process));
  }
}

async function runTest(test) {
  const startedAt = performance.now();
  try {
    await test.run();
    return { ...described(test, startedAt), status: TestStatus.Success };
  } catch (error) {
    return failed(test, error, startedAt);
  }
}

function failed(test, error, startedAt) {
  const failureMessage = error instanceof Error ? error.message : String(error);
  return { ...described(test, startedAt), status: TestStatus.Failed, failureMessage };
}

function described({ id, fileName }, startedAt) {
  const file = relative(process.cwd(), fileName);
  return { id, name: id, fileName: file, timeSpentMs: performance.now() - startedAt };
}
