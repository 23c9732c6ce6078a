import type { CalendarShelf } from '../../database/calendar-shelf.ts';
import type {
  ContactFacts,
  MessageFacts,
} from '../../database/read-models/message-facts.read-model.ts';
import type { RoundRow } from '../../database/stores/approval-round.store.ts';
import { answerDeadline } from '../../domain/calendar/notice-deadline.ts';
import { notesForClient } from '../../domain/change/notes-for-client.ts';
import { supportLevelNamed } from '../../domain/client/support-levels.ts';
import {
  formatLocal,
  formatLocalDate,
  formatLocalSpan,
} from '../../domain/communication/local-time.ts';
import type { Locale } from '../../domain/communication/locales.ts';
import type { Instant } from '../../domain/instant.ts';
import type { ApprovalRecordedModel, MailModel } from '../../templates/view-models.ts';
import type { DeskSettings } from './desk-dependencies.ts';
import { readMailbox } from './thread.ts';

/** In whose language and zone something is said. */
export type Reader = Pick<ContactFacts, 'locale' | 'zone'>;

/** What every mail says: who writes to whom about what, and whom to ask. */
export type MailBase = Pick<
  MailModel<'notice'>,
  'vendorName' | 'clientName' | 'recipientName' | 'version' | 'help' | 'audience'
>;

/** The part that all mails have in common. `audience` is `owner` while client mail is not switched live. */
export function composeBase(
  facts: MessageFacts,
  contact: ContactFacts,
  settings: DeskSettings,
): MailBase {
  return {
    vendorName: facts.vendorName,
    clientName: facts.clientName,
    recipientName: contact.name,
    version: versionOf(facts),
    help: composeHelp(facts, contact.locale, settings),
    audience: facts.live
      ? { kind: 'client' }
      : { kind: 'owner', intendedFor: `${contact.name} (${contact.email})` },
  };
}

/** Whom a client asks, and when somebody is there. */
export function composeHelp(
  facts: Pick<MessageFacts, 'supportLevel' | 'ownerEmail' | 'ownerName' | 'vendorName'>,
  locale: Locale,
  settings: DeskSettings,
): MailBase['help'] {
  const level = supportLevelNamed(facts.supportLevel);
  const office = readMailbox(settings.replyTo ?? settings.from).email;
  const owner = isAddress(facts.ownerEmail) ? facts.ownerEmail : null;
  return {
    channels: level.channels[locale],
    hours: level.hours[locale],
    personName: facts.ownerName ?? (owner === null ? facts.vendorName : ownerTitle[locale]),
    personEmail: owner ?? office,
  };
}

/** The client's owner, if it can be written to. */
export function ownerAddress(facts: MessageFacts, settings: DeskSettings): string {
  if (isAddress(facts.ownerEmail)) return facts.ownerEmail.toLowerCase();
  return readMailbox(settings.replyTo ?? settings.from).email;
}

/** The version people are told about. */
export function versionOf(facts: MessageFacts): string {
  return facts.build?.version ?? facts.changeVersion;
}

/** What changes for this client, what it must do and how long it is interrupted. */
export function composeAbout(
  facts: MessageFacts,
  locale: Locale,
): { readonly notes: string; readonly whatToDo: string; readonly downtime: string } {
  return {
    notes: notesForClient(facts.builds, { ...facts, locale }),
    whatToDo: facts.clientAction ?? '',
    downtime: composeDowntime(facts.downtimeMinutes, locale),
  };
}

/** "Tuesday 1 December 2026, between 20:00 and 23:00, Eastern Time (Toronto)"; '' = no date yet. */
export function composePlannedDate(
  facts: Pick<MessageFacts, 'slotStart' | 'slotLatestEnd'>,
  reader: Reader,
): string {
  if (facts.slotStart === null || facts.slotLatestEnd === null) return '';
  return composeSpan({ start: facts.slotStart, end: facts.slotLatestEnd }, reader);
}

/** A date with its time and zone, as one line. */
export function composeSpan(
  span: { readonly start: Instant; readonly end: Instant },
  { zone, locale }: Reader,
): string {
  const local = formatLocalSpan(span, zone, locale);
  return `${local.date}, ${local.time}, ${local.zone}`;
}

/** Until when an answer counts; null while the question has not reached the provider. */
export function deadlineOf(
  round: Pick<RoundRow, 'deadline' | 'requestedAt'>,
  facts: MessageFacts,
  shelf: CalendarShelf,
): Instant | null {
  if (round.deadline !== null) return round.deadline;
  return round.requestedAt === null ? null : deadlineFrom(round.requestedAt, facts, shelf);
}

/** Until when an answer to a question counts that is accepted at the given time. */
export function deadlineFrom(
  accepted: Instant,
  facts: MessageFacts,
  shelf: CalendarShelf,
): Instant {
  const time = shelf.clientTime(facts.clientCalendarId, facts.zone);
  return answerDeadline(accepted, facts.policy.answerWithin, time);
}

/** How a round ended, in the reader's words. No answer is never told as an approval. */
export function composeOutcome(
  round: RoundRow,
  reader: Reader,
  more: {
    readonly deadline: Instant | null;
    readonly rule: MessageFacts['noAnswerRule'];
    /** For a superseded round: the version that is asked about instead. */
    readonly newVersion: string;
  },
): ApprovalRecordedModel['outcome'] {
  const tell = (at: Instant) => formatLocal(at, reader.zone, reader.locale);
  const deadline = tell(more.deadline ?? round.decidedAt ?? round.openedAt);
  const answer = {
    by: round.decidedName ?? '–',
    at: tell(round.decidedAt ?? round.openedAt),
    comment: round.comment ?? '',
  };
  switch (round.state) {
    case 'approved':
      return { kind: 'approved', ...answer };
    case 'rejected':
      return { kind: round.consent === 'object' ? 'objected' : 'rejected', ...answer };
    case 'superseded':
      return { kind: 'superseded', newVersion: more.newVersion };
    case 'no-answer':
    case 'open':
      if (round.consent === 'object') return { kind: 'not-objected', deadline };
      return {
        kind: 'no-answer',
        deadline,
        announcedOn: formatLocalDate(
          round.requestedAt ?? round.openedAt,
          reader.zone,
          reader.locale,
        ),
        rule: more.rule,
      };
  }
}

const ownerTitle = { en: 'Your contact person', fr: 'Votre personne-ressource' };

function composeDowntime(minutes: number | null, locale: Locale): string {
  if (minutes === null || minutes === 0) return '';
  const about = locale === 'fr' ? 'environ' : 'about';
  const hours = Math.floor(minutes / 60);
  const rest = minutes % 60;
  const words = locale === 'fr' ? (['heure', 'minute'] as const) : (['hour', 'minute'] as const);
  const parts = [
    ...(hours > 0 ? [`${hours} ${words[0]}${hours > 1 ? 's' : ''}`] : []),
    ...(rest > 0 ? [`${rest} ${words[1]}${rest > 1 ? 's' : ''}`] : []),
  ];
  return `${about} ${parts.join(' ')}`;
}

function isAddress(text: string | null): text is string {
  return text !== null && /^[^\s@<>]+@[^\s@<>]+$/.test(text);
}
