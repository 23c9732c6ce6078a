import { randomBytes } from 'node:crypto';
import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { Connection } from '@temporalio/client';
import {
  accountForPostgres,
  findPostgresBinaries,
} from '../../apps/standalone/postgres/binaries.ts';
import {
  type PostgresSettings,
  startPostgres,
  stopPostgres,
} from '../../apps/standalone/postgres/postgres-server.ts';
import { freePort } from '../support/free-port.ts';
import { hasEnded, signalProcess } from '../../apps/standalone/processes/process-table.ts';
import {
  startTemporal,
  type TemporalSettings,
} from '../../apps/standalone/temporal/temporal-server.ts';
import { migrate } from '../../database/migrate.ts';
import { until } from '../support/running-rollout.ts';
import { temporalExecutable } from '../support/temporal.ts';
import { testRunDirectory } from '../support/test-run.ts';

/** A server of a test's own, which it may kill and start again at the same address. */
export interface OwnServer {
  readonly kill: () => Promise<void>;
  readonly start: () => Promise<void>;
  readonly close: () => Promise<void>;
}

/** A Postgres with the current schema. */
export async function ownPostgres(): Promise<OwnServer & { readonly url: string }> {
  const directory = mkdtempSync(join(testRunDirectory(), 'own-postgres-'));
  // Postgres may run under another account, which must find its way to the data.
  for (const each of [testRunDirectory(), directory]) chmodSync(each, 0o755);
  const account = accountForPostgres();
  const settings: PostgresSettings = {
    account,
    binaries: findPostgresBinaries(account),
    dataDirectory: join(directory, 'data'),
    port: await freePort(),
    password: randomBytes(12).toString('hex'),
    logFile: join(directory, 'postgres.log'),
  };
  let { pid, url } = await startPostgres(settings);
  await migrate(url);
  return {
    url,
    kill: async () => {
      // Ends every process of the server at once, without a word to anybody and without a checkpoint.
      signalProcess(pid, 'SIGQUIT');
      await hasEnded(pid, 10_000);
    },
    start: async () => {
      ({ pid, url } = await startPostgres(settings));
    },
    close: () => stopPostgres(pid),
  };
}

/** A Temporal server whose data can be lost. */
export async function ownTemporal(): Promise<
  OwnServer & { readonly address: string; readonly loseData: () => void }
> {
  const directory = mkdtempSync(join(testRunDirectory(), 'own-temporal-'));
  const databaseFile = join(directory, 'temporal.db');
  const settings: TemporalSettings = {
    executable: await temporalExecutable(),
    databaseFile,
    port: await freePort(),
    uiPort: null,
    logFile: join(directory, 'temporal.log'),
  };
  const address = `127.0.0.1:${settings.port}`;
  let pid = await startTemporal(settings);
  await untilServing(address);
  const kill = async (): Promise<void> => {
    signalProcess(pid, 'SIGKILL');
    await hasEnded(pid, 10_000);
  };
  return {
    address,
    kill,
    start: async () => {
      pid = await startTemporal(settings);
      await untilServing(address);
    },
    loseData: () => {
      for (const end of ['', '-shm', '-wal', '-journal']) {
        rmSync(`${databaseFile}${end}`, { force: true });
      }
    },
    close: kill,
  };
}

async function untilServing(address: string): Promise<void> {
  await until('Temporal to serve', async () => {
    try {
      const connection = await Connection.connect({ address });
      try {
        await connection.workflowService.listOpenWorkflowExecutions({
          namespace: 'default',
          maximumPageSize: 1,
        });
        return true;
      } finally {
        await connection.close();
      }
    } catch {
      return null;
    }
  });
}
