import { jest } from '@jest/globals';
import { factsChangedSignal } from '../../workflows/contract/messages.ts';
import { untilItSleeps } from '../support/history.ts';
import { scriptedActivities } from '../support/scripted-activities.ts';
import { withWorkflowRunner } from '../support/workflow-runner.ts';

jest.setTimeout(120_000);

const input = { stream: 'outbound' };

it('sends when something is due, when it is woken, and never ends', async () => {
  const { activities, calls } = scriptedActivities({
    mail: ({ number }) => ({ sleepMs: number === 0 ? 86_400_000 : null }),
  });

  await withWorkflowRunner(activities, async ({ environment, start }) => {
    const handle = await start('mailWorkflow', 'mail/outbound', input);
    await untilItSleeps(handle);
    await environment.sleep('2 days');
    await untilItSleeps(handle, 2);
    await handle.signal(factsChangedSignal);
    await untilItSleeps(handle, 3);
    const { status } = await handle.describe();
    await handle.terminate();

    expect(status.name).toBe('RUNNING');
  });

  expect(calls).toEqual(['sendDue', 'sendDue', 'sendDue']);
});

it('begins a new history when the old one grows long', async () => {
  let runIds: readonly (string | undefined)[] = [];
  const { activities } = scriptedActivities({
    mail: ({ number }) => ({ sleepMs: number < 300 ? 1_000 : null }),
  });

  await withWorkflowRunner(activities, async ({ environment, start }) => {
    const handle = await start('mailWorkflow', 'mail/outbound', input);
    const first = (await handle.describe()).runId;
    await environment.sleep('1 hour');
    const current = environment.client.workflow.getHandle('mail/outbound');
    await untilItSleeps(current);
    runIds = [first, (await current.describe()).runId];
    await current.terminate();
  });

  expect(runIds[1]).not.toBe(runIds[0]);
});
