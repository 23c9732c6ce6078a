import { moveClientRollout } from '../../database/stores/client-rollout.store.ts';
import { moveRollout } from '../../database/stores/rollout.store.ts';
import type { ClientActivities, RolloutActivities } from '../../workflows/contract/activities.ts';
import { rolloutWorkflowId } from '../../workflows/contract/workflow-ids.ts';
import { clientAct } from '../client-look.ts';
import type { ActDependencies } from '../dependencies.ts';
import { observeCohort, openCohort, passCohort } from './cohort-acts.ts';
import { pauseForFailures } from './pause-for-failures.ts';
import { planMissedAgain } from './plan-missed-again.ts';
import { rolloutAct } from './rollout-look.ts';

/** The acts of planning: what a client does when it loses its date, and all acts of a rollout as a whole. */
export function createPlanningActivities(
  deps: ActDependencies,
): Pick<ClientActivities, 'missSlot'> & RolloutActivities {
  return {
    missSlot: (input) =>
      clientAct(deps, input, {
        name: 'missSlot',
        lock: 'client',
        perform: async (tx, { ref, facts, next }) => {
          const { slot } = facts;
          await moveClientRollout(tx, {
            of: ref,
            from: ['agreed', 'scheduled'],
            to: 'missed',
            actor: 'daymark',
            reason: next.because,
            facts: { slot, notice: facts.notice },
          });
          tx.wake(rolloutWorkflowId(ref.rolloutId));
        },
      }),
    openCohort: (input) => rolloutAct(deps, input, { name: 'openCohort', perform: openCohort }),
    observeCohort: (input) =>
      rolloutAct(deps, input, { name: 'observeCohort', perform: observeCohort }),
    passCohort: (input) => rolloutAct(deps, input, { name: 'passCohort', perform: passCohort }),
    pauseForFailures: (input) =>
      rolloutAct(deps, input, { name: 'pauseForFailures', perform: pauseForFailures }),
    planMissedAgain: (input) =>
      rolloutAct(deps, input, {
        name: 'planMissedAgain',
        locksVendor: true,
        perform: (tx, look) => planMissedAgain(tx, deps, look),
      }),
    finishRollout: (input) =>
      rolloutAct(deps, input, {
        name: 'finishRollout',
        perform: async (tx, { rollout, because }) => {
          const { id, state } = rollout;
          const move = {
            id,
            from: [state],
            to: 'done',
            actor: 'daymark',
            reason: because,
          } as const;
          await moveRollout(tx, move);
        },
      }),
  };
}
