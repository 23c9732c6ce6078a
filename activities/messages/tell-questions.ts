import type { Transaction } from '../../database/in-transaction.ts';
import {
  type ContactFacts,
  type MessageFacts,
  readAskedBuild,
} from '../../database/read-models/message-facts.read-model.ts';
import {
  readRound,
  readRounds,
  type RoundRow,
} from '../../database/stores/approval-round.store.ts';
import { durationMs } from '../../domain/duration.ts';
import { formatLocal } from '../../domain/communication/local-time.ts';
import type { RoundId } from '../../domain/ids.ts';
import { type Instant, plusMs } from '../../domain/instant.ts';
import type { PreviewReadyModel } from '../../templates/view-models.ts';
import { ensureLink } from '../consent/approval-link.ts';
import {
  composeAbout,
  composeOutcome,
  composePlannedDate,
  deadlineFrom,
  deadlineOf,
  versionOf,
} from './compose.ts';
import type { DeskDependencies } from './desk-dependencies.ts';
import { factsFor } from './facts-for.ts';
import { writeMail } from './write-mail.ts';

/** Asks the approvers, each with a link of its own. */
export async function ask(
  tx: Transaction,
  deps: DeskDependencies,
  roundId: RoundId,
): Promise<void> {
  const { round, facts } = await roundFacts(tx, deps, roundId);
  const replaces = await replacedVersion(tx, round);
  const deadline =
    deadlineOf(round, facts, deps.shelf) ?? (await expectedDeadline(tx, deps, facts));
  for (const contact of approversOf(facts)) {
    const { clientRolloutId } = facts;
    if (facts.live) await ensureLink(tx, deps.linkKeys, { clientRolloutId, contactId: contact.id });
    await writeMail(tx, deps, {
      facts,
      contact,
      kind: facts.changeKind === 'hotfix' ? 'fix-on-preview' : 'release-on-preview',
      revision: String(round.number),
      roundId,
      links: [{ kind: 'approval', clientRolloutId, contactId: contact.id }],
      compose: (base) => ({
        ...base,
        ...composeAbout(facts, contact.locale),
        previewUrl: facts.previewUrl,
        plannedDate: composePlannedDate(facts, contact),
        replaces,
        question: composeQuestion(round, facts, contact, deadline),
      }),
    });
  }
}

/** Tells everybody of the round how it ended, or that its time to answer is over. */
export async function recordAnswer(
  tx: Transaction,
  deps: DeskDependencies,
  roundId: RoundId,
): Promise<void> {
  const { round, facts } = await roundFacts(tx, deps, roundId);
  const version = (await readAskedBuild(tx, round.buildId))?.version ?? versionOf(facts);
  for (const contact of approversOf(facts)) {
    await writeMail(tx, deps, {
      facts,
      contact,
      kind: 'approval-recorded',
      revision: String(round.number),
      roundId,
      mayRepeat: true,
      compose: (base) => ({
        ...base,
        version,
        outcome: composeOutcome(round, contact, {
          deadline: deadlineOf(round, facts, deps.shelf),
          rule: facts.noAnswerRule,
          newVersion: versionOf(facts),
        }),
        plannedDate: composePlannedDate(facts, contact),
      }),
    });
  }
}

/** The people whose answer counts. */
export function approversOf({ contacts }: Pick<MessageFacts, 'contacts'>): readonly ContactFacts[] {
  return contacts.filter(({ roles }) => roles.includes('approver'));
}

async function roundFacts(tx: Transaction, deps: DeskDependencies, roundId: RoundId) {
  const round = await readRound(tx, roundId);
  if (round === null) throw new Error('A message is about a round that does not exist');
  return { round, facts: await factsFor(tx, deps, round.clientRolloutId) };
}

/** The version of the round before, when that was asked about another build. */
async function replacedVersion(tx: Transaction, round: RoundRow): Promise<string> {
  const rounds = await readRounds(tx, round.clientRolloutId);
  const before = rounds.find(({ number }) => number < round.number);
  if (before?.state !== 'superseded') return '';
  return (await readAskedBuild(tx, before.buildId))?.version ?? '';
}

/** The time to answer counts from the acceptance, which comes when the undo time is over. */
async function expectedDeadline(
  tx: Transaction,
  { shelf }: DeskDependencies,
  facts: MessageFacts,
): Promise<Instant> {
  const leaves = plusMs(await tx.now(), facts.critical ? 0 : durationMs(facts.policy.undoTime));
  return deadlineFrom(leaves, facts, shelf);
}

function composeQuestion(
  round: RoundRow,
  facts: MessageFacts,
  contact: ContactFacts,
  deadline: Instant,
): PreviewReadyModel['question'] {
  const answerLink = '{{link:1}}';
  const until = formatLocal(deadline, contact.zone, contact.locale);
  return round.consent === 'object'
    ? { kind: 'object', deadline: until, answerLink }
    : { kind: 'approve', deadline: until, ifNoAnswer: facts.noAnswerRule, answerLink };
}
