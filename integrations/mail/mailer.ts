import type { MailOutcome } from '../../domain/communication/classify-mail-outcome.ts';
import type { OutgoingMail } from '../../domain/communication/outgoing-mail.ts';
import type { Instant } from '../../domain/instant.ts';

/** Hands mails to the provider and finds out what became of them. Nothing here ever tries twice. */
export interface Mailer {
  /** Tries once. Never throws: whatever goes wrong is an outcome. */
  send(mail: OutgoingMail): Promise<MailOutcome>;
  /** Looks for a mail whose outcome is unknown. Never throws. */
  find(query: MailQuery): Promise<MailSearchResult>;
  /** What the provider has recorded about a mail it accepted. Never throws. */
  details(messageId: string): Promise<MailDetails>;
  /** Closes kept connections. */
  close(): Promise<void>;
}

/** What identifies a mail of ours at the provider. */
export interface MailQuery {
  readonly deliveryId: string;
  readonly recipient: string;
  readonly stream: string;
  /** Start of the first attempt. */
  readonly sentAfter: Instant;
}

/** `absent` only when every search answered and none had it; more than one id is a duplicate. */
export type MailSearchResult =
  | { readonly kind: 'found'; readonly messageIds: readonly string[] }
  | { readonly kind: 'absent' }
  | { readonly kind: 'failed'; readonly reason: string };

/** One event the provider recorded for a mail. */
export interface MailEvent {
  readonly type: string;
  readonly recipient: string;
  /** The provider's own text: its fraction of a second identifies the event. */
  readonly receivedAt: string;
  readonly details: Readonly<Record<string, unknown>>;
}

/** The provider's record of one accepted mail. */
export type MailDetails =
  | {
      readonly kind: 'found';
      readonly messageId: string;
      readonly status: string;
      readonly metadata: Readonly<Record<string, string>>;
      readonly events: readonly MailEvent[];
    }
  | { readonly kind: 'absent' }
  | { readonly kind: 'failed'; readonly reason: string };
