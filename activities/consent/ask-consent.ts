import type { Transaction } from '../../database/in-transaction.ts';
import type { MessageFacts } from '../../database/read-models/message-facts.read-model.ts';
import { openRound, storeAgreement } from '../../database/stores/approval-round.store.ts';
import { raiseAttention } from '../../database/stores/attention.store.ts';
import { moveClientRollout } from '../../database/stores/client-rollout.store.ts';
import type { BuildId } from '../../domain/ids.ts';
import type { ClientLook } from '../client-look.ts';
import type { ActDependencies } from '../dependencies.ts';
import { factsFor } from '../messages/facts-for.ts';
import { approversOf } from '../messages/tell-questions.ts';
import { contentHash } from './content-hash.ts';
import { supersedeRound } from './supersede-round.ts';

const beforeAgreement = ['planned', 'previewing', 'asking'] as const;

/** Puts the question to the client's approvers, or goes on where there is nothing to ask. */
export async function askConsent(
  tx: Transaction,
  deps: ActDependencies,
  { ref, facts }: ClientLook,
): Promise<void> {
  const { build, round, consent } = facts;
  if (build === null) throw new Error('A question is due although there is no build');
  if (consent === 'inform' || facts.agreedBuildId === build.id) {
    await agree(tx, ref, build.id);
    return;
  }
  if (round?.state === 'open') {
    await supersedeRound(tx, deps, { clientRolloutId: ref.clientRolloutId, actor: 'daymark' });
  }
  const told = await factsFor(tx, deps, ref.clientRolloutId);
  const opened = await openRound(tx, {
    clientRolloutId: ref.clientRolloutId,
    buildId: build.id,
    consent,
    contentHash: contentHash(told),
    live: facts.control.live,
  });
  await moveClientRollout(tx, {
    of: ref,
    from: beforeAgreement,
    to: 'asking',
    actor: 'daymark',
    reason: null,
    facts: { round: opened.id, number: opened.number, build: build.id },
  });
  await deps.desk.ask(tx, { roundId: opened.id });
  if (approversOf(told).length === 0) await tellNobodyToAsk(tx, told);
}

async function agree(tx: Transaction, ref: ClientLook['ref'], buildId: BuildId): Promise<void> {
  await storeAgreement(tx, ref.clientRolloutId, buildId);
  await moveClientRollout(tx, {
    of: ref,
    from: beforeAgreement,
    to: 'agreed',
    actor: 'daymark',
    reason: null,
    facts: { build: buildId },
  });
}

async function tellNobodyToAsk(tx: Transaction, facts: MessageFacts): Promise<void> {
  await raiseAttention(tx, {
    dedupeKey: `no-approver:${facts.clientRolloutId}`,
    kind: 'approver-unreachable',
    text: `Nobody at ${facts.clientName} can be asked: no contact is an approver. Name one, then send the question, or record an approval given by phone.`,
    actions: ['edit-contact', 'record-approval'],
    rolloutId: facts.rolloutId,
    clientId: facts.clientId,
    clientRolloutId: facts.clientRolloutId,
    owner: facts.ownerEmail,
  });
}
