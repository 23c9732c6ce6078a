import type { Transaction } from '../../database/in-transaction.ts';
import { lockParts } from '../../database/stores/client-part.store.ts';
import { moveCohort } from '../../database/stores/cohort.store.ts';
import { durationMs } from '../../domain/duration.ts';
import { type Instant, plusMs } from '../../domain/instant.ts';
import type { CohortProgress } from '../../domain/rollout/cohort-facts.ts';
import type { CohortState } from '../../domain/rollout/states.ts';
import type { RolloutLook } from './rollout-look.ts';
import { wakeParts } from './wake-parts.ts';

/** Opens a cohort; its clients look whether they may start, in plan order. */
export async function openCohort(tx: Transaction, look: RolloutLook): Promise<void> {
  await moveTo(tx, look, 'open');
  wakeParts(tx, await lockParts(tx, look.rollout.id, 'all'));
}

/** The cohort reached its threshold; it is watched from now on. */
export async function observeCohort(tx: Transaction, look: RolloutLook): Promise<void> {
  await moveTo(tx, look, 'observing', plusMs(look.now, durationMs(look.facts.policy.observation)));
}

/** The cohort was watched long enough. */
export async function passCohort(tx: Transaction, look: RolloutLook): Promise<void> {
  await moveTo(tx, look, 'passed');
}

async function moveTo(
  tx: Transaction,
  look: RolloutLook,
  to: CohortState,
  observeUntil?: Instant,
): Promise<void> {
  const { id, name, state: from } = cohortOf(look);
  await moveCohort(tx, {
    rolloutId: look.rollout.id,
    id,
    name,
    from,
    to,
    because: look.because,
    ...(observeUntil === undefined ? {} : { observeUntil }),
  });
}

function cohortOf({ cohort }: RolloutLook): CohortProgress {
  if (cohort === null) throw new Error('The rules named an act of a cohort without a cohort');
  return cohort;
}
