import { readOwedWhenLive } from '../../database/read-models/mail-lane.read-model.ts';
import type { Transaction } from '../../database/in-transaction.ts';
import { makeRoundLive } from '../../database/stores/approval-round.store.ts';
import { lockClientRollout } from '../../database/stores/client-rollout.store.ts';
import { mailWorkflowId } from '../../workflows/contract/workflow-ids.ts';
import type { DeskDependencies } from './desk-dependencies.ts';
import type { MessageDesk } from './message-desk.ts';
import { announce, moveDate } from './tell-dates.ts';
import { complete, withdraw } from './tell-endings.ts';
import { ask, recordAnswer } from './tell-questions.ts';

/** The desk that writes every message of rollouts. */
export function createMessageDesk(deps: DeskDependencies): MessageDesk {
  return {
    ask: (tx, { roundId }) => ask(tx, deps, roundId),
    announce: (tx, { clientRolloutId }) => announce(tx, deps, clientRolloutId),
    moveDate: (tx, about) => moveDate(tx, deps, about),
    recordAnswer: (tx, { roundId }) => recordAnswer(tx, deps, roundId),
    complete: (tx, about) => complete(tx, deps, about),
    withdraw: (tx, about) => withdraw(tx, deps, about),
    goLive: (tx) => goLive(tx, deps),
  };
}

/** Nothing that was shown to owners is sent: what still matters is written anew, for the clients. */
async function goLive(tx: Transaction, deps: DeskDependencies): Promise<void> {
  const owed = await readOwedWhenLive(tx, await tx.now());
  for (const { roundId, clientRolloutId } of owed.rounds) {
    await lockClientRollout(tx, clientRolloutId);
    await makeRoundLive(tx, roundId);
    await ask(tx, deps, roundId);
  }
  for (const clientRolloutId of owed.announcements) {
    await lockClientRollout(tx, clientRolloutId);
    await announce(tx, deps, clientRolloutId);
  }
  // What was written for clients before mail was switched off may go on as well.
  tx.wake(mailWorkflowId(deps.deskSettings.stream));
}
