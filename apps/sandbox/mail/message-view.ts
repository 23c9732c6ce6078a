import { instantOf, type Instant } from '../../../domain/instant.ts';
import type { MailBox } from './mail-box.ts';
import { recipientsOf } from './message-subject.ts';
import type { MessageEvent, StoredMessage } from './records.ts';

/** A stored message as a test or a person asks about it. */
export interface MessageView {
  readonly id: string;
  readonly receivedAt: Instant;
  readonly did: string | null;
  readonly key: string | null;
  readonly rollout: string | null;
  readonly rfcMessageId: string;
  readonly threadRoot: string;
  readonly recipients: readonly string[];
  readonly from: string;
  readonly subject: string;
  readonly tag: string;
  readonly stream: string;
  readonly metadata: Readonly<Record<string, string>>;
  readonly headers: Readonly<Record<string, string>>;
  readonly textBody: string;
  readonly htmlBody: string;
  readonly attachments: readonly {
    readonly name: string;
    readonly type: string;
    readonly content: string;
  }[];
  readonly isVisible: boolean;
  readonly isSettled: boolean;
  readonly events: readonly MessageEvent[];
}

/** Narrows a list of messages; what is not said does not narrow it. */
export interface MessageFilter {
  readonly did?: string | undefined;
  readonly key?: string | undefined;
  readonly rollout?: string | undefined;
  readonly recipient?: string | undefined;
  readonly tag?: string | undefined;
  /** The root Message-ID of a thread. */
  readonly thread?: string | undefined;
  readonly since?: string | undefined;
  readonly until?: string | undefined;
}

/** Mails beyond the first, which must not be. */
export interface Duplicates {
  readonly byDid: readonly { readonly did: string; readonly count: number }[];
  readonly byKey: readonly { readonly key: string; readonly count: number }[];
  /** How many mails there are beyond the first per key. */
  readonly messages: number;
}

/** The stored messages that fit, oldest first: all of them, also those a search no longer shows. */
export function findMessages(
  box: MailBox,
  filter: MessageFilter,
  nowMs: number,
): readonly MessageView[] {
  return [...box.messages.values()]
    .filter((message) => fits(message, filter))
    .map((message) => viewOf(box, message, nowMs));
}

/** Counts what was sent more than once, over all messages or those of one rollout. */
export function countDuplicates(messages: readonly MessageView[]): Duplicates {
  const byDid = repeated(messages.map(({ did }) => did));
  const byKey = repeated(messages.map(({ key }) => key));
  return {
    byDid: byDid.map(([did, count]) => ({ did, count })),
    byKey: byKey.map(([key, count]) => ({ key, count })),
    messages: byKey.reduce((sum, [, count]) => sum + count - 1, 0),
  };
}

function viewOf(box: MailBox, message: StoredMessage, nowMs: number): MessageView {
  return {
    id: message.id,
    receivedAt: instantOf(message.receivedAtMs),
    did: message.metadata['did'] ?? null,
    key: message.metadata['key'] ?? null,
    rollout: message.metadata['rollout'] ?? null,
    rfcMessageId: message.rfcMessageId,
    threadRoot: message.threadRoot,
    recipients: recipientsOf(message),
    from: message.from.Email,
    subject: message.subject,
    tag: message.tag,
    stream: message.stream,
    metadata: message.metadata,
    headers: Object.fromEntries(message.headers.map(({ Name, Value }) => [Name, Value])),
    textBody: message.textBody,
    htmlBody: message.htmlBody,
    attachments: message.attachments.map(({ Name, ContentType, Content }) => ({
      name: Name,
      type: ContentType,
      content: Content,
    })),
    isVisible: message.visibleAtMs !== null && message.visibleAtMs <= nowMs,
    isSettled: box.settled.has(message.id),
    events: box.eventsOf(message.id),
  };
}

function fits(message: StoredMessage, filter: MessageFilter): boolean {
  const facts: readonly (readonly [string | undefined, string | undefined])[] = [
    [filter.did, message.metadata['did']],
    [filter.key, message.metadata['key']],
    [filter.rollout, message.metadata['rollout']],
    [filter.tag, message.tag],
    [filter.thread, message.threadRoot],
  ];
  if (facts.some(([wanted, found]) => wanted !== undefined && wanted !== found)) return false;
  const receivedAt = instantOf(message.receivedAtMs);
  const recipient = filter.recipient?.toLowerCase();
  return (
    receivedAt >= (filter.since ?? '') &&
    (filter.until === undefined || receivedAt <= filter.until) &&
    (recipient === undefined ||
      recipientsOf(message).some((each) => each.toLowerCase() === recipient))
  );
}

function repeated(values: readonly (string | null)[]): readonly (readonly [string, number])[] {
  const counts = new Map<string, number>();
  for (const value of values) {
    if (value !== null) counts.set(value, (counts.get(value) ?? 0) + 1);
  }
  return [...counts].filter(([, count]) => count > 1);
}
