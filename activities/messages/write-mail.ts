import type { Transaction } from '../../database/in-transaction.ts';
import { newId } from '../../database/new-id.ts';
import {
  type LaneMail,
  readKeyUse,
  readLane,
  repeatedKey,
} from '../../database/read-models/mail-lane.read-model.ts';
import type {
  ContactFacts,
  MessageFacts,
} from '../../database/read-models/message-facts.read-model.ts';
import { insertDelivery, type MailLink } from '../../database/stores/mail-delivery.store.ts';
import { type OutgoingMail, problemsOfMail } from '../../domain/communication/outgoing-mail.ts';
import { durationMs } from '../../domain/duration.ts';
import type { DeliveryId, RoundId } from '../../domain/ids.ts';
import { type Instant, plusMs } from '../../domain/instant.ts';
import { hideLinks } from '../../templates/link-marks.ts';
import type { RenderedMail } from '../../templates/render.ts';
import type { MailKind, MailModel } from '../../templates/view-models.ts';
import { mailWorkflowId } from '../../workflows/contract/workflow-ids.ts';
import { type CalendarPart, calendarAttachment, nextSequence } from './calendar-attachment.ts';
import { composeBase, type MailBase, ownerAddress } from './compose.ts';
import type { DeskDependencies } from './desk-dependencies.ts';
import { keyOf, messageIdOf, threadHeaders } from './thread.ts';

/** One mail to one contact, before it is rendered and frozen. */
export interface MailDraft<K extends MailKind> {
  readonly facts: MessageFacts;
  readonly contact: ContactFacts;
  readonly kind: K;
  /** What makes this mail another than the last of its kind. */
  readonly revision: string;
  readonly compose: (base: MailBase) => MailModel<K>;
  readonly roundId?: RoundId;
  /** The slot's local start it stands or falls with. */
  readonly boundTo?: string;
  readonly tells?: { readonly from: Instant; readonly until: Instant };
  readonly expiresAt?: Instant;
  readonly links?: readonly MailLink[];
  readonly calendar?: CalendarPart;
  /** The same may be said again after it was said: the caller knows that it is due. */
  readonly mayRepeat?: boolean;
}

/** A mail that expires soon is not held back by the undo time. */
const expiryMarginMs = 60_000;
const removedLink = { en: '(personal link removed)', fr: '(lien personnel retiré)' };

/**
 * Renders and freezes a mail into the ledger and wakes the loop that sends it; false when it was written before.
 * While client mail is not switched live it is addressed to the client's owner, with dead links.
 */
export async function writeMail<K extends MailKind>(
  tx: Transaction,
  deps: DeskDependencies,
  draft: MailDraft<K>,
): Promise<boolean> {
  const { facts } = draft;
  const lane = laneOf(facts, draft.contact);
  const [dedupeKey, earlier] = await Promise.all([keyFor(tx, draft), readLane(tx, lane)]);
  if (dedupeKey === null) return false;
  const id = newId<DeliveryId>();
  const sequence = draft.calendar ? nextSequence(earlier) : null;
  const snapshot = await freeze(tx, deps, { draft, id, dedupeKey, lane, earlier, sequence });
  const problems = problemsOfMail(snapshot);
  if (problems.length > 0) {
    throw new Error(`The mail "${draft.kind}" cannot be sent as it is: ${problems.join('; ')}`);
  }
  const rfcMessageId = messageIdOf(id, snapshot.from);
  const isWritten = await insertDelivery(tx, {
    ...rowOf(draft),
    id,
    dedupeKey,
    snapshot,
    rfcMessageId,
    threadRootId: threadOf(earlier).rootId ?? rfcMessageId,
    lane,
    notBefore: notBefore(await tx.now(), draft),
    calendarSequence: sequence,
  });
  if (isWritten) tx.wake(mailWorkflowId(deps.deskSettings.stream));
  return isWritten;
}

/** Everything one contact is written about one rollout; what only the owner sees keeps apart from it. */
export function laneOf(
  facts: Pick<MessageFacts, 'live' | 'rolloutId'>,
  contact: Pick<ContactFacts, 'id'>,
): string {
  const lane = `${contact.id}:${facts.rolloutId}`;
  return facts.live ? lane : `owner:${lane}`;
}

/** Mails that have left, or may have. */
export function mayHaveLeft({ status }: Pick<LaneMail, 'status'>): boolean {
  return !unsent.includes(status);
}

const unsent: readonly LaneMail['status'][] = [
  'planned',
  'queued',
  'cancelled',
  'superseded',
  'expired',
  'rejected',
  'suppressed',
  'dropped',
];

async function keyFor<K extends MailKind>(
  tx: Transaction,
  { facts, contact, kind, revision, mayRepeat }: MailDraft<K>,
): Promise<string | null> {
  const key = `${kind}:${facts.rolloutId}:${facts.clientId}:${revision}:${contact.id}`;
  const dedupeKey = facts.live ? key : `owner:${key}`;
  const { count, stands } = await readKeyUse(tx, dedupeKey);
  if (stands && mayRepeat !== true) return null;
  return repeatedKey(dedupeKey, count + 1);
}

/** The part of the row that the draft alone decides. */
function rowOf<K extends MailKind>(draft: MailDraft<K>) {
  const { facts, contact, kind, links = [] } = draft;
  return {
    kind,
    rolloutId: facts.rolloutId,
    clientRolloutId: facts.clientRolloutId,
    clientId: facts.clientId,
    contactId: contact.id,
    roundId: draft.roundId ?? null,
    boundTo: draft.boundTo ?? null,
    live: facts.live,
    clientFacing: facts.live,
    dated: kind === 'notice' || kind === 'moved',
    links: facts.live ? links : [],
    expiresAt: draft.expiresAt ?? null,
    tells: draft.tells ?? null,
  };
}

interface Freezing<K extends MailKind> {
  readonly draft: MailDraft<K>;
  readonly id: DeliveryId;
  readonly dedupeKey: string;
  readonly lane: string;
  readonly earlier: readonly LaneMail[];
  readonly sequence: number | null;
}

async function freeze<K extends MailKind>(
  tx: Transaction,
  deps: DeskDependencies,
  { draft, id, dedupeKey, lane, earlier, sequence }: Freezing<K>,
): Promise<OutgoingMail> {
  const { facts, contact, kind } = draft;
  const { from, replyTo, stream } = deps.deskSettings;
  const base = composeBase(facts, contact, deps.deskSettings);
  const rendered = await deps.renderer.renderMail(kind, contact.locale, draft.compose(base));
  const to = facts.live ? contact.email : ownerAddress(facts, deps.deskSettings);
  const attachment =
    draft.calendar && sequence !== null
      ? [
          calendarAttachment(draft.calendar, {
            lane,
            from,
            sequence,
            stampedAt: await tx.now(),
            summary: rendered.subject,
            location: facts.productionUrl,
            attendee: { name: contact.name, email: to },
          }),
        ]
      : [];
  return {
    deliveryId: id,
    from,
    to,
    replyTo,
    ...withLinks(rendered, draft),
    stream,
    tag: kind,
    metadata: { did: id, kind, key: keyOf(dedupeKey), rollout: facts.rolloutId },
    headers: threadHeaders(messageIdOf(id, from), threadOf(earlier)),
    attachments: attachment,
  };
}

/** What goes to the owner must not let the owner answer for the client. */
function withLinks<K extends MailKind>(
  { subject, html, text }: RenderedMail,
  { facts, contact }: MailDraft<K>,
): RenderedMail {
  if (facts.live) return { subject, html, text };
  const instead = removedLink[contact.locale];
  return { subject, html: hideLinks(html, instead), text: hideLinks(text, instead) };
}

function threadOf(earlier: readonly LaneMail[]) {
  const standing = earlier.filter(
    ({ status }) => status === 'planned' || status === 'queued' || mayHaveLeft({ status }),
  );
  return {
    rootId: standing[0]?.threadRootId ?? null,
    previousIds: standing.map(({ rfcMessageId }) => rfcMessageId),
  };
}

function notBefore<K extends MailKind>(now: Instant, { facts, expiresAt }: MailDraft<K>): Instant {
  if (facts.critical || !facts.live) return now;
  const undone = plusMs(now, durationMs(facts.policy.undoTime));
  if (expiresAt === undefined || plusMs(undone, expiryMarginMs) <= expiresAt) return undone;
  return now;
}
