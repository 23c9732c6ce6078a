import { inTransaction } from '../../database/in-transaction.ts';
import { moveRollout } from '../../database/stores/rollout.store.ts';
import { rolloutWorkflowId } from '../../workflows/contract/workflow-ids.ts';
import type { ActDependencies } from '../dependencies.ts';
import { retryDeployment } from '../deployment/decide-deployment.ts';
import { type Refusal, refuse, wrongState } from './refusal.ts';
import { type ClientsOrder, selectClients } from './select-clients.ts';

/** Clients whose deployment failed, or whose outcome nobody knows, get another attempt. */
export interface RetryOrder extends ClientsOrder {
  readonly reason: string;
}

export type RetryAnswer = { readonly kind: 'retried'; readonly keys: readonly string[] } | Refusal;

/**
 * Tries clients once more, all of them or none, in plan order; every gate is judged again. A rollout that was done
 * but for them runs again.
 */
export async function retryClients(
  deps: Pick<ActDependencies, 'database'>,
  order: RetryOrder,
): Promise<RetryAnswer> {
  const { rolloutId, actor, reason } = order;
  return await inTransaction(deps.database, async (tx) => {
    const selected = await selectClients(tx, order, {
      verb: 'retry',
      allows: ({ state }) => state === 'failed' || state === 'unknown',
    });
    if (selected.kind === 'refused') return selected;
    const { rollout, parts } = selected;
    if (rollout.state === 'stopped' || rollout.state === 'closed') {
      return refuse(tx, { verb: 'retry', actor, rolloutId }, wrongState(rollout, 'retried'));
    }
    await moveRollout(tx, { id: rolloutId, from: ['done'], to: 'running', actor, reason });
    for (const { clientRolloutId, key } of parts) {
      const retried = await retryDeployment(tx, { clientRolloutId, by: actor, reason });
      // Their states are locked and were looked at, so that a refusal here must undo the others.
      if (retried.kind === 'refused') {
        throw new Error(`${key} cannot be retried: ${retried.reason}`);
      }
    }
    tx.wake(rolloutWorkflowId(rolloutId));
    return { kind: 'retried', keys: parts.map(({ key }) => key) };
  });
}
