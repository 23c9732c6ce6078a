import { inTransaction } from '../../database/in-transaction.ts';
import type { Dispatch } from '../../database/read-models/dispatches.read-model.ts';
import { missedQuestionKey } from '../../database/read-models/rollout-facts.read-model.ts';
import { resolveAttention } from '../../database/stores/attention.store.ts';
import { lockParts } from '../../database/stores/client-part.store.ts';
import { lockCohorts } from '../../database/stores/cohort.store.ts';
import { lockRollout, moveRollout } from '../../database/stores/rollout.store.ts';
import type { RolloutId } from '../../domain/ids.ts';
import { rolloutWorkflowId } from '../../workflows/contract/workflow-ids.ts';
import type { ActDependencies } from '../dependencies.ts';
import { closedQuestionKey } from './ask-about-closed-dates.ts';
import { awaitPermits } from './await-permits.ts';
import { pausedQuestionKey } from './pause-for-failures.ts';
import { noSuchRollout, type Refusal, refuse, wrongState } from './refusal.ts';
import { isBeforeProduction, takeOut } from './take-out.ts';

/** A rollout ends for all whose production has not begun. */
export interface StopOrder {
  readonly rolloutId: RolloutId;
  readonly reason: string;
  readonly actor: string;
  readonly wait?: boolean;
}

export type StopAnswer =
  | {
      readonly kind: 'stopped';
      /** Clients that get nothing any more. */
      readonly withdrawn: readonly string[];
      /** What had been told to start before the stop; it finishes and is recorded. */
      readonly dispatched: readonly Dispatch[];
    }
  | Refusal;

/** Stops a rollout: slots are free again, whoever was told anything is told, and nothing starts any more. */
export async function stopRollout(
  deps: Pick<ActDependencies, 'database' | 'desk'>,
  order: StopOrder,
): Promise<StopAnswer> {
  const { rolloutId, reason, actor } = order;
  const stopped = await inTransaction(deps.database, async (tx) => {
    const rollout = await lockRollout(tx, rolloutId);
    if (rollout === null) return refuse(tx, { verb: 'stop', actor }, noSuchRollout);
    await lockCohorts(tx, rolloutId);
    const parts = (await lockParts(tx, rolloutId, 'all')).filter(isBeforeProduction);
    const from = ['draft', 'running', 'paused'] as const;
    if (!(await moveRollout(tx, { id: rolloutId, from, to: 'stopped', actor, reason }))) {
      return refuse(tx, { verb: 'stop', actor, rolloutId }, wrongState(rollout, 'stopped'));
    }
    const why = { kind: 'stopped' } as const;
    await takeOut(tx, deps, { parts, to: 'withdrawn', why, reason, actor });
    for (const key of [missedQuestionKey, pausedQuestionKey, closedQuestionKey]) {
      const dedupeKey = key(rolloutId);
      await resolveAttention(tx, { dedupeKey, by: actor, resolution: 'the rollout was stopped' });
    }
    tx.wake(rolloutWorkflowId(rolloutId));
    return { kind: 'stopped' as const, withdrawn: parts.map(({ key }) => key) };
  });
  if (stopped.kind === 'refused') return stopped;
  const { wait = true } = order;
  return { ...stopped, dispatched: await awaitPermits(deps.database, { rolloutId, wait }) };
}
