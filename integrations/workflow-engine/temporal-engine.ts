import { Client, Connection } from '@temporalio/client';
import { factsChangedSignal } from '../../workflows/contract/messages.ts';
import { type SplitQueue, taskQueueOf } from '../../workflows/contract/task-queues.ts';
import { subjectOf, type WorkflowSubject } from '../../workflows/contract/workflow-ids.ts';
import type { TemporalSettings } from './temporal-settings.ts';
import type { WorkflowEngine } from './workflow-engine.ts';

/** One wake takes milliseconds; a Temporal that does not answer by then is tried again later. */
const deadlineMs = 10_000;

/**
 * Wakes loops by signal-with-start, so that starting, waking and rebuilding a lost one are the same act.
 * Connects at the first wake: a process may start while Temporal is away.
 */
export function temporalEngine(
  settings: TemporalSettings,
  splitOff: readonly SplitQueue[] = [],
): WorkflowEngine {
  const { address, namespace, apiKey, tls } = settings;
  const connection = Connection.lazy({ address, tls, ...(apiKey === null ? {} : { apiKey }) });
  const client = new Client({ connection, namespace });
  return {
    wake: async (workflowId) => {
      const subject = subjectOf(workflowId);
      if (subject === null) throw new Error('A wake names no loop of ours');
      await client.withDeadline(Date.now() + deadlineMs, () =>
        client.workflow.signalWithStart(typeOf(subject), {
          workflowId,
          taskQueue: taskQueueOf(subject, splitOff),
          signal: factsChangedSignal,
          args: [inputOf(subject)],
          // One that has ended starts again when somebody brings its subject back.
          workflowIdReusePolicy: 'ALLOW_DUPLICATE',
          ...descriptions[subject.kind],
        }),
      );
    },
    close: () => connection.close(),
  };
}

/** What Temporal's own screens say about a loop; no names, for everybody who may look there would read them. */
const descriptions = {
  rollout: {
    staticSummary: 'A rollout as a whole',
    staticDetails:
      'Opens and passes cohorts, pauses on failures, plans missed clients again, ends.',
  },
  'client-rollout': {
    staticSummary: 'One client of a rollout',
    staticDetails: 'Preview, consent, notice, slot, deployment, verification.',
  },
  mail: {
    staticSummary: 'The mails of one stream',
    staticDetails: 'Sends what is due and looks up what became of it.',
  },
} satisfies Record<WorkflowSubject['kind'], object>;

/** Workflow code is reached by name only; a test holds these to the exported functions. */
function typeOf(subject: WorkflowSubject): string {
  switch (subject.kind) {
    case 'rollout':
      return 'rolloutWorkflow';
    case 'client-rollout':
      return 'clientRolloutWorkflow';
    case 'mail':
      return 'mailWorkflow';
  }
}

function inputOf(subject: WorkflowSubject): object {
  switch (subject.kind) {
    case 'rollout':
      return { rolloutId: subject.rolloutId };
    case 'client-rollout':
      return { rolloutId: subject.rolloutId, clientId: subject.clientId };
    case 'mail':
      return { stream: subject.stream };
  }
}
