import { inTransaction } from '../../database/in-transaction.ts';
import { lockParts } from '../../database/stores/client-part.store.ts';
import { lockUnfinishedRollouts } from '../../database/stores/rollout.store.ts';
import { lockVendor, setLive } from '../../database/stores/vendor.store.ts';
import { rolloutWorkflowId } from '../../workflows/contract/workflow-ids.ts';
import type { ActDependencies } from '../dependencies.ts';
import { type Refusal, refuse } from './refusal.ts';
import { wakeParts } from './wake-parts.ts';

/** Whether mail reaches clients from now on, and who decided it. */
export interface LiveOrder {
  readonly live: boolean;
  readonly actor: string;
  readonly reason?: string;
}

export type LiveAnswer =
  { readonly kind: 'switched'; readonly live: boolean; readonly changed: boolean } | Refusal;

/**
 * Switches client mail live or off. Switching on sends nothing by itself: questions not yet decided and notices not
 * yet due are created anew by the desk, and everybody looks again.
 */
export async function switchLive(
  deps: Pick<ActDependencies, 'database' | 'desk'>,
  { live, actor, reason }: LiveOrder,
): Promise<LiveAnswer> {
  return await inTransaction(deps.database, async (tx) => {
    const vendor = await lockVendor(tx);
    if (vendor === null) {
      const message = 'This database has no vendor yet; run "daymark migrate" first.';
      return refuse(tx, { verb: 'switch-live', actor }, { code: 'NO_VENDOR', message });
    }
    if (vendor.live === live) return { kind: 'switched', live, changed: false };
    await setLive(tx, { live, actor, ...(reason ? { reason } : {}) });
    for (const rolloutId of await lockUnfinishedRollouts(tx)) {
      tx.wake(rolloutWorkflowId(rolloutId));
      wakeParts(tx, await lockParts(tx, rolloutId, 'all'));
    }
    if (live) await deps.desk.goLive(tx);
    return { kind: 'switched', live, changed: true };
  });
}
