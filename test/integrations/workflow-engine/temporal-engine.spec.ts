import { jest } from '@jest/globals';
import { Client, Connection } from '@temporalio/client';
import { NativeConnection, Worker } from '@temporalio/worker';
import { temporalEngine } from '../../../integrations/workflow-engine/temporal-engine.ts';
import type { WorkflowEngine } from '../../../integrations/workflow-engine/workflow-engine.ts';
import { mainTaskQueue } from '../../../workflows/contract/task-queues.ts';
import { untilEvent, untilItSleeps } from '../../support/history.ts';
import '../../support/quiet-temporal.ts';
import { scriptedActivities } from '../../support/scripted-activities.ts';
import { temporalServer, type TestNamespace } from '../../support/temporal.ts';
import { workflowBundle } from '../../support/workflow-bundle.ts';

jest.setTimeout(120_000);

const loop = 'rollout/0193-r/client/0193-c';
let server: TestNamespace;
let connection: Connection;
let client: Client;
let engine: WorkflowEngine;

beforeEach(async () => {
  server = await temporalServer();
  connection = await Connection.connect({ address: server.address });
  client = new Client({ connection, namespace: server.namespace });
  engine = temporalEngine({ ...server, apiKey: null, tls: false });
});
afterEach(async () => {
  await engine.close();
  await connection.close();
});

async function whileServed(activities: object, work: () => Promise<void>): Promise<void> {
  const native = await NativeConnection.connect({ address: server.address });
  const worker = await Worker.create({
    connection: native,
    namespace: server.namespace,
    taskQueue: mainTaskQueue,
    workflowBundle: await workflowBundle(),
    activities,
  });
  await worker.runUntil(work);
  await native.close();
}

it.each([
  ['rollout/0193-r', 'rolloutWorkflow', { rolloutId: '0193-r' }],
  [loop, 'clientRolloutWorkflow', { rolloutId: '0193-r', clientId: '0193-c' }],
  ['mail/outbound', 'mailWorkflow', { stream: 'outbound' }],
])('starts the loop of %s', async (workflowId, type, input) => {
  const inputs: object[] = [];
  const note = ({ input: given }: { readonly input: object }) => {
    inputs.push(given);
    return { kind: 'wait', sleepMs: null, then: 'verify', summary: 'waits' } as never;
  };
  const { activities } = scriptedActivities({ client: note, rollout: note, mail: note });

  await whileServed(activities, async () => {
    await engine.wake(workflowId);
    const handle = client.workflow.getHandle(workflowId);
    await untilItSleeps(handle);
    const started = await handle.describe();

    expect(started.type).toBe(type);
    expect(await started.staticSummary()).not.toContain('0193');
    expect(inputs[0]).toEqual(input);
  });
});

it('wakes a loop that runs, and starts one that has ended again', async () => {
  const { activities, calls } = scriptedActivities({
    client: ({ number }) =>
      number === 0
        ? { kind: 'wait', sleepMs: null, then: 'verify', summary: 'waits' }
        : { kind: 'end', summary: 'done' },
  });

  await whileServed(activities, async () => {
    await engine.wake(loop);
    const first = client.workflow.getHandle(loop);
    await untilItSleeps(first);
    const firstRun = (await first.describe()).runId;
    await engine.wake(loop);
    await first.result();
    await engine.wake(loop);
    await client.workflow.getHandle(loop).result();
    const lastRun = (await client.workflow.getHandle(loop).describe()).runId;

    expect(lastRun).not.toBe(firstRun);
  });

  expect(calls).toEqual(['preparePreview', 'verify', 'preparePreview']);
});

it('tells the story in the history that Temporal shows', async () => {
  const { activities } = scriptedActivities({
    client: ({ number }) =>
      number === 0
        ? { kind: 'wait', sleepMs: 3_600_000, then: 'deploy', summary: 'window Thu 20:00 Toronto' }
        : { kind: 'end', summary: 'done' },
  });

  await whileServed(activities, async () => {
    await engine.wake(loop);
    const handle = client.workflow.getHandle(loop);
    await untilItSleeps(handle);
    await engine.wake(loop);
    await untilEvent(handle, 'workflowExecutionCompleted');
    const { events } = await handle.fetchHistory();
    const summaries = (events ?? []).flatMap((event) => {
      const data = event.userMetadata?.summary?.data;
      return data ? [JSON.parse(Buffer.from(data).toString()) as string] : [];
    });

    expect([...new Set(summaries)]).toEqual([
      'One client of a rollout',
      'begins: asks what is next',
      'window Thu 20:00 Toronto',
      'woken: looks again',
    ]);
  });
});

it('refuses an id that stands for none of our loops', async () => {
  await expect(engine.wake('somebody-else')).rejects.toThrow('names no loop of ours');
});
