/** One header line as the API writes it. */
export interface NameValue {
  readonly Name: string;
  readonly Value: string;
}

/** A mailbox with its display name, empty when none was given. */
export interface Address {
  readonly Email: string;
  readonly Name: string;
}

/** An attachment as it was sent; the content is base64. */
export interface Attachment {
  readonly Name: string;
  readonly Content: string;
  readonly ContentType: string;
  readonly ContentID: string | null;
}

/** What the stand-in does with a message after it accepted it. */
export type Outcome =
  | { readonly kind: 'deliver' }
  | { readonly kind: 'bounce'; readonly type: BounceType }
  | { readonly kind: 'deliver-then-bounce'; readonly type: BounceType; readonly reversed: boolean }
  | { readonly kind: 'silence' };

/** A message the stand-in has accepted. */
export interface StoredMessage {
  readonly id: string;
  readonly receivedAtMs: number;
  /** From then on a search finds it; null = never. */
  readonly visibleAtMs: number | null;
  readonly rfcMessageId: string;
  readonly threadRoot: string;
  readonly from: Address;
  readonly to: readonly Address[];
  readonly cc: readonly Address[];
  readonly bcc: readonly Address[];
  readonly replyTo: string;
  readonly subject: string;
  readonly htmlBody: string;
  readonly textBody: string;
  readonly tag: string;
  readonly stream: string;
  readonly metadata: Readonly<Record<string, string>>;
  readonly headers: readonly NameValue[];
  readonly attachments: readonly Attachment[];
  readonly trackOpens: boolean;
  readonly trackLinks: string;
  readonly outcome: Outcome;
  readonly outcomeAtMs: number;
}

/** Something that happened to a message, as the details call shows it. */
export interface MessageEvent {
  readonly Recipient: string;
  readonly Type: 'Delivered' | 'Transient' | 'Bounced' | 'SubscriptionChanged';
  readonly ReceivedAt: string;
  readonly Details: Readonly<Record<string, string>>;
}

/** Postmark's bounce types with their codes. */
export const bounceTypeCodes = {
  HardBounce: 1,
  Transient: 2,
  Unsubscribe: 16,
  Subscribe: 32,
  AutoResponder: 64,
  AddressChange: 128,
  DnsError: 256,
  SpamNotification: 512,
  OpenRelayTest: 1024,
  Unknown: 2048,
  SoftBounce: 4096,
  VirusNotification: 8192,
  ChallengeVerification: 16384,
  BadEmailAddress: 100000,
  SpamComplaint: 100001,
  ManuallyDeactivated: 100002,
  Unconfirmed: 100003,
  Blocked: 100006,
  SMTPApiError: 100007,
  InboundError: 100008,
  DMARCPolicy: 100009,
  TemplateRenderingFailed: 100010,
} as const;

export type BounceType = keyof typeof bounceTypeCodes;

/** A bounce or complaint, linked to its message. */
export interface BounceRecord {
  readonly id: number;
  readonly type: BounceType;
  readonly messageId: string;
  readonly stream: string;
  readonly email: string;
  readonly from: string;
  readonly subject: string;
  readonly tag: string;
  readonly metadata: Readonly<Record<string, string>>;
  readonly bouncedAtMs: number;
  readonly inactive: boolean;
}

export type SuppressionReason = 'HardBounce' | 'SpamComplaint' | 'ManualSuppression';

/** An address one stream no longer sends to. */
export interface SuppressionRecord {
  readonly stream: string;
  readonly email: string;
  readonly reason: SuppressionReason;
  readonly origin: 'Recipient' | 'Customer' | 'Admin';
  readonly createdAtMs: number;
  readonly visibleAtMs: number;
}

export const webhookTriggers = [
  'Open',
  'Click',
  'Delivery',
  'Bounce',
  'SpamComplaint',
  'SubscriptionChange',
] as const;

export type WebhookTrigger = (typeof webhookTriggers)[number];

/** A configured webhook of one stream. */
export interface WebhookRow {
  readonly id: number;
  readonly url: string;
  readonly stream: string;
  readonly auth: { readonly username: string; readonly password: string } | null;
  readonly headers: readonly NameValue[];
  readonly triggers: readonly WebhookTrigger[];
  readonly includeContent: boolean;
  readonly status: 'verified' | 'unverified';
  /** Set by the start options of the sandbox, and set anew by them at each start. */
  readonly fromOptions: boolean;
}

/** One event on its way to one webhook. */
export interface WebhookPost {
  readonly id: string;
  readonly webhookId: number;
  readonly trigger: WebhookTrigger;
  readonly traceId: string;
  readonly body: string;
  readonly wrongAuth: boolean;
  readonly dueAtMs: number;
  readonly tries: number;
}

/** One try to bring a post to its webhook; status 0 = no answer. */
export interface WebhookAttempt {
  readonly postId: string;
  readonly webhookId: number;
  readonly trigger: WebhookTrigger;
  readonly traceId: string;
  readonly number: number;
  readonly retriesRemaining: number;
  readonly atMs: number;
  readonly status: number;
  readonly problem: string | null;
}

/** Everything the stand-in must still know after it was killed. */
export type Entry =
  | { readonly kind: 'message'; readonly message: StoredMessage }
  | { readonly kind: 'visible'; readonly messageId: string; readonly visibleAtMs: number }
  | { readonly kind: 'event'; readonly messageId: string; readonly event: MessageEvent }
  | { readonly kind: 'settled'; readonly messageId: string }
  | { readonly kind: 'together'; readonly entries: readonly Entry[] }
  | { readonly kind: 'bounce'; readonly bounce: BounceRecord }
  | { readonly kind: 'activated'; readonly bounceId: number }
  | { readonly kind: 'suppressed'; readonly suppression: SuppressionRecord }
  | { readonly kind: 'unsuppressed'; readonly stream: string; readonly email: string }
  | { readonly kind: 'webhook'; readonly webhook: WebhookRow }
  | { readonly kind: 'webhook-removed'; readonly webhookId: number }
  | { readonly kind: 'post'; readonly post: WebhookPost }
  | { readonly kind: 'attempt'; readonly attempt: WebhookAttempt; readonly nextAtMs: number | null }
  | { readonly kind: 'emptied' };
