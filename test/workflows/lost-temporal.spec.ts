import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { jest } from '@jest/globals';
import { pino } from 'pino';
import { freePort } from '../support/free-port.ts';
import { startTemporal } from '../../apps/standalone/temporal/temporal-server.ts';
import { keepDuty } from '../../apps/worker/duties/duty.ts';
import { relay } from '../../apps/worker/duties/relay.ts';
import { sweep } from '../../apps/worker/duties/sweep.ts';
import { recordFailures } from '../../apps/worker/record-failures.ts';
import { serveQueues } from '../../apps/worker/serve-queues.ts';
import { inTransaction } from '../../database/in-transaction.ts';
import { wakeLedger } from '../../database/stores/owed-wake.store.ts';
import { readWantedLevel, storeLook } from '../../database/stores/wake.store.ts';
import { temporalEngine } from '../../integrations/workflow-engine/temporal-engine.ts';
import type { ClientRolloutInput } from '../../workflows/contract/inputs.ts';
import { clientActs, type ClientStep } from '../../workflows/contract/steps.ts';
import { mainTaskQueue } from '../../workflows/contract/task-queues.ts';
import { openTestStorage, type TestStorage } from '../support/fixtures.ts';
import '../support/quiet-temporal.ts';
import { scriptedActivities } from '../support/scripted-activities.ts';
import { temporalExecutable } from '../support/temporal.ts';
import { testRunDirectory } from '../support/test-run.ts';

jest.setTimeout(180_000);

/** How long a client sleeps between its looks; null = until it is woken. */
const sleeps: Readonly<Record<string, number | null>> = { 'often-awake': 500, 'long-asleep': null };
const idOf = (client: string): string => `rollout/r/client/${client}`;
const looked: string[] = [];
const log = pino({ level: 'silent' });

it('rebuilds every loop from its wake after all of its data was lost', async () => {
  const storage = await openTestStorage();
  const server = await ownServer();
  const temporal = { address: server.address, namespace: 'default', apiKey: null, tls: false };
  const engine = temporalEngine(temporal);
  const stopping = new AbortController();
  const serving = serveQueues({
    temporal,
    taskQueues: [mainTaskQueue],
    activities: { ...scriptedActivities({}).activities, ...lookingActs(storage) },
    interceptor: recordFailures(storage.database, log),
    log,
    signal: stopping.signal,
  });
  const duties = [
    relay(wakeLedger(storage.database), engine),
    sweep(storage.database, { everyMs: 500, unseenAfterMs: 1_000, overdueAfterMs: 1_000 }),
  ].map((duty) => keepDuty({ database: storage.database, log }, duty));

  await wake(storage, 'often-awake', 'long-asleep');
  await untilLooked('often-awake', 'long-asleep');
  await server.loseEverything();
  // Written while Temporal is away: it is sent once there is somebody to send it to.
  await wake(storage, 'long-asleep', 'unheard-of');
  await pause(2_000);
  looked.length = 0;
  await server.startAgain();
  await untilLooked('often-awake', 'long-asleep', 'unheard-of');

  stopping.abort();
  await Promise.all(duties.map((duty) => duty.stop()));
  await serving;
  await engine.close();
  await server.loseEverything();
  await storage.close();
});

/** Acts that only look, and sleep as that client does. */
function lookingActs({ database }: TestStorage): object {
  const look = (input: ClientRolloutInput): Promise<ClientStep> =>
    inTransaction(database, async (tx) => {
      const workflowId = idOf(input.clientId);
      const sleepMs = sleeps[input.clientId] ?? null;
      const level = await readWantedLevel(tx, workflowId);
      await storeLook(tx, { workflowId, level, sleepMs, ends: false });
      looked.push(input.clientId);
      return { kind: 'wait', sleepMs, then: 'verify', summary: 'waits' };
    });
  return Object.fromEntries(clientActs.map((act) => [act, look]));
}

async function wake({ database }: TestStorage, ...clients: readonly string[]): Promise<void> {
  await inTransaction(database, (tx) => {
    for (const client of clients) tx.wake(idOf(client));
    return Promise.resolve();
  });
}

async function untilLooked(...clients: readonly string[]): Promise<void> {
  while (!clients.every((client) => looked.includes(client))) await pause(50);
}

/** A server of this test's own, which may be killed together with its data. */
async function ownServer() {
  const port = await freePort();
  const databaseFile = join(testRunDirectory(), 'lost-temporal', 'temporal.db');
  const executable = await temporalExecutable();
  const logFile = join(testRunDirectory(), 'lost-temporal.log');
  const start = () => startTemporal({ executable, databaseFile, port, uiPort: null, logFile });
  let pid = await start();
  return {
    address: `127.0.0.1:${port}`,
    loseEverything: async () => {
      process.kill(pid, 'SIGKILL');
      await pause(200);
      rmSync(join(databaseFile, '..'), { recursive: true });
    },
    startAgain: async () => {
      pid = await start();
    },
  };
}
