const swc = (jsx) => [
  '@swc/jest',
  {
    jsc: {
      target: 'es2024',
      parser: { syntax: 'typescript', tsx: jsx, decorators: true },
      transform: {
        legacyDecorator: true,
        decoratorMetadata: true,
        react: { runtime: 'automatic' },
      },
    },
    module: { type: 'es6' },
  },
];

/** Rules, stores, workflows and processes run in node; screens in jsdom. */
export default {
  // The first test of a run waits until Postgres is up; two cores are shared by several of them.
  testTimeout: 180_000,
  projects: [
    {
      displayName: 'server',
      testEnvironment: 'node',
      testMatch: ['<rootDir>/test/**/*.spec.ts'],
      globalSetup: '<rootDir>/test/support/start-test-run.mjs',
      globalTeardown: '<rootDir>/test/support/end-test-run.mjs',
      extensionsToTreatAsEsm: ['.ts'],
      transform: { '^.+\\.ts$': swc(false) },
      modulePathIgnorePatterns: ['<rootDir>/dist/', '<rootDir>/.daymark'],
    },
    {
      displayName: 'web',
      testEnvironment: 'jsdom',
      testMatch: ['<rootDir>/test/**/*.spec.tsx'],
      extensionsToTreatAsEsm: ['.ts', '.tsx'],
      transform: { '^.+\\.tsx?$': swc(true) },
      moduleNameMapper: { '\\.css$': '<rootDir>/test/support/empty-stylesheet.ts' },
      modulePathIgnorePatterns: ['<rootDir>/dist/', '<rootDir>/.daymark'],
    },
  ],
};
