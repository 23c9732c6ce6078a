import { randomUUID } from 'node:crypto';
import type { ClientId, RolloutId } from '../../domain/ids.ts';
import type { WorkflowEngine } from '../../integrations/workflow-engine/workflow-engine.ts';
import type { Activities } from '../../workflows/contract/activities.ts';
import { type ClientAct, clientActs, type ClientStep } from '../../workflows/contract/steps.ts';
import { clientRolloutWorkflowId } from '../../workflows/contract/workflow-ids.ts';
import { scriptedActivities } from '../support/scripted-activities.ts';
import type { Contender } from './round.ts';

const act = (name: ClientAct): ClientStep => ({ kind: 'act', act: name, summary: 'is next' });

const noticeMs = 500;

/** The same story as the product tells, with acts that do nothing. */
const story: Partial<Readonly<Record<ClientAct, ClientStep>>> = {
  preparePreview: act('verifyPreview'),
  verifyPreview: act('askConsent'),
  askConsent: act('announce'),
  announce: { kind: 'wait', sleepMs: 3_600_000, then: 'deploy', summary: 'waits for its notice' },
  deploy: act('verify'),
  verify: { kind: 'end', summary: 'done' },
};

/** The loops, acts, waits and signals of the product without facts and without a database. */
export function openTwin(engine: WorkflowEngine, clients: number): Contender {
  const rolloutId = randomUUID() as RolloutId;
  const ids = Array.from({ length: clients }, () => randomUUID() as ClientId);
  let ended = 0;
  const perform = (
    name: ClientAct,
    { clientId }: { readonly clientId: ClientId },
  ): Promise<ClientStep> => {
    const step = story[name] ?? { kind: 'end', summary: 'done' };
    if (step.kind === 'end') ended += 1;
    // As a notice is accepted once the loop sleeps already.
    if (step.kind === 'wait') {
      setTimeout(() => void engine.wake(clientRolloutWorkflowId(rolloutId, clientId)), noticeMs);
    }
    return Promise.resolve(step);
  };
  const activities = {
    ...scriptedActivities({}).activities,
    ...Object.fromEntries(
      clientActs.map((name) => [
        name,
        (input: { readonly clientId: ClientId }) => perform(name, input),
      ]),
    ),
  } as Activities;
  const workflowIds = ids.map((id) => clientRolloutWorkflowId(rolloutId, id));
  return {
    activities,
    workflowIds,
    begin: async () => {
      const waiting = [...workflowIds];
      const startOne = async (): Promise<void> => {
        for (let id = waiting.shift(); id !== undefined; id = waiting.shift()) {
          await engine.wake(id);
        }
      };
      await Promise.all(Array.from({ length: 20 }, startOne));
    },
    isOver: () => Promise.resolve(ended >= clients),
  };
}
