import type { Transaction } from '../../database/in-transaction.ts';
import { type LaneMail, readLane } from '../../database/read-models/mail-lane.read-model.ts';
import type {
  ContactFacts,
  MessageFacts,
} from '../../database/read-models/message-facts.read-model.ts';
import { recallMails } from '../../database/stores/mail-recall.store.ts';
import type { ClientRolloutId } from '../../domain/ids.ts';
import type { Instant } from '../../domain/instant.ts';
import { formatLocalSpan } from '../../domain/communication/local-time.ts';
import type { MessageDesk } from './message-desk.ts';
import { composeAbout } from './compose.ts';
import type { DeskDependencies } from './desk-dependencies.ts';
import { factsFor } from './facts-for.ts';
import { laneOf, type MailDraft, mayHaveLeft, writeMail } from './write-mail.ts';

const dateKinds = ['notice', 'moved'];

/** Tells the informed contacts the present slot; answers how many mails were written. */
export async function announce(
  tx: Transaction,
  deps: DeskDependencies,
  clientRolloutId: ClientRolloutId,
): Promise<number> {
  const facts = await factsFor(tx, deps, clientRolloutId);
  const date = dateOf(facts);
  if (date === null) return 0;
  let written = 0;
  for (const contact of facts.contacts.filter(({ roles }) => roles.includes('informed'))) {
    if (await tellDate(tx, deps, { facts, contact, date, reason: '', onlyIfTold: false })) {
      written += 1;
    }
  }
  return written;
}

/** Voids what was written for another date and has not left, and tells whoever was told another date. */
export async function moveDate(
  tx: Transaction,
  deps: DeskDependencies,
  about: Parameters<MessageDesk['moveDate']>[1],
): Promise<void> {
  const facts = await factsFor(tx, deps, about.clientRolloutId);
  await recallMails(tx, {
    clientRolloutId: about.clientRolloutId,
    kinds: dateKinds,
    exceptBoundTo: facts.slotLocalStart,
    to: 'superseded',
    actor: 'daymark',
    reason: about.reason === '' ? 'the date moved' : about.reason,
  });
  const date = dateOf(facts);
  if (date === null) return;
  for (const contact of facts.contacts) {
    await tellDate(tx, deps, { facts, contact, date, reason: about.reason, onlyIfTold: true });
  }
}

/** The last date a contact may have been told, whoever else still waits for one. */
export function lastTold(lane: readonly LaneMail[]): LaneMail | null {
  return lane.filter((mail) => dateKinds.includes(mail.kind) && mayHaveLeft(mail)).at(-1) ?? null;
}

interface PresentDate {
  readonly start: Instant;
  readonly end: Instant;
  readonly localStart: string;
  readonly deadline: Instant;
}

function dateOf(facts: MessageFacts): PresentDate | null {
  const { slotStart, slotLatestEnd, slotLocalStart, noticeDeadline } = facts;
  if (slotStart === null || slotLatestEnd === null) return null;
  if (slotLocalStart === null || noticeDeadline === null) return null;
  return {
    start: slotStart,
    end: slotLatestEnd,
    localStart: slotLocalStart,
    deadline: noticeDeadline,
  };
}

interface Telling {
  readonly facts: MessageFacts;
  readonly contact: ContactFacts;
  readonly date: PresentDate;
  readonly reason: string;
  /** Says nothing to whoever was told no date before. */
  readonly onlyIfTold: boolean;
}

async function tellDate(
  tx: Transaction,
  deps: DeskDependencies,
  telling: Telling,
): Promise<boolean> {
  const { facts, contact, date } = telling;
  const lane = await readLane(tx, laneOf(facts, contact));
  const written = lane.some(
    (mail) =>
      dateKinds.includes(mail.kind) &&
      mail.boundTo === date.localStart &&
      (mail.status === 'planned' || mail.status === 'queued'),
  );
  const told = lastTold(lane);
  if (written || told?.boundTo === date.localStart) return false;
  if (told?.toldFrom && told.toldUntil) {
    const old = { start: told.toldFrom, end: told.toldUntil };
    return await writeMail(tx, deps, movedDraft(telling, old));
  }
  return telling.onlyIfTold ? false : await writeMail(tx, deps, noticeDraft(telling));
}

function noticeDraft(telling: Telling): MailDraft<'notice'> {
  const { facts, contact } = telling;
  return {
    ...commonDraft(telling),
    kind: 'notice',
    compose: (base) => ({
      ...base,
      ...composeAbout(facts, contact.locale),
      ...formatLocalSpan(telling.date, contact.zone, contact.locale),
      productionUrl: facts.productionUrl,
    }),
  };
}

function movedDraft(
  telling: Telling,
  old: { readonly start: Instant; readonly end: Instant },
): MailDraft<'moved'> {
  const { facts, contact, reason } = telling;
  const { whatToDo, downtime } = composeAbout(facts, contact.locale);
  const before = formatLocalSpan(old, contact.zone, contact.locale);
  return {
    ...commonDraft(telling),
    kind: 'moved',
    compose: (base) => ({
      ...base,
      ...formatLocalSpan(telling.date, contact.zone, contact.locale),
      oldDate: before.date,
      oldTime: before.time,
      reason,
      downtime,
      whatToDo,
    }),
  };
}

function commonDraft({ facts, contact, date }: Telling) {
  return {
    facts,
    contact,
    revision: date.localStart,
    boundTo: date.localStart,
    tells: { from: date.start, until: date.end },
    expiresAt: date.deadline,
    calendar: { method: 'request', startsAt: date.start, endsAt: date.end },
    mayRepeat: true,
  } as const;
}
