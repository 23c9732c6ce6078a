import type { Transaction } from '../../database/in-transaction.ts';
import {
  type MessageFacts,
  readMessageFacts,
} from '../../database/read-models/message-facts.read-model.ts';
import type { ClientRolloutId } from '../../domain/ids.ts';
import type { DeskDependencies } from './desk-dependencies.ts';

/**
 * What there is to say to one client, with its business days at hand.
 * @throws Error when there is no such client rollout: the caller holds its lock.
 */
export async function factsFor(
  tx: Pick<Transaction, 'rows'>,
  deps: Pick<DeskDependencies, 'shelf'>,
  clientRolloutId: ClientRolloutId,
): Promise<MessageFacts> {
  const facts = await readMessageFacts(tx, clientRolloutId);
  if (facts === null) throw new Error('A message is about a client rollout that does not exist');
  await deps.shelf.fetch(tx, [facts.clientCalendarId]);
  return facts;
}
