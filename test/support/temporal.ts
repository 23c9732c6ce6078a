import { randomBytes } from 'node:crypto';
import { existsSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { Connection } from '@temporalio/client';
import { TestWorkflowEnvironment } from '@temporalio/testing';
import { freePort } from './free-port.ts';
import {
  temporalCli,
  temporalTestServer,
  type TemporalExecutable,
} from '../../apps/standalone/temporal/executables.ts';
import { findTemporalExecutable } from '../../apps/standalone/temporal/find-executable.ts';
import { startTemporal } from '../../apps/standalone/temporal/temporal-server.ts';
import { oncePerRun, testRunDirectory } from './test-run.ts';

/** A namespace of the run's Temporal server that nobody else uses. */
export interface TestNamespace {
  readonly address: string;
  readonly namespace: string;
}

const cacheDirectory = join(import.meta.dirname, '../../.daymark/cache');

/** A new, empty namespace on the one real Temporal server of this test run. */
export async function temporalServer(): Promise<TestNamespace> {
  const { port } = await oncePerRun('temporal', startSharedServer);
  const address = `127.0.0.1:${port}`;
  const namespace = `test-${randomBytes(8).toString('hex')}`;
  const connection = await Connection.connect({ address });
  try {
    await connection.workflowService.registerNamespace({
      namespace,
      workflowExecutionRetentionPeriod: { seconds: 86_400 as never },
    });
    await untilKnown(connection, namespace);
  } finally {
    await connection.close();
  }
  return { address, namespace };
}

/**
 * A server whose time skips ahead whenever nothing runs. One per test: it may end years ahead.
 * The caller calls its `teardown`.
 */
export async function timeSkippingEnvironment(): Promise<TestWorkflowEnvironment> {
  const path = await executable(temporalTestServer);
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await TestWorkflowEnvironment.createTimeSkipping({
        server: { executable: { type: 'existing-path', path } },
      });
    } catch (error) {
      // The SDK gives a server five seconds to start, which a busy machine may miss.
      if (attempt === 3) throw error;
    }
  }
}

/** The real server's executable, for tests that start and kill one of their own. */
export async function temporalExecutable(): Promise<string> {
  return await executable(temporalCli);
}

async function startSharedServer(): Promise<{ readonly port: number }> {
  const port = await freePort();
  await startTemporal({
    executable: await executable(temporalCli),
    databaseFile: join(testRunDirectory(), 'temporal.db'),
    port,
    uiPort: null,
    logFile: join(testRunDirectory(), 'temporal.log'),
  });
  const connection = await Connection.connect({ address: `127.0.0.1:${port}` });
  await untilKnown(connection, 'default');
  await connection.close();
  return { port };
}

/** A link inside the run's folder: what is left of a killed run is found by that folder's name. */
async function executable(wanted: TemporalExecutable): Promise<string> {
  const { path } = await oncePerRun(`executable-${wanted.command}`, async () => {
    const found = await findTemporalExecutable(wanted, { cacheDirectory });
    const link = join(testRunDirectory(), wanted.command);
    if (!existsSync(link)) symlinkSync(found, link);
    return { path: link };
  });
  return path;
}

async function untilKnown(connection: Connection, namespace: string): Promise<void> {
  for (let turn = 0; ; turn += 1) {
    try {
      await connection.workflowService.listOpenWorkflowExecutions({
        namespace,
        maximumPageSize: 1,
      });
      return;
    } catch (error) {
      if (turn === 200) throw error;
      await pause(50);
    }
  }
}
