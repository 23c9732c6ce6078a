/** What our side of the wire saw of one request to a deployer. */
export interface DeployAttemptRecord {
  /** HTTP status; null when the head of an answer never arrived. */
  readonly status: number | null;
  readonly retryAfterMs: number | null;
  /** Code of the failure below HTTP, such as `ECONNREFUSED` or `TimeoutError`. */
  readonly causeCode: string | null;
  /** The answer's text, null unless it was read to its end. */
  readonly body: string | null;
}

/** What one dispatch came to. It speaks for this attempt only: an earlier unknown one stays unknown. */
export type DeployAnswer =
  | {
      readonly kind: 'succeeded';
      readonly operationId: string | null;
      readonly detail: string | null;
    }
  | { readonly kind: 'failed'; readonly operationId: string | null; readonly detail: string | null }
  /** Works on it; ask later. */
  | { readonly kind: 'accepted'; readonly operationId: string; readonly statusUrl: string | null }
  /** The same key is already being worked on: look it up by key. */
  | { readonly kind: 'running-elsewhere' }
  /** Nothing started, and asking again will not help: a person must look. */
  | { readonly kind: 'refused'; readonly reason: string }
  /** The endpoint was withdrawn: no further request to this deployer. */
  | { readonly kind: 'disable'; readonly reason: string }
  /** Same key with another payload, or an invalid one: our bug. */
  | { readonly kind: 'mismatch'; readonly reason: string }
  | { readonly kind: 'back-off'; readonly retryAfterMs: number | null }
  /** Certainly nothing left this machine; `PERMIT_LAPSED` when the permit ended while connecting. */
  | { readonly kind: 'not-started'; readonly cause: string }
  /** May or may not have started. */
  | { readonly kind: 'unknown'; readonly cause: string }
  /** A person does it and says so. */
  | { readonly kind: 'waits-for-person' };

/** Cause of `not-started` when the dispatch permit was no longer valid once connected. */
export const permitLapsed = 'PERMIT_LAPSED';

/** What a question about a dispatched operation came to. Only the first four change anything. */
export type DeployLookUp =
  | {
      readonly kind: 'succeeded';
      readonly operationId: string | null;
      readonly detail: string | null;
    }
  | { readonly kind: 'failed'; readonly operationId: string | null; readonly detail: string | null }
  | { readonly kind: 'running'; readonly operationId: string | null }
  /** The deployer answers that it never heard of the key: nothing started. */
  | { readonly kind: 'absent' }
  /** The deployer no longer knows an operation it had accepted: unknown, not failed. */
  | { readonly kind: 'lost' }
  /** The question failed; the operation's state is as before. */
  | { readonly kind: 'no-answer'; readonly cause: string; readonly retryAfterMs: number | null }
  /** This deployer cannot be asked. */
  | { readonly kind: 'not-supported' };
