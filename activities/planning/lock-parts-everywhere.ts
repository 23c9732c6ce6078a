import type { Transaction } from '../../database/in-transaction.ts';
import {
  type ClientPart,
  lockParts,
  type PartSelection,
} from '../../database/stores/client-part.store.ts';
import { lockUnfinishedRollouts } from '../../database/stores/rollout.store.ts';

/** Locks the parts that clients have in all rollouts that are not over; the caller holds the vendor's row. */
export async function lockPartsEverywhere(
  tx: Transaction,
  selection: PartSelection,
): Promise<readonly ClientPart[]> {
  const parts: ClientPart[] = [];
  for (const rolloutId of await lockUnfinishedRollouts(tx)) {
    parts.push(...(await lockParts(tx, rolloutId, selection)));
  }
  return parts;
}
