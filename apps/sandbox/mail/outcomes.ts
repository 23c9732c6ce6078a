import { randomInt } from 'node:crypto';
import type { MailWorld } from './mail-world.ts';
import { recipientsOf } from './message-subject.ts';
import { easternTime } from './postmark-time.ts';
import type {
  BounceRecord,
  BounceType,
  Entry,
  MessageEvent,
  StoredMessage,
  SuppressionRecord,
} from './records.ts';
import { bouncePayload, deliveryPayload, subscriptionPayload } from './webhook-payloads.ts';
import { planPosts, resumePosts, startPosts, type WebhookEvent } from './webhook-posts.ts';

/** Between two events of one message, so that their order is told. */
const gapMs = 150;

/** Types after which Postmark sends to an address no more. */
const suppressing: ReadonlySet<BounceType> = new Set([
  'HardBounce',
  'BadEmailAddress',
  'SpamComplaint',
  'ManuallyDeactivated',
]);

/** Promises that a stored message is delivered or bounces at its time. */
export function scheduleOutcome(world: MailWorld, message: StoredMessage): void {
  if (message.outcome.kind === 'silence') return;
  world.schedule.at(message.outcomeAtMs, () => settleMessage(world, message));
}

/** Takes up again what was promised before the process was killed. */
export function resumeOutcomes(world: MailWorld): void {
  for (const message of world.box.messages.values()) {
    if (!world.box.settled.has(message.id)) scheduleOutcome(world, message);
  }
  resumePosts(world);
}

/** Lets a message have its outcome now; answers when the first try of its due webhooks is over. */
export async function settleMessage(world: MailWorld, message: StoredMessage): Promise<void> {
  if (world.box.settled.has(message.id)) return;
  const { outcome } = message;
  const steps: Step[] = [];
  if (outcome.kind === 'deliver' || outcome.kind === 'deliver-then-bounce') {
    steps.push(delivered(world, message));
  }
  if (outcome.kind === 'bounce' || outcome.kind === 'deliver-then-bounce') {
    steps.push(bounced(world, message, outcome.type));
  }
  const reversed = outcome.kind === 'deliver-then-bounce' && outcome.reversed;
  await happen(world, message, reversed ? steps.toReversed() : steps, true);
}

/** Lets a message bounce, or its reader complain, whatever became of it before. */
export async function bounceMessage(
  world: MailWorld,
  message: StoredMessage,
  type: BounceType,
): Promise<void> {
  await happen(world, message, [bounced(world, message, type)], false);
}

interface Step {
  readonly entries: readonly Entry[];
  readonly events: readonly WebhookEvent[];
}

/** One line in the journal, so that a kill in between leaves all of it or nothing. */
async function happen(
  world: MailWorld,
  message: StoredMessage,
  steps: readonly Step[],
  settles: boolean,
): Promise<void> {
  const nowMs = world.clock.nowMs();
  const posts = steps.flatMap(({ events }, index) =>
    events.flatMap((event) => planPosts(world, event, nowMs + index * gapMs)),
  );
  const entries = [
    ...steps.flatMap((step) => step.entries),
    ...posts.map((post): Entry => ({ kind: 'post', post })),
    ...(settles ? [{ kind: 'settled', messageId: message.id } satisfies Entry] : []),
  ];
  await world.box.record({ kind: 'together', entries });
  await startPosts(world, posts);
}

function delivered(world: MailWorld, message: StoredMessage): Step {
  const atMs = world.clock.nowMs();
  const recipients = recipientsOf(message);
  return {
    entries: recipients.map((Recipient) => ({
      kind: 'event',
      messageId: message.id,
      event: deliveredEvent(Recipient, atMs),
    })),
    events: recipients.map((recipient) => ({
      trigger: 'Delivery',
      message,
      stream: message.stream,
      payload: deliveryPayload(message, recipient, atMs),
    })),
  };
}

function deliveredEvent(Recipient: string, atMs: number): MessageEvent {
  return {
    Recipient,
    Type: 'Delivered',
    ReceivedAt: easternTime(atMs),
    Details: {
      DeliveryMessage: 'smtp;250 2.0.0 OK',
      DestinationServer: 'mail.sandbox.example (192.0.2.25)',
      DestinationIP: '192.0.2.25',
    },
  };
}

function bounced(world: MailWorld, message: StoredMessage, type: BounceType): Step {
  const atMs = world.clock.nowMs();
  const email = message.to[0]?.Email ?? '';
  const inactive = suppressing.has(type);
  const bounce = bounceOf(message, { type, email, inactive, atMs });
  const suppression: SuppressionRecord = {
    stream: message.stream,
    email,
    reason: type === 'SpamComplaint' ? 'SpamComplaint' : 'HardBounce',
    origin: 'Recipient',
    createdAtMs: atMs,
    visibleAtMs: atMs + world.settings.suppressionLagMs,
  };
  const event: MessageEvent = {
    Recipient: email,
    Type: type === 'Transient' ? 'Transient' : 'Bounced',
    ReceivedAt: easternTime(atMs),
    Details: { Summary: 'smtp;550 5.1.1 mailbox unavailable', BounceID: String(bounce.id) },
  };
  const about = { message, stream: message.stream };
  const trigger = type === 'SpamComplaint' ? 'SpamComplaint' : 'Bounce';
  const events: WebhookEvent[] = [{ trigger, ...about, payload: bouncePayload(bounce, message) }];
  const payload = subscriptionPayload(suppression, true, atMs, message);
  if (inactive) events.push({ trigger: 'SubscriptionChange', ...about, payload });
  return {
    entries: [
      { kind: 'event', messageId: message.id, event },
      { kind: 'bounce', bounce },
      ...(inactive ? [{ kind: 'suppressed', suppression } satisfies Entry] : []),
    ],
    events,
  };
}

function bounceOf(
  message: StoredMessage,
  facts: { type: BounceType; email: string; inactive: boolean; atMs: number },
): BounceRecord {
  return {
    id: randomInt(100_000_000, 999_999_999),
    type: facts.type,
    messageId: message.id,
    stream: message.stream,
    email: facts.email,
    from: message.from.Email,
    subject: message.subject,
    tag: message.tag,
    metadata: message.metadata,
    bouncedAtMs: facts.atMs,
    inactive: facts.inactive,
  };
}
