import { zuluTime } from './postmark-time.ts';
import {
  bounceTypeCodes,
  type BounceRecord,
  type StoredMessage,
  type SuppressionRecord,
} from './records.ts';

/** The number under which the stand-in's one server goes. */
export const serverId = 23;

/** A webhook body before it is text. */
export type Payload = Readonly<Record<string, unknown>>;

/** The body that tells of a delivery; one per recipient. */
export function deliveryPayload(message: StoredMessage, recipient: string, atMs: number): Payload {
  return {
    RecordType: 'Delivery',
    MessageStream: message.stream,
    ServerID: serverId,
    MessageID: message.id,
    Recipient: recipient,
    Tag: message.tag,
    DeliveredAt: zuluTime(atMs),
    Details: '250 2.0.0 OK',
    Metadata: message.metadata,
  };
}

/** The body that tells of a bounce or a complaint, which differ in three fields only. */
export function bouncePayload(bounce: BounceRecord, message: StoredMessage): Payload {
  return {
    RecordType: bounce.type === 'SpamComplaint' ? 'SpamComplaint' : 'Bounce',
    MessageStream: bounce.stream,
    ServerID: serverId,
    Metadata: bounce.metadata,
    ...bounceFacts(bounce),
    BouncedAt: zuluTime(bounce.bouncedAtMs),
    Content: message.textBody,
  };
}

/** A bounce as both the webhook and the bounce list show it. */
export function bounceFacts(bounce: BounceRecord): Payload {
  return {
    ID: bounce.id,
    Type: bounce.type,
    TypeCode: bounceTypeCodes[bounce.type],
    Name: bounce.type.replace(/(?<=[a-z])(?=[A-Z])/g, ' '),
    Tag: bounce.tag,
    MessageID: bounce.messageId,
    Description: 'The server was unable to deliver your message.',
    Details: 'smtp;550 5.1.1 mailbox unavailable',
    Email: bounce.email,
    From: bounce.from,
    DumpAvailable: true,
    Inactive: bounce.inactive,
    CanActivate: bounce.type !== 'SpamComplaint',
    Subject: bounce.subject,
  };
}

/** The body that tells that an address is suppressed, or no longer. */
export function subscriptionPayload(
  { stream, email, reason, origin }: SuppressionRecord,
  suppressed: boolean,
  atMs: number,
  message: StoredMessage | null,
): Payload {
  return {
    RecordType: 'SubscriptionChange',
    MessageID: message?.id ?? null,
    ServerID: serverId,
    MessageStream: stream,
    ChangedAt: zuluTime(atMs),
    Recipient: email,
    Origin: origin,
    SuppressSending: suppressed,
    SuppressionReason: suppressed ? reason : null,
    Tag: message?.tag ?? null,
    Metadata: suppressed ? (message?.metadata ?? {}) : {},
  };
}
