import { retryDeployment } from '../../../../activities/deployment/decide-deployment.ts';
import type { Refusal } from '../../../../activities/planning/refusal.ts';
import { inTransaction } from '../../../../database/in-transaction.ts';
import { readRolloutClients } from '../../../../database/read-models/rollout-clients.read-model.ts';
import type { RolloutId } from '../../../../domain/ids.ts';
import { rolloutWorkflowId } from '../../../../workflows/contract/workflow-ids.ts';
import type { Backend } from '../backend.ts';

/** Who is to be tried once more. */
export interface RetryOrder {
  readonly rolloutId: RolloutId;
  readonly keys: readonly string[];
  readonly reason: string;
  readonly actor: string;
}

class Refused extends Error {}

/** Tries clients once more in plan order: all of them or, when one cannot be, none. */
export async function retryClients(
  { database }: Pick<Backend, 'database'>,
  { rolloutId, keys, reason, actor }: RetryOrder,
): Promise<{ readonly kind: 'done'; readonly keys: readonly string[] } | Refusal> {
  try {
    return await inTransaction(database, async (tx) => {
      const rows = await readRolloutClients(tx, { rolloutId });
      const chosen = rows.filter(({ key }) => keys.includes(key));
      const lacking = keys.filter((key) => !chosen.some((each) => each.key === key));
      if (lacking.length > 0) throw new Refused(`The rollout has no client ${lacking.join(', ')}`);
      for (const { clientRolloutId, name } of chosen) {
        const retried = await retryDeployment(tx, { clientRolloutId, by: actor, reason });
        if (retried.kind === 'refused') throw new Refused(`${name}: ${retried.reason}`);
      }
      tx.wake(rolloutWorkflowId(rolloutId));
      return { kind: 'done', keys: chosen.map(({ key }) => key) };
    });
  } catch (error) {
    if (!(error instanceof Refused)) throw error;
    return { kind: 'refused', code: 'CLIENT_STATE', message: error.message };
  }
}
