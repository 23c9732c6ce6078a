import type { Transaction } from '../../database/in-transaction.ts';
import { raiseAttention } from '../../database/stores/attention.store.ts';
import { moveClientRollout } from '../../database/stores/client-rollout.store.ts';
import type { ClientLook } from '../client-look.ts';
import type { ActDependencies } from '../dependencies.ts';
import { factsFor } from '../messages/facts-for.ts';

/** Tells the client its date; from here on only the gates are waited for. */
export async function announce(
  tx: Transaction,
  deps: ActDependencies,
  { ref, facts }: ClientLook,
): Promise<void> {
  const { clientRolloutId } = ref;
  const written = await deps.desk.announce(tx, { clientRolloutId });
  await moveClientRollout(tx, {
    of: ref,
    from: ['agreed'],
    to: 'scheduled',
    actor: 'daymark',
    reason: null,
    facts: { slot: facts.slot, notices: written },
  });
  if (written > 0) return;
  const told = await factsFor(tx, deps, clientRolloutId);
  if (told.contacts.some(({ roles }) => roles.includes('informed'))) return;
  await raiseAttention(tx, {
    dedupeKey: `no-informed:${clientRolloutId}`,
    kind: 'nobody-to-tell',
    text: `Nobody at ${told.clientName} can be told the date: no contact is informed. Name one in time, or the date is missed.`,
    actions: ['edit-contact'],
    ...ref,
    owner: told.ownerEmail,
  });
}
