import { type Database, inSnapshot } from '../../database/in-transaction.ts';
import {
  type AskedBuild,
  type ContactFacts,
  type MessageFacts,
  readAskedBuild,
} from '../../database/read-models/message-facts.read-model.ts';
import { readInvite } from '../../database/read-models/invite.read-model.ts';
import { readFine, readRounds, type RoundRow } from '../../database/stores/approval-round.store.ts';
import { formatLocal } from '../../domain/communication/local-time.ts';
import type { Locale } from '../../domain/communication/locales.ts';
import type { ClientRolloutId, ContactId, RoundId } from '../../domain/ids.ts';
import type { Instant } from '../../domain/instant.ts';
import { clientRolloutWords } from '../../domain/rollout/states.ts';
import type { ApprovalPageModel, PageModel } from '../../templates/view-models.ts';
import {
  composeAbout,
  composeHelp,
  composeOutcome,
  composePlannedDate,
  deadlineFrom,
  deadlineOf,
  versionOf,
} from '../messages/compose.ts';
import type { DeskDependencies } from '../messages/desk-dependencies.ts';
import { factsFor } from '../messages/facts-for.ts';
import { contentHash } from './content-hash.ts';

type OpenState = Extract<ApprovalPageModel['state'], { readonly kind: 'open' }>;

/** Who looks, and what the form holds that was sent before and refused. */
export interface PageRequest {
  readonly clientRolloutId: ClientRolloutId;
  readonly contactId: ContactId;
  /** Makes the form's nonce for exactly what it is about. */
  readonly nonceFor: (about: { readonly roundId: RoundId; readonly contentHash: string }) => string;
  readonly form?: Partial<Omit<OpenState['form'], 'nonce' | 'contentHash'>>;
  /** Where the reader's calendar entry is fetched, once there is one. */
  readonly inviteUrl: string;
  /** What became of the answer that was just sent. */
  readonly notice?: ApprovalPageModel['notice'];
}

/** The page behind a link, in its reader's language. */
export interface ApprovalPage {
  readonly locale: Locale;
  /** The present question, or the last one; null = nothing was ever asked. */
  readonly roundId: RoundId | null;
  readonly contentHash: string;
  readonly model: ApprovalPageModel;
}

/** What reading pages needs. */
export type PageDependencies = Pick<DeskDependencies, 'shelf' | 'deskSettings'>;

/** Reads the page of one contact; changes nothing, however often. Null = the contact is gone, or nothing was asked. */
export async function readApprovalPage(
  database: Database,
  deps: PageDependencies,
  request: PageRequest,
): Promise<ApprovalPage | null> {
  return await inSnapshot(database, async (db, now) => {
    const facts = await factsFor(db, deps, request.clientRolloutId);
    const contact = facts.contacts.find(({ id }) => id === request.contactId);
    const [round, before] = await readRounds(db, request.clientRolloutId);
    if (!contact || !round) return null;
    const asked = await readAskedBuild(db, round.buildId);
    const fine = await readFine(db, round.id);
    const invite = await readInvite(db, request);
    const old = before?.state === 'superseded' ? await readAskedBuild(db, before.buildId) : null;
    const about = { deps, request, facts, contact, round, now, fine };
    const isOpen = isOpenFor(round, facts);
    return {
      locale: contact.locale,
      roundId: round.id,
      contentHash: contentHash(facts),
      model: {
        ...composeHead(about, asked),
        inviteUrl: invite === null ? '' : request.inviteUrl,
        notice: request.notice ?? supersededNotice(isOpen ? old : null),
        state: isOpen ? openState(about) : closedState(about),
      },
    };
  });
}

/** The page of a link that holds no more: whom to ask, and nothing about any build. */
export async function readDeadLinkPage(
  database: Database,
  deps: PageDependencies,
  link: { readonly clientRolloutId: ClientRolloutId; readonly locale: Locale },
): Promise<PageModel<'link-revoked'>> {
  return await inSnapshot(database, async (db) => {
    const facts = await factsFor(db, deps, link.clientRolloutId);
    return {
      vendorName: facts.vendorName,
      help: composeHelp(facts, link.locale, deps.deskSettings),
    };
  });
}

interface About {
  readonly deps: PageDependencies;
  readonly request: PageRequest;
  readonly facts: MessageFacts;
  readonly contact: ContactFacts;
  readonly round: RoundRow;
  readonly now: Instant;
  readonly fine: { readonly name: string; readonly at: Instant } | null;
}

function composeHead(
  { deps, facts, contact }: About,
  asked: AskedBuild | null,
): Omit<ApprovalPageModel, 'inviteUrl' | 'notice' | 'state'> {
  return {
    vendorName: facts.vendorName,
    help: composeHelp(facts, contact.locale, deps.deskSettings),
    ...composeAbout(facts, contact.locale),
    changeKind: facts.changeKind,
    clientName: facts.clientName,
    recipientName: contact.name,
    version: asked?.version ?? versionOf(facts),
    digest: shortDigest(asked?.digest ?? ''),
    previewUrl: facts.previewUrl,
    plannedDate: composePlannedDate(facts, contact),
  };
}

function supersededNotice(old: AskedBuild | null): ApprovalPageModel['notice'] {
  return old === null ? { kind: 'none' } : { kind: 'superseded', oldVersion: old.version };
}

function isOpenFor(round: RoundRow, facts: MessageFacts): boolean {
  return round.state === 'open' && facts.state === 'asking' && facts.build?.id === round.buildId;
}

function openState({ deps, request, facts, contact, round, now, fine }: About): OpenState {
  const deadline = deadlineOf(round, facts, deps.shelf) ?? deadlineFrom(now, facts, deps.shelf);
  const hash = contentHash(facts);
  const tell = (at: Instant) => formatLocal(at, contact.zone, contact.locale);
  return {
    kind: 'open',
    consent: round.consent,
    deadline: tell(deadline),
    ifNoAnswer: facts.noAnswerRule,
    saidFine: fine === null ? '' : `${fine.name}, ${tell(fine.at)}`,
    form: {
      name: contact.name,
      comment: '',
      tried: false,
      decision: '',
      problems: [],
      ...request.form,
      nonce: request.nonceFor({ roundId: round.id, contentHash: hash }),
      contentHash: hash,
    },
  };
}

function closedState({ deps, facts, contact, round }: About): ApprovalPageModel['state'] {
  const progress = clientRolloutWords[facts.state][contact.locale];
  const isCalledOff = facts.state === 'withdrawn' || facts.state === 'skipped';
  if (isCalledOff || (round.state === 'open' && facts.build?.id === round.buildId)) {
    return { kind: 'withdrawn', progress };
  }
  const outcome = composeOutcome(
    round.state === 'open' ? { ...round, state: 'superseded' } : round,
    contact,
    {
      deadline: deadlineOf(round, facts, deps.shelf),
      rule: facts.noAnswerRule,
      newVersion: versionOf(facts),
    },
  );
  return { kind: 'decided', outcome, progress };
}

/** Short enough to be compared on the phone. */
function shortDigest(digest: string): string {
  const hex = digest.replace(/^sha256:/, '').slice(0, 8);
  return hex === '' ? '–' : hex;
}
