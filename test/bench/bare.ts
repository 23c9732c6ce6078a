import { join } from 'node:path';
import { Client, Connection } from '@temporalio/client';
import { bundleWorkflowCode, DefaultLogger, NativeConnection, Worker } from '@temporalio/worker';
import { temporalServer } from '../support/temporal.ts';
import { workerLimits } from './round.ts';

/** What the bare workflows call. */
export interface BareActivities {
  readonly nothing: () => Promise<void>;
}

type BareKind = 'noOpWorkflow' | 'oneActivityWorkflow';
const taskQueue = 'bare';
const atOnce = 20;

/** Workflows per second that do nothing, and that call one activity which does nothing: what this machine can do. */
export async function measureBare(workflows: number): Promise<Readonly<Record<BareKind, number>>> {
  const { address, namespace } = await temporalServer();
  const native = await NativeConnection.connect({ address, grpcCompression: { codec: 'none' } });
  const connection = await Connection.connect({ address });
  const client = new Client({ connection, namespace });
  const worker = await Worker.create({
    ...workerLimits,
    connection: native,
    namespace,
    taskQueue,
    workflowBundle: await bundleWorkflowCode({
      workflowsPath: join(import.meta.dirname, 'bare.workflows.ts'),
      logger: new DefaultLogger('WARN'),
    }),
    activities: { nothing: () => Promise.resolve() } satisfies BareActivities,
  });
  const rates = await worker.runUntil(async () => {
    const noOpWorkflow = await rateOf(client, 'noOpWorkflow', workflows);
    const oneActivityWorkflow = await rateOf(client, 'oneActivityWorkflow', workflows);
    return { noOpWorkflow, oneActivityWorkflow };
  });
  await native.close();
  await connection.close();
  return rates;
}

async function rateOf(client: Client, kind: BareKind, workflows: number): Promise<number> {
  const startedAt = performance.now();
  let next = 0;
  const runSome = async (): Promise<void> => {
    while (next < workflows) {
      next += 1;
      await client.workflow.execute(kind, { taskQueue, workflowId: `${kind}/${next}` });
    }
  };
  await Promise.all(Array.from({ length: atOnce }, runSome));
  return workflows / ((performance.now() - startedAt) / 1_000);
}
