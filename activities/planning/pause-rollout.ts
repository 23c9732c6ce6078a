import { inTransaction } from '../../database/in-transaction.ts';
import type { Dispatch } from '../../database/read-models/dispatches.read-model.ts';
import { lockRollout, moveRollout } from '../../database/stores/rollout.store.ts';
import type { RolloutId } from '../../domain/ids.ts';
import type { Instant } from '../../domain/instant.ts';
import { rolloutWorkflowId } from '../../workflows/contract/workflow-ids.ts';
import type { ActDependencies } from '../dependencies.ts';
import { awaitPermits } from './await-permits.ts';
import { noSuchRollout, type Refusal, refuse, wrongState } from './refusal.ts';

/** Nothing of this rollout is to start any more. */
export interface PauseOrder {
  readonly rolloutId: RolloutId;
  readonly reason: string;
  readonly actor: string;
  /** False = do not wait until the last permit is over. */
  readonly wait?: boolean;
}

export type PauseAnswer =
  | {
      readonly kind: 'paused';
      readonly since: Instant;
      readonly by: string;
      /** What had been told to start before the pause; it finishes. */
      readonly dispatched: readonly Dispatch[];
    }
  | Refusal;

/**
 * Pauses a rollout. After it returned no start of any kind leaves the house, however many processes there are.
 * One that is paused already stays so and is answered like the first pause.
 */
export async function pauseRollout(
  deps: Pick<ActDependencies, 'database'>,
  order: PauseOrder,
): Promise<PauseAnswer> {
  const decided = await inTransaction(deps.database, async (tx) => {
    const { rolloutId, actor, reason } = order;
    const rollout = await lockRollout(tx, rolloutId);
    if (rollout === null) return refuse(tx, { verb: 'pause', actor }, noSuchRollout);
    if (rollout.state === 'paused') {
      return { kind: 'paused' as const, since: rollout.since, by: rollout.stateBy ?? '' };
    }
    const move = { id: rolloutId, from: ['running'], to: 'paused', actor, reason } as const;
    if (!(await moveRollout(tx, move))) {
      return refuse(tx, { verb: 'pause', actor, rolloutId }, wrongState(rollout, 'paused'));
    }
    tx.wake(rolloutWorkflowId(rolloutId));
    return { kind: 'paused' as const, since: await tx.now(), by: actor };
  });
  if (decided.kind === 'refused') return decided;
  const { rolloutId, wait = true } = order;
  return { ...decided, dispatched: await awaitPermits(deps.database, { rolloutId, wait }) };
}
