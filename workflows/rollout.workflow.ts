import { continueAsNew, proxyActivities, setHandler } from '@temporalio/workflow';
import { factsOnly } from './activity-classes.ts';
import type { RolloutActivities } from './contract/activities.ts';
import type { RolloutInput } from './contract/inputs.ts';
import { factsChangedSignal } from './contract/messages.ts';
import { type RolloutAct, rolloutActs, type RolloutStep } from './contract/steps.ts';
import { followSteps } from './follow-steps.ts';

const acts = proxyActivities<RolloutActivities>(factsOnly);

/** Leads a rollout as a whole: opens and passes cohorts, pauses on failures, plans missed clients again, ends. */
export async function rolloutWorkflow(input: RolloutInput): Promise<void> {
  let isWoken = false;
  setHandler(factsChangedSignal, () => {
    isWoken = true;
  });
  await followSteps<RolloutAct>({
    first: 'openCohort',
    isWoken: () => isWoken,
    forgetWake: () => {
      isWoken = false;
    },
    perform: (act, summary) => perform(act, summary, input),
    startAnew: () => continueAsNew<typeof rolloutWorkflow>(input),
  });
}

async function perform(
  act: RolloutAct,
  summary: string,
  input: RolloutInput,
): Promise<RolloutStep> {
  // A newer worker may have named an act that this one does not know.
  if (!rolloutActs.includes(act)) throw new Error(`This worker knows no act "${act}"`);
  return await acts[act].executeWithOptions({ summary }, [input]);
}
