import type { Logger } from 'pino';
import { inTransaction } from '../../database/in-transaction.ts';
import { taskQueues } from '../../workflows/contract/task-queues.ts';
import { mailWorkflowId } from '../../workflows/contract/workflow-ids.ts';
import { awaitSchema } from './await-schema.ts';
import type { WorkerConfig } from './config.ts';
import { type Duty, keepDuty } from './duties/duty.ts';
import { relay } from './duties/relay.ts';
import { sequencer } from './duties/sequencer.ts';
import { sweep } from './duties/sweep.ts';
import { type OpenWorker, openWorker } from './open-worker.ts';
import { recordFailures } from './record-failures.ts';
import { serveQueues } from './serve-queues.ts';

/**
 * Runs a worker until it is told to stop: its activities are drained first, then the duties given back, then the
 * connections closed.
 * @throws UnknownSchema when the database is older or newer than this release.
 */
export async function runWorker(
  config: WorkerConfig,
  log: Logger,
  signal: AbortSignal,
): Promise<void> {
  if (!(await awaitSchema(config.databaseUrl, log, signal))) return;
  const worker = openWorker(config);
  const { database, activities } = worker;
  // Nobody else starts the mail loop; one that runs is only asked to look once more.
  await inTransaction(database, (tx) => {
    tx.wake(mailWorkflowId(config.mail.stream));
    return Promise.resolve();
  });
  const duties = dutiesOf(worker, config).map((duty) => keepDuty({ database, log }, duty));
  await serveQueues({
    temporal: config.temporal,
    taskQueues: taskQueues(config.splitOff),
    activities,
    interceptor: recordFailures(database, log),
    log,
    signal,
  });
  await Promise.all(duties.map((duty) => duty.stop()));
  await worker.close();
}

function dutiesOf({ database, ledger, engine }: OpenWorker, config: WorkerConfig): readonly Duty[] {
  return [relay(ledger, engine), sweep(database, config.sweep), sequencer(database)];
}
