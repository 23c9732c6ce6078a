import { setTimeout as pause } from 'node:timers/promises';
import {
  type ActivityInterceptorsFactory,
  NativeConnection,
  Worker,
  type WorkerOptions,
} from '@temporalio/worker';
import type { Logger } from 'pino';
import {
  isOnThisMachine,
  type TemporalSettings,
} from '../../integrations/workflow-engine/temporal-settings.ts';
import type { Activities } from '../../workflows/contract/activities.ts';
import { workflowSource } from './workflow-bundle.ts';

/** What is served, and where. */
export interface Service {
  readonly temporal: TemporalSettings;
  readonly taskQueues: readonly string[];
  readonly activities: Activities;
  readonly interceptor: ActivityInterceptorsFactory;
  readonly log: Logger;
  /** Ends the service: tasks under way are finished first. */
  readonly signal: AbortSignal;
}

const pauseMs = 2_000;
/** An outgoing call may take 20 s and is then recorded; after this nothing is worth waiting for. */
const limits = {
  // Beats are few and each counts: a killed worker's acts and loops go to another within seconds.
  maxHeartbeatThrottleInterval: '3 seconds',
  stickyQueueScheduleToStartTimeout: '5 seconds',
  shutdownGraceTime: '30 seconds',
  shutdownForceTime: '40 seconds',
  maxCachedWorkflows: 1_000,
  maxConcurrentWorkflowTaskExecutions: 40,
  maxConcurrentActivityTaskExecutions: 50,
} as const satisfies Partial<WorkerOptions>;

/** Serves the queues until told to stop; while Temporal is away it says so and tries again. */
export async function serveQueues(service: Service): Promise<void> {
  const { log, signal } = service;
  while (!signal.aborted) {
    try {
      await serveOnce(service);
    } catch (error) {
      log.warn({ address: service.temporal.address, err: error }, 'Temporal is away; tries again');
      await pause(pauseMs, undefined, { signal }).catch(() => undefined);
    }
  }
}

async function serveOnce(service: Service): Promise<void> {
  const connection = await connect(service.temporal);
  try {
    const workers = await Promise.all(
      service.taskQueues.map((taskQueue) => createWorker(service, connection, taskQueue)),
    );
    await runTogether(workers, service);
  } finally {
    await connection.close();
  }
}

async function connect(settings: TemporalSettings): Promise<NativeConnection> {
  const { address, apiKey, tls } = settings;
  return await NativeConnection.connect({
    address,
    tls,
    ...(apiKey === null ? {} : { apiKey }),
    ...(isOnThisMachine(settings) ? { grpcCompression: { codec: 'none' } } : {}),
  });
}

async function createWorker(
  { temporal, activities, interceptor }: Service,
  connection: NativeConnection,
  taskQueue: string,
): Promise<Worker> {
  return await Worker.create({
    ...limits,
    ...workflowSource(),
    connection,
    namespace: temporal.namespace,
    taskQueue,
    activities,
    interceptors: { activity: [interceptor] },
  });
}

/** One that breaks takes the others with it, so that all of them start afresh together. */
async function runTogether(workers: readonly Worker[], { log, signal }: Service): Promise<void> {
  const stopAll = (): void => {
    for (const worker of workers) if (worker.getState() === 'RUNNING') worker.shutdown();
  };
  const runs = workers.map((worker) => worker.run().finally(stopAll));
  signal.addEventListener('abort', stopAll, { once: true });
  if (signal.aborted) stopAll();
  log.info('The worker is ready');
  try {
    await Promise.all(runs);
  } finally {
    signal.removeEventListener('abort', stopAll);
    await Promise.allSettled(runs);
  }
}
