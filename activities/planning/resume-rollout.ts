import { inTransaction } from '../../database/in-transaction.ts';
import { resolveAttention } from '../../database/stores/attention.store.ts';
import { lockParts } from '../../database/stores/client-part.store.ts';
import { lockCohorts } from '../../database/stores/cohort.store.ts';
import {
  countFailuresFromNow,
  lockRollout,
  moveRollout,
} from '../../database/stores/rollout.store.ts';
import type { RolloutId } from '../../domain/ids.ts';
import { rolloutWorkflowId } from '../../workflows/contract/workflow-ids.ts';
import type { ActDependencies } from '../dependencies.ts';
import { pausedQuestionKey } from './pause-for-failures.ts';
import { noSuchRollout, type Refusal, refuse, wrongState } from './refusal.ts';
import { wakeParts } from './wake-parts.ts';
import { wakeMailOf } from '../messages/wake-mail.ts';

/** A paused rollout goes on. */
export interface ResumeOrder {
  readonly rolloutId: RolloutId;
  readonly reason?: string;
  readonly actor: string;
}

export type ResumeAnswer = { readonly kind: 'resumed' } | Refusal;

/** Resumes a paused rollout: failures count from now, and its clients go on in plan order. */
export async function resumeRollout(
  deps: Pick<ActDependencies, 'database'>,
  { rolloutId, actor, reason }: ResumeOrder,
): Promise<ResumeAnswer> {
  return await inTransaction(deps.database, async (tx) => {
    const rollout = await lockRollout(tx, rolloutId);
    if (rollout === null) return refuse(tx, { verb: 'resume', actor }, noSuchRollout);
    const from = ['paused'] as const;
    const move = { id: rolloutId, from, to: 'running', actor, reason: reason ?? null } as const;
    await lockCohorts(tx, rolloutId);
    const parts = await lockParts(tx, rolloutId, 'all');
    if (!(await moveRollout(tx, move))) {
      return refuse(tx, { verb: 'resume', actor, rolloutId }, wrongState(rollout, 'resumed'));
    }
    await countFailuresFromNow(tx, rolloutId);
    const dedupeKey = pausedQuestionKey(rolloutId);
    await resolveAttention(tx, { dedupeKey, by: actor, resolution: 'resumed' });
    await wakeMailOf(tx, rolloutId);
    tx.wake(rolloutWorkflowId(rolloutId));
    wakeParts(tx, parts);
    return { kind: 'resumed' };
  });
}
