/** Stryker for one room of the domain; its outcome is kept, so that a second run judges only what changed. */
export function strykerForRoom(room, mutate) {
  const cache = `node_modules/.cache/daymark/mutation-${room}`;
  return {
    plugins: ['./test/mutation/quick-runner.mjs'],
    testRunner: 'quick',
    quick: {
      specs: {
        include: `test/domain/${room}/{*,planning/*}.spec.ts`,
        // They ask the machine, or try so much that they would be slow for every mutant: the tables must do.
        leaveOut: [
          'coverage-properties',
          'day-properties',
          'plan-properties',
          'properties',
          'runtime-zones',
          'same-answers',
          'scope-properties',
        ],
      },
    },
    mutate,
    ignorePatterns: ['**', '!domain/**', '!test/{domain,cases,mutation}/**', '!package.json'],
    coverageAnalysis: 'perTest',
    concurrency: 2,
    timeoutMS: 5000,
    // On a busy machine the first run, every test in modules of its own, takes longer than the usual five.
    dryRunTimeoutMinutes: 30,
    incremental: true,
    incrementalFile: `${cache}/incremental.json`,
    tempDirName: `.daymark/cache/mutation-${room}`,
    reporters: ['clear-text', 'json'],
    jsonReporter: { fileName: `${cache}/report.json` },
    clearTextReporter: { allowColor: false, allowEmojis: false, logTests: false },
    thresholds: { high: 95, low: 90, break: 90 },
    warnings: { unknownOptions: false },
  };
}
