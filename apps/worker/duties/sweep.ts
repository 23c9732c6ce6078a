import {
  type Database,
  inTransaction,
  type Transaction,
} from '../../../database/in-transaction.ts';
import { type LossLimits, raiseLostWakes } from '../../../database/stores/lost-wake.store.ts';
import { nextForPlaces } from '../../../database/stores/place.store.ts';
import { clientRolloutWorkflowId } from '../../../workflows/contract/workflow-ids.ts';
import { reportOverdueLoops } from './overdue-loops.ts';
import type { Duty } from './duty.ts';

/** How often and after what time the sweep finds a loop lost. */
export interface SweepSettings extends LossLimits {
  readonly everyMs: number;
}

/** Finds what got lost. It never acts on the world: it raises wakes, and attention items for what stays stuck. */
export function sweep(database: Database, settings: SweepSettings): Duty {
  return {
    name: 'sweep',
    everyMs: settings.everyMs,
    perform: async () => {
      await inTransaction(database, (tx) => raiseLostWakes(tx, settings));
      await inTransaction(database, wakeForPlaces);
      await inTransaction(database, reportOverdueLoops);
      return false;
    },
  };
}

/** A place that nobody was told of, since whoever freed it died, must not stay empty. */
async function wakeForPlaces(tx: Transaction): Promise<void> {
  for (const { rolloutId, clientId, planOrder } of await nextForPlaces(tx)) {
    tx.wake(clientRolloutWorkflowId(rolloutId, clientId), planOrder);
  }
}
