import type { Transaction } from '../../database/in-transaction.ts';
import { endRound, readRounds } from '../../database/stores/approval-round.store.ts';
import { resolveAttention } from '../../database/stores/attention.store.ts';
import type { ClientPart } from '../../database/stores/client-part.store.ts';
import { moveClientRollout } from '../../database/stores/client-rollout.store.ts';
import type { ClientRolloutState } from '../../domain/rollout/states.ts';
import { clientRolloutWorkflowId } from '../../workflows/contract/workflow-ids.ts';
import type { ActDependencies } from '../dependencies.ts';
import type { MessageDesk } from '../messages/message-desk.ts';

/** States in which a client has not begun production, or ended without the new build: it can still be taken out. */
const removable: readonly ClientRolloutState[] = [
  'planned',
  'previewing',
  'asking',
  'agreed',
  'scheduled',
  'missed',
];

/** Whether a client's production has not begun. */
export function isBeforeProduction({ state }: ClientPart): boolean {
  return removable.includes(state);
}

/** Takes clients out of a rollout: their open questions are void, and whoever was told anything is told. */
export async function takeOut(
  tx: Transaction,
  deps: Pick<ActDependencies, 'desk'>,
  order: {
    readonly parts: readonly ClientPart[];
    readonly to: 'withdrawn' | 'skipped';
    readonly why: Parameters<MessageDesk['withdraw']>[1]['why'];
    readonly reason: string;
    readonly actor: string;
  },
): Promise<void> {
  const { to, why, reason, actor } = order;
  for (const part of order.parts) {
    const { clientRolloutId, rolloutId, clientId, state, planPosition } = part;
    await voidQuestion(tx, part, order);
    await moveClientRollout(tx, { of: part, from: [state], to, actor, reason, facts: { why } });
    await deps.desk.withdraw(tx, { clientRolloutId, why, reason });
    tx.wake(clientRolloutWorkflowId(rolloutId, clientId), planPosition);
  }
}

async function voidQuestion(
  tx: Transaction,
  { clientRolloutId, rolloutId, clientId, hasOpenRound }: ClientPart,
  { to, reason, actor }: { readonly to: string; readonly reason: string; readonly actor: string },
): Promise<void> {
  const settled = { by: actor, resolution: `the client was ${to}: ${reason}` };
  for (const about of ['no-approver', 'deployment', 'client-request']) {
    await resolveAttention(tx, { dedupeKey: `${about}:${clientRolloutId}`, ...settled });
  }
  if (!hasOpenRound) return;
  const [round] = await readRounds(tx, clientRolloutId);
  if (round?.state !== 'open') return;
  await endRound(tx, round.id, {
    state: 'superseded',
    by: null,
    name: null,
    way: 'rule',
    comment: null,
    evidence: { takenOut: to, reason, by: actor },
  });
  await resolveAttention(tx, { dedupeKey: `round:${round.id}`, ...settled });
  const facts = { round: round.id, number: round.number };
  const kind = 'approval-round.superseded';
  tx.record({ kind, actor, cause: reason, rolloutId, clientId, clientRolloutId, facts });
}
