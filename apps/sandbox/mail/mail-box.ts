import { Journal } from './journal.ts';
import type {
  BounceRecord,
  Entry,
  MessageEvent,
  StoredMessage,
  SuppressionRecord,
  WebhookAttempt,
  WebhookPost,
  WebhookRow,
} from './records.ts';

type Apply = {
  readonly [Kind in Entry['kind']]: (box: MailBox, entry: Extract<Entry, { kind: Kind }>) => void;
};

/**
 * All that the stand-in knows about the world, rebuilt from its journal at the start.
 * It changes in one way only: an entry reaches the disk, then it counts.
 */
export class MailBox {
  readonly messages = new Map<string, StoredMessage>();
  readonly events = new Map<string, MessageEvent[]>();
  readonly settled = new Set<string>();
  readonly bounces = new Map<number, BounceRecord>();
  readonly suppressions = new Map<string, SuppressionRecord>();
  readonly webhooks = new Map<number, WebhookRow>();
  readonly posts = new Map<string, WebhookPost>();
  readonly attempts: WebhookAttempt[] = [];
  /** Rises with every change; the inbox page compares it. */
  version = 0;
  readonly #journal: Journal<Entry>;

  private constructor(journal: Journal<Entry>) {
    this.#journal = journal;
  }

  static async open(dataDir: string | undefined): Promise<MailBox> {
    const { journal, entries } = await Journal.open<Entry>(dataDir);
    const box = new MailBox(journal);
    for (const entry of entries) box.count(entry);
    return box;
  }

  async record(entry: Entry): Promise<void> {
    await this.#journal.append(entry);
    this.count(entry);
  }

  async close(): Promise<void> {
    await this.#journal.close();
  }

  eventsOf(messageId: string): readonly MessageEvent[] {
    return this.events.get(messageId) ?? [];
  }

  suppressionOf(stream: string, email: string): SuppressionRecord | undefined {
    return this.suppressions.get(suppressionKey(stream, email));
  }

  /** Lets an entry count that is on the disk. */
  count(entry: Entry): void {
    // one entry, its own function: the table has a row for each kind
    (apply[entry.kind] as (box: MailBox, entry: Entry) => void)(this, entry);
    this.version += 1;
  }
}

const apply: Apply = {
  message: (box, { message }) => box.messages.set(message.id, message),
  visible: (box, { messageId, visibleAtMs }) => {
    const message = box.messages.get(messageId);
    if (message) box.messages.set(messageId, { ...message, visibleAtMs });
  },
  event: (box, { messageId, event }) =>
    box.events.set(messageId, [...box.eventsOf(messageId), event]),
  settled: (box, { messageId }) => box.settled.add(messageId),
  bounce: (box, { bounce }) => box.bounces.set(bounce.id, bounce),
  activated: (box, { bounceId }) => {
    const bounce = box.bounces.get(bounceId);
    if (bounce) box.bounces.set(bounceId, { ...bounce, inactive: false });
  },
  suppressed: (box, { suppression }) =>
    box.suppressions.set(suppressionKey(suppression.stream, suppression.email), suppression),
  unsuppressed: (box, { stream, email }) => box.suppressions.delete(suppressionKey(stream, email)),
  webhook: (box, { webhook }) => box.webhooks.set(webhook.id, webhook),
  'webhook-removed': (box, { webhookId }) => box.webhooks.delete(webhookId),
  post: (box, { post }) => box.posts.set(post.id, post),
  attempt: (box, { attempt, nextAtMs }) => {
    box.attempts.push(attempt);
    const post = box.posts.get(attempt.postId);
    if (!post) return;
    if (nextAtMs === null) box.posts.delete(post.id);
    else box.posts.set(post.id, { ...post, dueAtMs: nextAtMs, tries: attempt.number });
  },
  together: (box, { entries }) => {
    for (const entry of entries) box.count(entry);
  },
  emptied: (box) => {
    for (const part of [box.messages, box.events, box.settled, box.bounces]) part.clear();
    for (const part of [box.suppressions, box.posts]) part.clear();
    box.attempts.length = 0;
  },
};

function suppressionKey(stream: string, email: string): string {
  return `${stream} ${email.toLowerCase()}`;
}
