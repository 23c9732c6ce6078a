import { jest } from '@jest/globals';
import { scriptedActivities } from '../support/scripted-activities.ts';
import { withWorkflowRunner } from '../support/workflow-runner.ts';
import type { RolloutStep } from '../../workflows/contract/steps.ts';

jest.setTimeout(120_000);

const input = { rolloutId: 'r' };
const day = 86_400_000;

it('leads a rollout from its first cohort to its end', async () => {
  const story: readonly RolloutStep[] = [
    { kind: 'wait', sleepMs: 3 * day, then: 'observeCohort', summary: 'first: 0 of 2 verified' },
    { kind: 'wait', sleepMs: day, then: 'passCohort', summary: 'first is observed' },
    { kind: 'act', act: 'finishRollout', summary: 'no client has anything left to do' },
    { kind: 'end', summary: 'done' },
  ];
  const { activities, calls } = scriptedActivities({ rollout: ({ number }) => story[number]! });

  await withWorkflowRunner(activities, async ({ start }) => {
    await (await start('rolloutWorkflow', 'rollout/r', input)).result();
  });

  expect(calls).toEqual(['openCohort', 'observeCohort', 'passCohort', 'finishRollout']);
});

it('begins a new history when the old one grows long', async () => {
  const rounds = 500;
  const { activities, calls } = scriptedActivities({
    rollout: ({ number }) =>
      number < rounds
        ? { kind: 'act', act: 'passCohort', summary: 'again' }
        : { kind: 'end', summary: 'done' },
  });

  await withWorkflowRunner(activities, async ({ start }) => {
    await (await start('rolloutWorkflow', 'rollout/r', input)).result();
  });

  expect(calls.filter((each) => each === 'openCohort')).toHaveLength(2);
});
