import type { Transaction } from '../../database/in-transaction.ts';
import {
  endRound,
  extendRound,
  markOverdue,
  storeAgreement,
} from '../../database/stores/approval-round.store.ts';
import { raiseAttention } from '../../database/stores/attention.store.ts';
import { moveClientRollout } from '../../database/stores/client-rollout.store.ts';
import { answerDeadline } from '../../domain/calendar/notice-deadline.ts';
import { formatLocal } from '../../domain/communication/local-time.ts';
import type { RoundFacts } from '../../domain/rollout/client-facts.ts';
import type { ClientLook } from '../client-look.ts';
import type { ActDependencies } from '../dependencies.ts';
import { factsFor } from '../messages/facts-for.ts';

/** The time to answer is over: what follows is what the request has announced. */
export async function closeRound(
  tx: Transaction,
  deps: ActDependencies,
  look: ClientLook,
): Promise<void> {
  const { round, consent, noAnswerRule } = look.facts;
  if (round === null) throw new Error('A round is to be closed that does not exist');
  if (consent === 'object') {
    await goAhead(tx, deps, { look, round, why: 'nobody objected' });
    return;
  }
  switch (noAnswerRule) {
    case 'go-ahead':
      await goAhead(tx, deps, { look, round, why: noAnswerText(look, round) });
      return;
    case 'next-window':
      await askLonger(tx, deps, look, round);
      return;
    case 'wait':
    case 'ask-a-person':
      await askPerson(tx, deps, look, round);
  }
}

interface Closing {
  readonly look: ClientLook;
  readonly round: RoundFacts;
  readonly why: string;
}

/** Recorded as what it is: never as somebody's approval. */
async function goAhead(
  tx: Transaction,
  deps: ActDependencies,
  { look: { ref, facts }, round, why }: Closing,
): Promise<void> {
  const ended = await endRound(tx, round.id, {
    state: 'no-answer',
    by: null,
    name: null,
    way: 'rule',
    comment: null,
    evidence: { rule: facts.noAnswerRule, consent: facts.consent, deadline: round.deadline },
  });
  if (!ended) return;
  await storeAgreement(tx, ref.clientRolloutId, round.buildId);
  await moveClientRollout(tx, {
    of: ref,
    from: ['asking'],
    to: 'agreed',
    actor: 'daymark',
    reason: why,
    facts: { round: round.id, build: round.buildId, rule: facts.noAnswerRule },
  });
  await deps.desk.recordAnswer(tx, { roundId: round.id });
}

/** The same question goes on under a later deadline; the date is planned again once there is an answer. */
async function askLonger(
  tx: Transaction,
  deps: ActDependencies,
  { ref, facts, now }: ClientLook,
  round: RoundFacts,
): Promise<void> {
  await deps.desk.recordAnswer(tx, { roundId: round.id });
  const deadline = answerDeadline(now, facts.policy.answerWithin, facts.client.time);
  await extendRound(tx, round.id, deadline);
  tx.record({
    kind: 'approval-round.extended',
    actor: 'daymark',
    cause: 'nobody answered in time',
    rolloutId: ref.rolloutId,
    clientId: ref.clientId,
    clientRolloutId: ref.clientRolloutId,
    facts: { round: round.id, until: deadline },
  });
}

async function askPerson(
  tx: Transaction,
  deps: ActDependencies,
  look: ClientLook,
  round: RoundFacts,
): Promise<void> {
  const { ref, facts } = look;
  if (!(await markOverdue(tx, round.id))) return;
  const told = await factsFor(tx, deps, ref.clientRolloutId);
  const next =
    facts.noAnswerRule === 'wait'
      ? 'The question stays open and nothing is installed until somebody says yes.'
      : 'Decide what happens: ask again by phone, record an approval, or skip the client.';
  await raiseAttention(tx, {
    dedupeKey: `round:${round.id}`,
    kind: 'round-overdue',
    text: `${told.clientName}: ${noAnswerText(look, round)}. ${next}`,
    actions: ['record-approval', 'skip'],
    rolloutId: ref.rolloutId,
    clientId: ref.clientId,
    clientRolloutId: ref.clientRolloutId,
    subjectId: round.id,
    owner: told.ownerEmail,
  });
  await deps.desk.recordAnswer(tx, { roundId: round.id });
}

/** "no answer by Tuesday 3 November 2026 at 16:00, …; went ahead as announced" */
function noAnswerText({ facts }: ClientLook, { deadline }: RoundFacts): string {
  const until = deadline === null ? '' : ` by ${formatLocal(deadline, facts.client.zone, 'en')}`;
  return facts.noAnswerRule === 'go-ahead'
    ? `no answer${until}; went ahead as announced`
    : `no answer${until}`;
}
