import { setTimeout as pause } from 'node:timers/promises';
import { Client, Connection } from '@temporalio/client';
import { NativeConnection, Worker } from '@temporalio/worker';
import { temporalEngine } from '../../integrations/workflow-engine/temporal-engine.ts';
import type { WorkflowEngine } from '../../integrations/workflow-engine/workflow-engine.ts';
import type { Activities } from '../../workflows/contract/activities.ts';
import { mainTaskQueue } from '../../workflows/contract/task-queues.ts';
import { temporalServer } from '../support/temporal.ts';
import { workflowBundle } from '../support/workflow-bundle.ts';

/** What a round runs: its acts, how it begins, and when it is over. */
export interface Contender {
  readonly activities: Activities;
  readonly workflowIds: readonly string[];
  readonly begin: (engine: WorkflowEngine) => Promise<void>;
  readonly isOver: () => Promise<boolean>;
}

/** What one round came to, per client where nothing else is said. */
export interface RoundResult {
  readonly clientsPerSecond: number;
  readonly events: number;
  readonly transitions: number;
}

/** As the product's worker has them. */
export const workerLimits = {
  maxCachedWorkflows: 1_000,
  maxConcurrentWorkflowTaskExecutions: 40,
  maxConcurrentActivityTaskExecutions: 50,
} as const;

const loop = 'clientRolloutWorkflow';

/** Runs all clients of one contender on a namespace of its own and measures from the first wake to the last end. */
export async function runRound(
  open: (engine: WorkflowEngine) => Promise<Contender>,
): Promise<RoundResult> {
  const { address, namespace } = await temporalServer();
  const engine = temporalEngine({ address, namespace, apiKey: null, tls: false });
  const native = await NativeConnection.connect({ address, grpcCompression: { codec: 'none' } });
  const connection = await Connection.connect({ address });
  const client = new Client({ connection, namespace });
  const bundle = await workflowBundle();
  const contender = await open(engine);
  const worker = await Worker.create({
    connection: native,
    namespace,
    taskQueue: mainTaskQueue,
    workflowBundle: bundle,
    activities: contender.activities,
    ...workerLimits,
  });
  const seconds = await worker.runUntil(async () => {
    const startedAt = performance.now();
    await contender.begin(engine);
    while (!(await contender.isOver())) await pause(100);
    const took = (performance.now() - startedAt) / 1_000;
    await untilAllEnded(client);
    return took;
  });
  const counts = await countsOf(client, contender.workflowIds.length);
  await engine.close();
  await native.close();
  await connection.close();
  return { clientsPerSecond: contender.workflowIds.length / seconds, ...counts };
}

async function untilAllEnded(client: Client): Promise<void> {
  const query = `WorkflowType = '${loop}' and ExecutionStatus = 'Running'`;
  while ((await client.workflow.count(query)).count > 0) await pause(200);
}

/** Out of every history there is: a loop that was started again counts with all its runs. */
async function countsOf(
  client: Client,
  clients: number,
): Promise<Pick<RoundResult, 'events' | 'transitions'>> {
  let events = 0;
  let transitions = 0;
  for await (const run of client.workflow.list({ query: `WorkflowType = '${loop}'` })) {
    events += run.historyLength;
    transitions += Number(run.raw.stateTransitionCount ?? 0);
  }
  return { events: events / clients, transitions: transitions / clients };
}
