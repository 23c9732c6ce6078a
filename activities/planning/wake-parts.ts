import type { Transaction } from '../../database/in-transaction.ts';
import type { ClientPart } from '../../database/stores/client-part.store.ts';
import { hasEnded } from '../../domain/rollout/states.ts';
import { clientRolloutWorkflowId } from '../../workflows/contract/workflow-ids.ts';

/** Wakes the loops of all parts that may still do something by themselves, in plan order. */
export function wakeParts(tx: Transaction, parts: readonly ClientPart[]): void {
  for (const { rolloutId, clientId, planPosition, state } of parts) {
    if (hasEnded(state)) continue;
    tx.wake(clientRolloutWorkflowId(rolloutId, clientId), planPosition);
  }
}
