import 'reflect-metadata';
import { writeSync } from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';
import { pino } from 'pino';
import { readSchemaState } from '../../database/migrate.ts';
import { SettingsProblem } from '../../integrations/environment/read-environment.ts';
import { type ApiConfig, readApiConfig } from './src/config.ts';
import { createApi } from './src/create-api.ts';
import { openBackend } from './src/open-backend.ts';

const drainMs = 20_000;
const schemaPauseMs = 2_000;

const config = readConfigOrExit();
const log = pino({
  level: config.logLevel,
  base: { process: 'api' },
  timestamp: pino.stdTimeFunctions.isoTime,
});

await refuseUnknownSchema();
const { backend, stopTaking, close } = openBackend(config, log);
const app = await createApi(backend);
await app.listen(config.port, config.host);
log.info({ port: config.port }, 'The API listens');

let isStopping = false;
for (const signal of ['SIGTERM', 'SIGINT'] as const) {
  process.on(signal, () => {
    if (isStopping) return;
    isStopping = true;
    void stop(signal);
  });
}

/** Readiness off, streams end, requests drain, pools close. */
async function stop(signal: string): Promise<void> {
  log.info({ signal }, 'The API stops');
  stopTaking();
  const forced = setTimeout(() => process.exit(1), drainMs);
  await app.close();
  await close();
  clearTimeout(forced);
  log.info('The API has stopped');
  process.exit(0);
}

/** Waits while the database is away; on a schema of another release it says so and ends. */
async function refuseUnknownSchema(): Promise<void> {
  for (;;) {
    const state = await readSchemaState(config.databaseUrl).catch(() => null);
    if (state?.kind === 'current') return;
    if (state === null) {
      log.warn('The database is away; tries again');
      await pause(schemaPauseMs);
      continue;
    }
    const detail =
      state.kind === 'behind'
        ? `The database lacks ${state.missing.join(', ')}: run "daymark migrate" and start again`
        : `The database has ${state.unknown.join(', ')}, which this release does not know: start a newer one`;
    log.fatal(detail);
    process.exit(1);
  }
}

function readConfigOrExit(): ApiConfig {
  try {
    return readApiConfig(process.env);
  } catch (error) {
    if (!(error instanceof SettingsProblem)) throw error;
    writeSync(2, `${error.message}\n`);
    process.exit(1);
  }
}
