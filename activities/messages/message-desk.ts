import type { Transaction } from '../../database/in-transaction.ts';
import type { ClientRolloutId, DeploymentId, RoundId } from '../../domain/ids.ts';
import type { Instant } from '../../domain/instant.ts';

/**
 * Writes the messages that a fact causes, in the transaction of that fact: composed for each reader, rendered,
 * frozen into the ledger, and the mail loop woken. The caller holds the client rollout's lock.
 */
export interface MessageDesk {
  /** Asks the approvers: `release-on-preview` or `fix-on-preview`, bound to the round. */
  readonly ask: (tx: Transaction, about: { readonly roundId: RoundId }) => Promise<void>;
  /**
   * Tells the informed contacts the present slot: `notice`, or `moved` for whom an earlier date was told.
   * Writes only to contacts that have no message for this date yet; answers how many were written.
   */
  readonly announce: (
    tx: Transaction,
    about: { readonly clientRolloutId: ClientRolloutId },
  ) => Promise<number>;
  /**
   * After the slot changed: voids what was written for the old date and has not left, and tells those who were told
   * it (`moved`). The others hear by `announce`.
   */
  readonly moveDate: (
    tx: Transaction,
    about: {
      readonly clientRolloutId: ClientRolloutId;
      readonly previous: { readonly slotStart: Instant; readonly slotLatestEnd: Instant } | null;
      readonly reason: string;
    },
  ) => Promise<void>;
  /** `approval-recorded` to all of the round. */
  readonly recordAnswer: (tx: Transaction, about: { readonly roundId: RoundId }) => Promise<void>;
  readonly complete: (
    tx: Transaction,
    about: { readonly clientRolloutId: ClientRolloutId; readonly deploymentId: DeploymentId },
  ) => Promise<void>;
  /** `withdrawn` to whoever was told anything; what has not left yet is cancelled. */
  readonly withdraw: (
    tx: Transaction,
    about: {
      readonly clientRolloutId: ClientRolloutId;
      readonly why:
        | { readonly kind: 'stopped' }
        /** `nextVersion`: the release in which the client gets the change; null = not known yet. */
        | { readonly kind: 'skipped'; readonly nextVersion: string | null };
      readonly reason: string;
    },
  ) => Promise<void>;
  /** After client mail was switched live: open rounds not yet decided and notices not yet due are created anew. */
  readonly goLive: (tx: Transaction) => Promise<void>;
}
