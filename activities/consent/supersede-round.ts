import type { Transaction } from '../../database/in-transaction.ts';
import {
  endRound,
  readRounds,
  storeAgreement,
} from '../../database/stores/approval-round.store.ts';
import { resolveAttention } from '../../database/stores/attention.store.ts';
import { recallMails } from '../../database/stores/mail-recall.store.ts';
import type { ClientRolloutId } from '../../domain/ids.ts';
import type { ActDependencies } from '../dependencies.ts';

/**
 * Voids what a client was asked about, or agreed to: a newer build takes its place and is asked about anew, behind
 * the same link. The caller holds the client's lock, has already set the rollout's new build, and moves the client
 * back to `planned`. Answers whether an open question was voided.
 */
export async function supersedeRound(
  tx: Transaction,
  deps: Pick<ActDependencies, 'desk'>,
  about: { readonly clientRolloutId: ClientRolloutId; readonly actor: string },
): Promise<boolean> {
  const { clientRolloutId, actor } = about;
  await storeAgreement(tx, clientRolloutId, null);
  const [round] = await readRounds(tx, clientRolloutId);
  if (round?.state !== 'open') return false;
  const ended = await endRound(tx, round.id, {
    state: 'superseded',
    by: null,
    name: null,
    way: 'rule',
    comment: null,
    evidence: { supersededBy: actor },
  });
  if (!ended) return false;
  await recallMails(tx, {
    clientRolloutId,
    kinds: ['release-on-preview', 'fix-on-preview'],
    exceptBoundTo: null,
    to: 'superseded',
    actor,
    reason: 'a newer build is asked about',
  });
  await resolveAttention(tx, {
    dedupeKey: `round:${round.id}`,
    by: actor,
    resolution: 'A newer build is asked about.',
  });
  tx.record({
    kind: 'approval-round.superseded',
    actor,
    clientRolloutId,
    facts: { round: round.id, number: round.number },
  });
  // Whoever was never asked about the old build need not hear that it is void.
  if (round.requestedAt !== null) await deps.desk.recordAnswer(tx, { roundId: round.id });
  return true;
}
