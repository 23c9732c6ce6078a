import { createHash } from 'node:crypto';
import { z } from 'zod';

const text = z.string().nullish();
const metadata = z.record(z.string(), z.unknown()).nullish();

const event = z.object({
  RecordType: z.string(),
  MessageStream: text,
  MessageID: text,
  Recipient: text,
  Email: text,
  ID: z.union([z.number(), z.string()]).nullish(),
  Type: text,
  TypeCode: z.number().nullish(),
  Description: text,
  Inactive: z.boolean().nullish(),
  DeliveredAt: text,
  BouncedAt: text,
  ChangedAt: text,
  ReceivedAt: text,
  OriginalLink: text,
  SuppressSending: z.boolean().nullish(),
  SuppressionReason: text,
  Metadata: metadata,
});

type Raw = z.output<typeof event>;

/** One webhook of Postmark as far as it concerns us. */
export interface PostmarkEvent {
  readonly type: 'Delivery' | 'Bounce' | 'SpamComplaint' | 'SubscriptionChange' | 'other';
  readonly did: string | null;
  readonly messageId: string | null;
  readonly recipient: string | null;
  /** A bounce after which the address is given up, not one that only delays. */
  readonly isHard: boolean;
  /** For people. */
  readonly reason: string;
  readonly suppressed: boolean;
}

/** HardBounce, SpamNotification, BadEmailAddress, SpamComplaint, ManuallyDeactivated, Blocked, DMARCPolicy. */
const hardCodes: readonly number[] = [1, 512, 100_000, 100_001, 100_002, 100_006, 100_009];
const known = ['Delivery', 'Bounce', 'SpamComplaint', 'SubscriptionChange'] as const;

/** Reads a webhook's body; null when it is none of Postmark's. */
export function readPostmarkEvent(body: Buffer): PostmarkEvent | null {
  const raw = parse(body);
  if (raw === null) return null;
  return {
    type: known.find((each) => each === raw.RecordType) ?? 'other',
    did: didOf(raw),
    messageId: raw.MessageID ?? null,
    recipient: recipientOf(raw),
    isHard: raw.Inactive === true || hardCodes.includes(raw.TypeCode ?? 0),
    reason: raw.SuppressionReason ?? raw.Description ?? raw.Type ?? raw.RecordType,
    suppressed: raw.SuppressSending === true,
  };
}

/**
 * The same for every delivery of one event, and another for every other event: a hash over what names it. The time
 * is hashed as it is written, since its last digits tell two events apart.
 */
export function postmarkDedupeKey(body: Buffer): string {
  const raw = parse(body);
  if (raw === null) return hash([body.toString('base64')]);
  const common = [raw.RecordType, raw.MessageID, recipientOf(raw)];
  if (raw.RecordType === 'SubscriptionChange') {
    // An address may be suppressed without any mail: then the stream stands for it.
    return hash([...common, raw.MessageStream, raw.ChangedAt, raw.SuppressSending]);
  }
  return hash([...common, raw.ID ?? happenedAt(raw), raw.OriginalLink]);
}

function happenedAt(raw: Raw): string | null {
  return raw.DeliveredAt ?? raw.BouncedAt ?? raw.ChangedAt ?? raw.ReceivedAt ?? null;
}

function recipientOf(raw: Raw): string | null {
  return raw.Recipient ?? raw.Email ?? null;
}

function didOf({ Metadata }: Raw): string | null {
  const did = Object.entries(Metadata ?? {}).find(([name]) => name.toLowerCase() === 'did')?.[1];
  return typeof did === 'string' ? did : null;
}

function parse(body: Buffer): Raw | null {
  try {
    return event.parse(JSON.parse(body.toString('utf8')));
  } catch {
    return null;
  }
}

function hash(parts: readonly unknown[]): string {
  const text = JSON.stringify(parts.map((part) => part ?? ''));
  return createHash('sha256').update(text).digest('hex');
}
