import { DefaultLogger, Runtime } from '@temporalio/worker';

// Imported for its effect: failures that belong to a test are not news, and the test itself says what went wrong.
Runtime.install({
  logger: new DefaultLogger('ERROR', () => undefined),
  telemetryOptions: { logging: { filter: 'OFF' } },
  shutdownSignals: [],
});
