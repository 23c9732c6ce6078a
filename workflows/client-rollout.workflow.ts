import { continueAsNew, proxyActivities, setHandler } from '@temporalio/workflow';
import { callsOutside, factsOnly } from './activity-classes.ts';
import type { ClientActivities } from './contract/activities.ts';
import type { ClientRolloutInput } from './contract/inputs.ts';
import { factsChangedSignal } from './contract/messages.ts';
import type { ClientAct, ClientStep } from './contract/steps.ts';
import { followSteps } from './follow-steps.ts';

const facts = proxyActivities<ClientActivities>(factsOnly);
const outside = proxyActivities<ClientActivities>(callsOutside);

const acts: Readonly<Record<ClientAct, (typeof facts)[ClientAct]>> = {
  preparePreview: outside.preparePreview,
  verifyPreview: outside.verifyPreview,
  askConsent: facts.askConsent,
  closeRound: facts.closeRound,
  announce: facts.announce,
  missSlot: facts.missSlot,
  deploy: outside.deploy,
  verify: outside.verify,
};

/** Carries one client through a rollout: preview, consent, notice, slot, deployment, verification. */
export async function clientRolloutWorkflow(input: ClientRolloutInput): Promise<void> {
  let isWoken = false;
  setHandler(factsChangedSignal, () => {
    isWoken = true;
  });
  await followSteps<ClientAct>({
    first: 'preparePreview',
    isWoken: () => isWoken,
    forgetWake: () => {
      isWoken = false;
    },
    perform: (act, summary) => perform(act, summary, input),
    startAnew: () => continueAsNew<typeof clientRolloutWorkflow>(input),
  });
}

async function perform(
  act: ClientAct,
  summary: string,
  input: ClientRolloutInput,
): Promise<ClientStep> {
  // A newer worker may have named an act that this one does not know.
  if (!Object.hasOwn(acts, act)) throw new Error(`This worker knows no act "${act}"`);
  return await acts[act].executeWithOptions({ summary }, [input]);
}
