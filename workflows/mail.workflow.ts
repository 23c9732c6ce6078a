import { continueAsNew, proxyActivities, setHandler } from '@temporalio/workflow';
import { sendsMail } from './activity-classes.ts';
import type { MailActivities } from './contract/activities.ts';
import type { MailInput } from './contract/inputs.ts';
import { factsChangedSignal } from './contract/messages.ts';
import { isLong, sleepUntilWoken } from './follow-steps.ts';

const { sendDue } = proxyActivities<MailActivities>(sendsMail);

/** Sends the mails of one stream whenever some are due; never ends, but begins a new history when one grows long. */
export async function mailWorkflow(input: MailInput): Promise<void> {
  let isWoken = false;
  setHandler(factsChangedSignal, () => {
    isWoken = true;
  });
  while (!isLong()) {
    isWoken = false;
    const { sleepMs } = await sendDue.executeWithOptions({ summary: 'sends what is due' }, [input]);
    await sleepUntilWoken({ isWoken: () => isWoken }, sleepMs, 'nothing is due');
  }
  await continueAsNew<typeof mailWorkflow>(input);
}
