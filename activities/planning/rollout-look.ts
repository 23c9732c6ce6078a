import { inTransaction, type Transaction } from '../../database/in-transaction.ts';
import { readRolloutFacts } from '../../database/read-models/rollout-facts.read-model.ts';
import { lockCohorts } from '../../database/stores/cohort.store.ts';
import { lockRollout, type Rollout } from '../../database/stores/rollout.store.ts';
import { lockVendor } from '../../database/stores/vendor.store.ts';
import { readWantedLevel, storeLook } from '../../database/stores/wake.store.ts';
import type { Instant } from '../../domain/instant.ts';
import type { CohortProgress, RolloutFacts } from '../../domain/rollout/cohort-facts.ts';
import { nextRolloutStep, type RolloutNext } from '../../domain/rollout/next-rollout-step.ts';
import type { RolloutInput } from '../../workflows/contract/inputs.ts';
import type { RolloutAct, RolloutStep } from '../../workflows/contract/steps.ts';
import { rolloutWorkflowId } from '../../workflows/contract/workflow-ids.ts';
import type { ActDependencies } from '../dependencies.ts';
import { stepOf } from '../step-of.ts';

/** A rollout as it is at this moment, under its locks. */
export interface RolloutLook {
  readonly rollout: Rollout;
  readonly facts: RolloutFacts;
  readonly now: Instant;
  readonly because: string;
  /** The cohort the act is about; null for the rollout itself. */
  readonly cohort: CohortProgress | null;
}

/**
 * Runs one act of a rollout as a whole: locks, reads the facts, asks the rules what is next, and performs the act
 * only when it is this one's turn. Answers what is next after it.
 */
export async function rolloutAct(
  deps: Pick<ActDependencies, 'database'>,
  { rolloutId }: RolloutInput,
  act: {
    readonly name: RolloutAct;
    /** New dates must not meet those that another rollout is just given. */
    readonly locksVendor?: boolean;
    readonly perform: (tx: Transaction, look: RolloutLook) => Promise<void>;
  },
): Promise<RolloutStep> {
  const look = async (tx: Transaction): Promise<RolloutStep> => {
    if (act.locksVendor === true) await lockVendor(tx);
    const rollout = await lockRollout(tx, rolloutId);
    if (rollout === null) return { kind: 'end', summary: 'there is no such rollout' };
    await lockCohorts(tx, rolloutId);
    const level = await readWantedLevel(tx, rolloutWorkflowId(rolloutId));
    const now = await tx.now();
    const facts = await factsOf(tx, rollout, now);
    const next = nextRolloutStep(facts, now);
    if (next.kind !== 'act' || next.act !== act.name) return await answer(tx, next, level, rollout);
    const { because, cohort } = next;
    await act.perform(tx, { rollout, facts, now, because, cohort });
    const after = nextRolloutStep(await factsOf(tx, rollout, now), now);
    return await answer(tx, after, level, rollout);
  };
  return await inTransaction(deps.database, look, { turn: rolloutId });
}

async function factsOf(tx: Transaction, { id }: Rollout, now: Instant): Promise<RolloutFacts> {
  const facts = await readRolloutFacts(tx, id, now);
  if (facts === null) throw new Error('A rollout that was just locked has no facts');
  return facts;
}

async function answer(
  tx: Transaction,
  next: RolloutNext,
  level: number,
  { id }: Rollout,
): Promise<RolloutStep> {
  const step = stepOf(next, await tx.now());
  if (step.kind !== 'act') {
    await storeLook(tx, {
      workflowId: rolloutWorkflowId(id),
      level,
      sleepMs: step.kind === 'wait' ? step.sleepMs : null,
      ends: step.kind === 'end',
    });
  }
  return step;
}
