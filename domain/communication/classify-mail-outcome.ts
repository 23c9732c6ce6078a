/** What our side of the wire saw of one attempt to hand over a mail. */
export interface MailAttemptRecord {
  /** HTTP status; null when the head of an answer never arrived. */
  readonly status: number | null;
  readonly contentType: string | null;
  /** The provider's wish to be left alone, already counted from the moment of the answer. */
  readonly retryAfterMs: number | null;
  /** Code of the failure below HTTP, such as `ECONNREFUSED` or `TimeoutError`. */
  readonly causeCode: string | null;
  readonly stage: MailAttemptStage;
  /** The answer's text, null unless it was read to its end. */
  readonly body: string | null;
}

/** How far an answer got: nothing of it, its head, or all of it. */
export type MailAttemptStage = 'no-answer' | 'head' | 'complete';

/** Where one attempt ended. Whatever is not certain is `unknown`: the mail may have left. */
export type MailOutcome =
  | { readonly kind: 'accepted'; readonly messageId: string }
  | { readonly kind: 'suppressed'; readonly messageId: string | null; readonly message: string }
  | { readonly kind: 'rejected'; readonly code: number; readonly message: string }
  | {
      readonly kind: 'not-sent';
      readonly cause: string;
      /** The cause is ours and hits every mail of this sender: stop it and tell operations. */
      readonly pauseSender: boolean;
      readonly retryAfterMs?: number;
    }
  /** `alarm` marks an answer that is not the provider's protocol: somebody else may be answering. */
  | { readonly kind: 'unknown'; readonly cause: string; readonly alarm: boolean };
