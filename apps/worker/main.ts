import { writeSync } from 'node:fs';
import { Runtime } from '@temporalio/worker';
import { SettingsProblem } from '../../integrations/environment/read-environment.ts';
import { readWorkerConfig, type WorkerConfig } from './config.ts';
import { openLog, temporalLog } from './log.ts';
import { runWorker } from './run-worker.ts';

const config = readConfigOrExit();
const log = openLog(config.logLevel);
const stopping = new AbortController();

// The signals are ours: Temporal's runtime would stop at once and leave the duties to their leases.
Runtime.install({
  shutdownSignals: [],
  logger: temporalLog(log.child({}, { level: 'warn' })),
  telemetryOptions: { logging: { forward: {}, filter: 'WARN' } },
});
for (const signal of ['SIGTERM', 'SIGINT'] as const) {
  process.on(signal, () => {
    if (!stopping.signal.aborted) log.info({ signal }, 'The worker stops');
    stopping.abort();
  });
}

try {
  await runWorker(config, log, stopping.signal);
  log.info('The worker has stopped');
  process.exit(0);
} catch (error) {
  log.fatal({ err: error }, 'The worker cannot run');
  process.exit(1);
}

function readConfigOrExit(): WorkerConfig {
  try {
    return readWorkerConfig(process.env);
  } catch (error) {
    if (!(error instanceof SettingsProblem)) throw error;
    writeSync(2, `${error.message}\n`);
    process.exit(1);
  }
}
