import { defaultPayloadConverter } from '@temporalio/common';
import { DefaultLogger, type LogEntry } from '@temporalio/worker';
import { join } from 'node:path';
import { testRunDirectory } from '../support/test-run.ts';
import { buildWorkflowBundle } from '../../apps/worker/workflow-bundle.ts';
import type { ClientActName } from '../../domain/rollout/next-client-step.ts';
import type { RolloutActName } from '../../domain/rollout/next-rollout-step.ts';
import * as messages from '../../workflows/contract/messages.ts';
import { clientActs, rolloutActs } from '../../workflows/contract/steps.ts';
import { mainTaskQueue, taskQueueOf, taskQueues } from '../../workflows/contract/task-queues.ts';
import {
  clientRolloutWorkflowId,
  mailWorkflowId,
  rolloutWorkflowId,
  subjectOf,
} from '../../workflows/contract/workflow-ids.ts';
import type { ClientId, RolloutId } from '../../domain/ids.ts';

const rolloutId = '0193-rollout' as RolloutId;
const clientId = '0193-client' as ClientId;

it.each(Object.entries(messages))(
  '%s is named after its wire name',
  (exportName, { name, type }) => {
    const kindSuffix = { signal: 'Signal' };

    expect(exportName).toBe(`${name}${kindSuffix[type]}`);
  },
);

it('names exactly the acts that the rules name', () => {
  const ofClients: Readonly<Record<ClientActName, true>> = {
    preparePreview: true,
    verifyPreview: true,
    askConsent: true,
    closeRound: true,
    announce: true,
    missSlot: true,
    deploy: true,
    verify: true,
  };
  const ofRollouts: Readonly<Record<RolloutActName, true>> = {
    openCohort: true,
    observeCohort: true,
    passCohort: true,
    pauseForFailures: true,
    planMissedAgain: true,
    finishRollout: true,
  };

  expect([...clientActs].sort()).toEqual(Object.keys(ofClients).sort());
  expect([...rolloutActs].sort()).toEqual(Object.keys(ofRollouts).sort());
});

it.each([
  ['the input of a rollout', { rolloutId }],
  ['the input of a client', { rolloutId, clientId }],
  ['the input of a mail stream', { stream: 'outbound' }],
  ['an act', { kind: 'act', act: 'deploy', summary: 'fenêtre jeu. 20 h 00 – Québec' }],
  ['a wait', { kind: 'wait', sleepMs: 604_800_000, then: 'deploy', summary: 'closed' }],
  ['a wait without a time', { kind: 'wait', sleepMs: null, then: 'verify', summary: 'unknown' }],
  ['an end', { kind: 'end', summary: 'done' }],
  ['what the mail loop is told', { sleepMs: null }],
])('%s arrives as it was sent', (_, value) => {
  const arrived = defaultPayloadConverter.fromPayload(defaultPayloadConverter.toPayload(value));

  expect(arrived).toStrictEqual(value);
});

it.each([
  [rolloutWorkflowId(rolloutId), { kind: 'rollout', rolloutId }],
  [clientRolloutWorkflowId(rolloutId, clientId), { kind: 'client-rollout', rolloutId, clientId }],
  [mailWorkflowId('outbound'), { kind: 'mail', stream: 'outbound' }],
  ['mail/a/b', null],
  ['mail', null],
  ['rollout/', null],
  ['rollout/a/site/b', null],
  ['somebody-else', null],
])('reads the id %s back', (id, subject) => {
  expect(subjectOf(id)).toEqual(subject);
});

it('keeps every loop on one queue unless some are split off', () => {
  const queueOf = (id: string, splitOff: readonly ('mail' | 'deployments')[]) =>
    taskQueueOf(subjectOf(id)!, splitOff);
  const client = clientRolloutWorkflowId(rolloutId, clientId);

  expect(queueOf(client, [])).toBe(mainTaskQueue);
  expect(queueOf('mail/outbound', [])).toBe(mainTaskQueue);
  expect(queueOf(client, ['mail'])).toBe(mainTaskQueue);
  expect(queueOf('mail/outbound', ['mail'])).toBe('daymark-mail');
  expect(queueOf(client, ['deployments'])).toBe('daymark-deployments');
  expect(queueOf(rolloutWorkflowId(rolloutId), ['deployments', 'mail'])).toBe(mainTaskQueue);
  expect(taskQueues(['mail'])).toEqual(['daymark', 'daymark-mail']);
});

it('bundles the workflow code without a warning', async () => {
  const said: LogEntry[] = [];
  const target = join(testRunDirectory(), 'contract-spec', 'workflow-bundle.js');

  await buildWorkflowBundle(target, new DefaultLogger('WARN', (entry) => said.push(entry)));

  expect(said).toEqual([]);
}, 60_000);
