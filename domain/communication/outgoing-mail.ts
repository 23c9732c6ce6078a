/** One mail to one recipient, exactly as it was frozen when its fact happened. */
export interface OutgoingMail {
  /** Identifies the delivery everywhere: ledger row, `Metadata.did`, search, webhooks. */
  readonly deliveryId: string;
  readonly from: string;
  readonly to: string;
  readonly replyTo: string | null;
  readonly subject: string;
  readonly html: string;
  readonly text: string;
  /** The provider's stream; always named, since a search without it looks elsewhere. */
  readonly stream: string;
  /** The message kind. */
  readonly tag: string;
  /** Invisible to the recipient; `did` is added by the adapter and must not contradict `deliveryId`. */
  readonly metadata: Readonly<Record<string, string>>;
  readonly headers: readonly MailHeader[];
  readonly attachments: readonly MailAttachment[];
}

/** One header line besides the usual ones, such as `In-Reply-To`. */
export interface MailHeader {
  readonly name: string;
  readonly value: string;
}

/** A file that travels with a mail. */
export interface MailAttachment {
  readonly name: string;
  readonly contentType: string;
  readonly contentBase64: string;
}
