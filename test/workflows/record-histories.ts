import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ApplicationFailure, ApplicationFailureCategory } from '@temporalio/common';
import { historyToJSON } from '@temporalio/common/lib/proto-utils.js';
import { Client, Connection } from '@temporalio/client';
import { NativeConnection, Worker } from '@temporalio/worker';
import { factsChangedSignal } from '../../workflows/contract/messages.ts';
import { clearTestRun } from '../support/clear-test-run.mjs';
import { eventKinds, untilEvent, untilItSleeps } from '../support/history.ts';
import '../support/quiet-temporal.ts';
import { scriptedActivities } from '../support/scripted-activities.ts';
import { temporalServer } from '../support/temporal.ts';
import { testRunDirectory } from '../support/test-run.ts';
import { workflowBundle } from '../support/workflow-bundle.ts';
import { type WaitingState, waitingStates } from './waiting-states.ts';

// Run by hand, `node test/workflows/record-histories.ts`, when a waiting state is new. A history that was recorded
// stays as it is: it stands for the loops that older workers have left waiting.

const target = join(import.meta.dirname, 'histories');
const server = await temporalServer();
const connection = await Connection.connect({ address: server.address });
const native = await NativeConnection.connect({ address: server.address });
const client = new Client({ connection, namespace: server.namespace, identity: 'recorder' });
mkdirSync(target, { recursive: true });
for (const [name, state] of Object.entries(waitingStates)) {
  const text = await record(name, state);
  writeFileSync(join(target, `${name}.json`), `${text}\n`);
}
await native.close();
await connection.close();
await clearTestRun(testRunDirectory());

async function record(name: string, state: WaitingState): Promise<string> {
  const worker = await Worker.create({
    connection: native,
    namespace: server.namespace,
    taskQueue: name,
    identity: 'recorder',
    workflowBundle: await workflowBundle(),
    activities: scriptedActivities({
      client: ({ number }) => answerOf(state, number) as never,
      rollout: ({ number }) => answerOf(state, number) as never,
      mail: ({ number }) => answerOf(state, number) as never,
    }).activities,
  });
  return await worker.runUntil(async () => {
    const handle = await client.workflow.start(state.type, {
      workflowId: name,
      taskQueue: name,
      args: [{ rolloutId: 'r', clientId: 'c', stream: 'outbound' }],
    });
    for (const number of state.wokenAfter ?? []) {
      await untilItSleeps(handle, number + 1);
      await handle.signal(factsChangedSignal);
    }
    await untilItRests(state, handle);
    return historyToJSON(await handle.fetchHistory());
  });
}

type Handle = ReturnType<Client['workflow']['getHandle']>;

async function untilItRests({ answers }: WaitingState, handle: Handle): Promise<void> {
  const last = answers.at(-1);
  if (last === 'asks-again') {
    await untilEvent(handle, 'activityTaskScheduled', answers.length);
    return;
  }
  const isEnd = typeof last === 'object' && last.kind === 'end';
  if (isEnd) await untilEvent(handle, 'workflowExecutionCompleted');
  else await untilItSleeps(handle, answers.length);
  if ((await eventKinds(handle)).includes('workflowTaskFailed')) throw new Error('A task failed');
}

function answerOf({ answers }: WaitingState, number: number): unknown {
  const answer = answers[number];
  if (typeof answer === 'object') return answer;
  throw ApplicationFailure.create({
    message: 'still under way',
    category: ApplicationFailureCategory.BENIGN,
    nextRetryDelay: '1 day',
  });
}
