import { setTimeout as sleep } from 'node:timers/promises';
import type { Database } from '../../database/in-transaction.ts';
import { type Dispatch, readDispatches } from '../../database/read-models/dispatches.read-model.ts';
import type { ClientRolloutId, RolloutId } from '../../domain/ids.ts';

const lookEveryMs = 200;

/**
 * Waits until no start can leave the house any more: a permit ends by itself after ten seconds, or earlier with the
 * deployer's answer. Called after the commit that denies new ones; answers what was dispatched before it.
 */
export async function awaitPermits(
  database: Database,
  of: {
    readonly rolloutId: RolloutId;
    readonly clientRolloutIds?: readonly ClientRolloutId[];
    /** False = answer at once; permits may still be valid then, as the answer says. */
    readonly wait: boolean;
  },
): Promise<readonly Dispatch[]> {
  for (;;) {
    const dispatches = await readDispatches(database.pool, of);
    if (!of.wait || dispatches.every(({ permitUntil }) => permitUntil === null)) return dispatches;
    await sleep(lookEveryMs);
  }
}
