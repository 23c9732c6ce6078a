import type { Transaction } from '../../database/in-transaction.ts';
import {
  type MessageFacts,
  readAskedBuild,
} from '../../database/read-models/message-facts.read-model.ts';
import {
  endRound,
  noteFine,
  readRound,
  type RoundRow,
  storeAgreement,
} from '../../database/stores/approval-round.store.ts';
import { raiseAttention, resolveAttention } from '../../database/stores/attention.store.ts';
import {
  lockClientRollout,
  moveClientRollout,
} from '../../database/stores/client-rollout.store.ts';
import type { ContactId, RoundId } from '../../domain/ids.ts';
import type { Instant } from '../../domain/instant.ts';
import {
  clientRolloutWorkflowId,
  rolloutWorkflowId,
} from '../../workflows/contract/workflow-ids.ts';
import type { ActDependencies } from '../dependencies.ts';
import { versionOf } from '../messages/compose.ts';
import { factsFor } from '../messages/facts-for.ts';
import { approversOf } from '../messages/tell-questions.ts';
import { contentHash } from './content-hash.ts';

/** What a person answers: approve and reject to a question for approval, object and fine to one for objections. */
export type Decision = 'approve' | 'reject' | 'object' | 'fine';

/** An answer as it came in. */
export interface Answer {
  readonly roundId: RoundId;
  readonly contactId: ContactId;
  readonly decision: Decision;
  /** As the person typed it. */
  readonly name: string;
  readonly comment: string;
  /** Of the page that was answered; null for an answer by phone. */
  readonly contentHash: string | null;
  readonly way: 'link' | 'phone';
  /** Who acts: the contact's name, or the member of staff who records a call. */
  readonly actor: string;
  /** What proves it: address and program of the caller, link, upload. Never the link's secret. */
  readonly evidence: Readonly<Record<string, unknown>>;
}

/** What became of an answer. */
export type AnswerResult =
  | { readonly kind: 'recorded'; readonly state: RoundRow['state'] }
  /** The same person has given the same answer before. */
  | { readonly kind: 'repeated'; readonly state: RoundRow['state'] }
  | { readonly kind: 'already-decided'; readonly by: string; readonly at: Instant }
  | { readonly kind: 'content-changed'; readonly contentHash: string }
  | { readonly kind: 'superseded'; readonly newVersion: string }
  | { readonly kind: 'not-open' | 'not-eligible' | 'wrong-decision' }
  | { readonly kind: 'name-missing' | 'comment-missing' };

/**
 * Records one answer, together with everything that follows from it. The client's lock is taken first, so that of two
 * people at once one decides and the other learns who and when.
 */
export async function recordAnswer(
  tx: Transaction,
  deps: Pick<ActDependencies, 'shelf' | 'desk'>,
  answer: Answer,
): Promise<AnswerResult> {
  const seen = await readRound(tx, answer.roundId);
  if (seen === null) return { kind: 'not-open' };
  await lockClientRollout(tx, seen.clientRolloutId);
  const round = (await readRound(tx, answer.roundId)) ?? seen;
  const facts = await factsFor(tx, deps, round.clientRolloutId);
  const refusal = refusalOf(answer, round, facts);
  if (refusal !== null) return refusal;
  if (answer.decision === 'fine') return await recordFine(tx, answer, round, facts);
  return await decide(tx, deps, { answer, round, facts });
}

type Outcome = Readonly<{ answer: Answer; round: RoundRow; facts: MessageFacts }>;

function refusalOf(answer: Answer, round: RoundRow, facts: MessageFacts): AnswerResult | null {
  if (!approversOf(facts).some(({ id }) => id === answer.contactId)) {
    return { kind: 'not-eligible' };
  }
  const { build } = facts;
  if (round.state === 'superseded' || (round.state === 'open' && build?.id !== round.buildId)) {
    return { kind: 'superseded', newVersion: versionOf(facts) };
  }
  if (round.state !== 'open') return answerToDecided(answer, round);
  if (facts.state !== 'asking') return { kind: 'not-open' };
  if (!decisions[round.consent].includes(answer.decision)) return { kind: 'wrong-decision' };
  return refusalOfContent(answer, facts);
}

const decisions: Readonly<Record<RoundRow['consent'], readonly Decision[]>> = {
  approve: ['approve', 'reject'],
  object: ['object', 'fine'],
};

function refusalOfContent(answer: Answer, facts: MessageFacts): AnswerResult | null {
  const current = contentHash(facts);
  const isSame = answer.contentHash === current;
  if (!isSame && !(answer.way === 'phone' && answer.contentHash === null)) {
    return { kind: 'content-changed', contentHash: current };
  }
  if (answer.name.trim() === '') return { kind: 'name-missing' };
  const mustSayWhy = answer.decision === 'reject' || answer.decision === 'object';
  return mustSayWhy && answer.comment.trim() === '' ? { kind: 'comment-missing' } : null;
}

function answerToDecided(answer: Answer, round: RoundRow): AnswerResult {
  const { state } = round;
  const isSame = round.decidedBy === answer.contactId && state === endOf[answer.decision];
  if (isSame) return { kind: 'repeated', state };
  const by = round.decidedName ?? 'the end of the time to answer';
  return { kind: 'already-decided', by, at: round.decidedAt ?? round.openedAt };
}

const endOf = {
  approve: 'approved',
  reject: 'rejected',
  object: 'rejected',
  fine: 'open',
} as const satisfies Record<Decision, RoundRow['state']>;

async function recordFine(
  tx: Transaction,
  answer: Answer,
  round: RoundRow,
  facts: MessageFacts,
): Promise<AnswerResult> {
  const name = answer.name.trim();
  await noteFine(tx, round.id, { contactId: answer.contactId, name, at: await tx.now() });
  tx.record({
    kind: 'approval-round.fine',
    actor: answer.actor,
    ...idsOf(facts),
    facts: { round: round.id, contact: answer.contactId, way: answer.way, ...answer.evidence },
  });
  return { kind: 'recorded', state: 'open' };
}

async function decide(
  tx: Transaction,
  deps: Pick<ActDependencies, 'desk'>,
  { answer, round, facts }: Outcome,
): Promise<AnswerResult> {
  const state = answer.decision === 'approve' ? 'approved' : 'rejected';
  const comment = answer.comment.trim();
  const evidence = await evidenceOf(tx, { answer, round, facts });
  const ended = await endRound(tx, round.id, {
    state,
    by: answer.contactId,
    name: answer.name.trim(),
    way: answer.way,
    comment: comment === '' ? null : comment,
    evidence,
  });
  if (!ended) return { kind: 'not-open' };
  if (state === 'approved') await storeAgreement(tx, round.clientRolloutId, round.buildId);
  await moveClientRollout(tx, {
    of: idsOf(facts),
    from: ['asking'],
    to: state === 'approved' ? 'agreed' : 'rejected',
    actor: answer.actor,
    reason: state === 'rejected' ? comment : null,
    facts: evidence,
  });
  await resolveAttention(tx, {
    dedupeKey: `round:${round.id}`,
    by: answer.actor,
    resolution: `The client has answered: ${state}.`,
  });
  if (state === 'rejected') await tellRejected(tx, answer, facts);
  await deps.desk.recordAnswer(tx, { roundId: round.id });
  tx.wake(clientRolloutWorkflowId(facts.rolloutId, facts.clientId));
  tx.wake(rolloutWorkflowId(facts.rolloutId));
  return { kind: 'recorded', state };
}

async function evidenceOf(
  tx: Transaction,
  { answer, round, facts }: Outcome,
): Promise<Readonly<Record<string, unknown>>> {
  const build = await readAskedBuild(tx, round.buildId);
  return {
    ...answer.evidence,
    round: round.id,
    number: round.number,
    decision: answer.decision,
    way: answer.way,
    contact: answer.contactId,
    version: build?.version,
    digest: build?.digest,
    contentHash: contentHash(facts),
    policy: facts.policy.name,
    eligible: approversOf(facts).map(({ id }) => id),
  };
}

async function tellRejected(tx: Transaction, answer: Answer, facts: MessageFacts): Promise<void> {
  const verb = answer.decision === 'object' ? 'objected to' : 'declined';
  await raiseAttention(tx, {
    dedupeKey: `rejected:${answer.roundId}`,
    kind: 'client-rejected',
    text: `${answer.name.trim()} at ${facts.clientName} ${verb} ${versionOf(facts)}: ${answer.comment.trim()}`,
    actions: ['skip', 'announce-build'],
    ...idsOf(facts),
    owner: facts.ownerEmail,
  });
}

function idsOf({ rolloutId, clientId, clientRolloutId }: MessageFacts) {
  return { rolloutId, clientId, clientRolloutId };
}
