import type { WorkflowHandle } from '@temporalio/client';
import type { TestWorkflowEnvironment } from '@temporalio/testing';
import { Worker } from '@temporalio/worker';
import type { Activities } from '../../workflows/contract/activities.ts';
import { mainTaskQueue } from '../../workflows/contract/task-queues.ts';
import './quiet-temporal.ts';
import { timeSkippingEnvironment } from './temporal.ts';
import { workflowBundle } from './workflow-bundle.ts';

/** Runs loops on a server that skips time whenever they all sleep. */
export interface WorkflowRunner {
  readonly environment: TestWorkflowEnvironment;
  readonly start: (type: string, workflowId: string, input: object) => Promise<WorkflowHandle>;
}

/** A runner for one test, with the given acts; everything ends with the test. */
export async function withWorkflowRunner(
  activities: Activities,
  work: (runner: WorkflowRunner) => Promise<void>,
): Promise<void> {
  const environment = await timeSkippingEnvironment();
  try {
    const worker = await Worker.create({
      connection: environment.nativeConnection,
      ...(environment.namespace === undefined ? {} : { namespace: environment.namespace }),
      taskQueue: mainTaskQueue,
      workflowBundle: await workflowBundle(),
      activities,
    });
    await worker.runUntil(() =>
      work({
        environment,
        start: (type, workflowId, input) =>
          environment.client.workflow.start(type, {
            workflowId,
            taskQueue: mainTaskQueue,
            args: [input],
          }),
      }),
    );
  } finally {
    await environment.teardown();
  }
}
