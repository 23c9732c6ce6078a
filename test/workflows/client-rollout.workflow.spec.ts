import { jest } from '@jest/globals';
import { eventKinds, untilEvent, untilItSleeps } from '../support/history.ts';
import { scriptedActivities } from '../support/scripted-activities.ts';
import { withWorkflowRunner } from '../support/workflow-runner.ts';
import { factsChangedSignal } from '../../workflows/contract/messages.ts';
import type { ClientAct, ClientStep } from '../../workflows/contract/steps.ts';

jest.setTimeout(120_000);

const input = { rolloutId: 'r', clientId: 'c' };
const workflowId = 'rollout/r/client/c';
const day = 86_400_000;

const act = (name: ClientAct): ClientStep => ({
  kind: 'act',
  act: name,
  summary: `${name} is due`,
});

it('walks a client through weeks, one act after the other', async () => {
  const story: readonly ClientStep[] = [
    act('verifyPreview'),
    act('askConsent'),
    { kind: 'wait', sleepMs: 14 * day, then: 'closeRound', summary: 'waits for an answer' },
    act('announce'),
    { kind: 'wait', sleepMs: 7 * day, then: 'deploy', summary: 'window Thu 20:00 Toronto' },
    act('verify'),
    { kind: 'end', summary: 'done' },
  ];
  const { activities, calls } = scriptedActivities({ client: ({ number }) => story[number]! });

  await withWorkflowRunner(activities, async ({ environment, start }) => {
    const before = await environment.currentTimeMs();
    const handle = await start('clientRolloutWorkflow', workflowId, input);
    await handle.result();
    const after = await environment.currentTimeMs();

    expect(after - before).toBeGreaterThanOrEqual(21 * day);
  });

  expect(calls).toEqual([
    'preparePreview',
    'verifyPreview',
    'askConsent',
    'closeRound',
    'announce',
    'deploy',
    'verify',
  ]);
});

it('looks again at once when it is woken while it sleeps', async () => {
  const { activities, calls } = scriptedActivities({
    client: ({ number }) =>
      number === 0
        ? { kind: 'wait', sleepMs: 28 * day, then: 'closeRound', summary: 'waits for an answer' }
        : { kind: 'end', summary: 'answered' },
  });

  await withWorkflowRunner(activities, async ({ start }) => {
    const handle = await start('clientRolloutWorkflow', workflowId, input);
    await untilItSleeps(handle);
    await handle.signal(factsChangedSignal);
    await handle.result();

    // Told by the history: the server's clock may jump ahead once nothing is pending.
    const kinds = await eventKinds(handle);
    expect(kinds).not.toContain('timerFired');
  });

  expect(calls).toEqual(['preparePreview', 'closeRound']);
});

it('looks again when the time has come although no wake arrived', async () => {
  const { activities, calls } = scriptedActivities({
    client: ({ number }) =>
      number < 3
        ? { kind: 'wait', sleepMs: day, then: 'deploy', summary: 'the window is closed' }
        : { kind: 'end', summary: 'done' },
  });

  await withWorkflowRunner(activities, async ({ start }) => {
    await (await start('clientRolloutWorkflow', workflowId, input)).result();
  });

  expect(calls).toEqual(['preparePreview', 'deploy', 'deploy', 'deploy']);
});

it('sleeps without a timer until it is woken', async () => {
  const { activities } = scriptedActivities({
    client: ({ number }) =>
      number === 0
        ? { kind: 'wait', sleepMs: null, then: 'announce', summary: 'paused by a person' }
        : { kind: 'end', summary: 'done' },
  });

  await withWorkflowRunner(activities, async ({ environment, start }) => {
    const handle = await start('clientRolloutWorkflow', workflowId, input);
    await untilItSleeps(handle);
    await environment.sleep('400 days');
    const asleep = await handle.describe();
    await handle.signal(factsChangedSignal);
    await handle.result();

    expect(asleep.status.name).toBe('RUNNING');
    expect(await eventKinds(handle)).not.toContain('timerStarted');
  });
});

it('asks once more when a wake comes in while an act answers that nothing is left to do', async () => {
  let wake = (): Promise<void> => Promise.resolve();
  const { activities, calls } = scriptedActivities({
    client: async ({ number }) => {
      if (number === 0) await wake();
      return { kind: 'end', summary: 'done' };
    },
  });

  await withWorkflowRunner(activities, async ({ environment, start }) => {
    wake = () => environment.client.workflow.getHandle(workflowId).signal(factsChangedSignal);
    await (await start('clientRolloutWorkflow', workflowId, input)).result();
  });

  expect(calls).toEqual(['preparePreview', 'preparePreview']);
});

it('begins a new history when the old one grows long, and then asks afresh', async () => {
  const rounds = 500;
  const { activities, calls } = scriptedActivities({
    client: ({ number }) =>
      number < rounds ? act('closeRound') : { kind: 'end', summary: 'done' },
  });

  await withWorkflowRunner(activities, async ({ environment, start }) => {
    const handle = await start('clientRolloutWorkflow', workflowId, input);
    const firstRunId = (await handle.describe()).runId;
    await handle.result();
    const last = await environment.client.workflow.getHandle(workflowId).describe();

    expect(last.runId).not.toBe(firstRunId);
    expect(last.historyLength).toBeLessThan(2_000);
  });

  expect(calls.filter((each) => each === 'preparePreview')).toHaveLength(2);
  expect(calls).toHaveLength(rounds + 1);
});

it('waits for a newer worker when it is told a step that it does not know', async () => {
  const { activities } = scriptedActivities({
    client: () => ({ kind: 'act', act: 'danceForJoy', summary: 'is due' }) as unknown as ClientStep,
  });

  await withWorkflowRunner(activities, async ({ start }) => {
    const handle = await start('clientRolloutWorkflow', workflowId, input);
    await untilEvent(handle, 'workflowTaskFailed');
    const { status } = await handle.describe();
    await handle.terminate();

    expect(status.name).toBe('RUNNING');
  });
});
