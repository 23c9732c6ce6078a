import type { Transaction } from '../../database/in-transaction.ts';
import type { Queryable } from '../../database/pool.ts';
import { readMovesOfClient } from '../../database/read-models/plan-agreements.read-model.ts';
import { readReplanInput } from '../../database/read-models/replan-input.read-model.ts';
import { countOwnMoves } from '../../database/stores/chosen-date.store.ts';
import type { ClientPart } from '../../database/stores/client-part.store.ts';
import type { RolloutId } from '../../domain/ids.ts';
import type { Instant } from '../../domain/instant.ts';
import type { PlanInput } from '../../domain/rollout/plan-input.ts';

/** The rollout as it stands, with how this client may move its date; null when it cannot be planned. */
export async function readChoice(
  db: Queryable,
  { rolloutId, clientKey }: { readonly rolloutId: RolloutId; readonly clientKey: string },
  now: Instant,
): Promise<PlanInput | null> {
  const request = { kind: 'again', rolloutId, clients: 'all', reason: 'a chosen date' } as const;
  const reading = await readReplanInput(db, request, now);
  if (reading.kind === 'problem') return null;
  const { input } = reading;
  const client = input.clients.find(({ key }) => key === clientKey);
  if (client === undefined) return input;
  const agreed = await readMovesOfClient(db, client.clientId, { ...input, at: now });
  const policy = agreed === null ? input.policy : { ...input.policy, clientMoves: agreed };
  return { ...input, policy };
}

/** Why a client may not move its own date once more, in a sentence; null = it may. */
export async function whyNoMove(
  tx: Transaction,
  part: ClientPart,
  { policy: { clientMoves } }: PlanInput,
): Promise<string | null> {
  if (clientMoves === undefined) return 'Clients do not move their own dates under this policy.';
  const moved = await countOwnMoves(tx, part.clientRolloutId);
  if (moved < clientMoves.times) return null;
  return `The date was moved ${moved} times already; the policy allows ${clientMoves.times}.`;
}
