import type { Transaction } from '../../database/in-transaction.ts';
import { readLane } from '../../database/read-models/mail-lane.read-model.ts';
import type {
  ContactFacts,
  MessageFacts,
} from '../../database/read-models/message-facts.read-model.ts';
import { recallMails } from '../../database/stores/mail-recall.store.ts';
import { readVerification } from '../../database/read-models/verification.read-model.ts';
import { formatLocal } from '../../domain/communication/local-time.ts';
import type { MessageDesk } from './message-desk.ts';
import { composeAbout, composeSpan } from './compose.ts';
import type { DeskDependencies } from './desk-dependencies.ts';
import { factsFor } from './facts-for.ts';
import { lastTold } from './tell-dates.ts';
import { laneOf, mayHaveLeft, writeMail } from './write-mail.ts';

/** Tells the informed contacts that the update runs and was checked; of a change nobody notices, nothing is said. */
export async function complete(
  tx: Transaction,
  deps: DeskDependencies,
  { clientRolloutId, deploymentId }: Parameters<MessageDesk['complete']>[1],
): Promise<void> {
  const facts = await factsFor(tx, deps, clientRolloutId);
  if (facts.impact === 'transparent' && facts.changeKind === 'release') return;
  const { generation, verifiedAt } = await readVerification(tx, deploymentId);
  const at = verifiedAt ?? (await tx.now());
  for (const contact of facts.contacts.filter(({ roles }) => roles.includes('informed'))) {
    const { notes, whatToDo } = composeAbout(facts, contact.locale);
    await writeMail(tx, deps, {
      facts,
      contact,
      kind: 'completed',
      revision: String(generation),
      compose: (base) => ({
        ...base,
        completedAt: formatLocal(at, contact.zone, contact.locale),
        productionUrl: facts.productionUrl,
        notes,
        whatToDo,
      }),
    });
  }
}

/** Calls back what has not left, and tells whoever was told anything that it will not take place. */
export async function withdraw(
  tx: Transaction,
  deps: DeskDependencies,
  about: Parameters<MessageDesk['withdraw']>[1],
): Promise<void> {
  const facts = await factsFor(tx, deps, about.clientRolloutId);
  await recallMails(tx, {
    clientRolloutId: about.clientRolloutId,
    kinds: null,
    exceptBoundTo: null,
    to: 'cancelled',
    actor: 'daymark',
    reason: about.reason === '' ? about.why.kind : about.reason,
  });
  for (const contact of facts.contacts) await sayWithdrawn(tx, deps, { facts, contact, about });
}

async function sayWithdrawn(
  tx: Transaction,
  deps: DeskDependencies,
  {
    facts,
    contact,
    about: { why, reason },
  }: {
    readonly facts: MessageFacts;
    readonly contact: ContactFacts;
    readonly about: Parameters<MessageDesk['withdraw']>[1];
  },
): Promise<void> {
  const lane = await readLane(tx, laneOf(facts, contact));
  if (!lane.some(mayHaveLeft)) return;
  const told = lastTold(lane);
  const date =
    told?.toldFrom && told.toldUntil ? { start: told.toldFrom, end: told.toldUntil } : null;
  await writeMail(tx, deps, {
    facts,
    contact,
    kind: 'withdrawn',
    revision: '1',
    // An entry that nobody has needs no cancelling.
    ...(date === null
      ? {}
      : { calendar: { method: 'cancel', startsAt: date.start, endsAt: date.end } }),
    compose: (base) => ({
      ...base,
      toldDate: date === null ? '' : composeSpan(date, contact),
      why:
        why.kind === 'stopped'
          ? { kind: 'stopped' }
          : { kind: 'skipped', nextVersion: why.nextVersion ?? '' },
      reason,
    }),
  });
}
