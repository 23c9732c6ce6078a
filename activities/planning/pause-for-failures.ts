import type { Transaction } from '../../database/in-transaction.ts';
import { raiseAttention } from '../../database/stores/attention.store.ts';
import { moveRollout } from '../../database/stores/rollout.store.ts';
import type { RolloutId } from '../../domain/ids.ts';
import type { RolloutLook } from './rollout-look.ts';

/** The dedupe key of the question what becomes of a rollout that paused by itself. */
export function pausedQuestionKey(rolloutId: RolloutId): string {
  return `paused:${rolloutId}`;
}

/** The limit of failures is reached: nothing starts any more until a person has looked. */
export async function pauseForFailures(tx: Transaction, look: RolloutLook): Promise<void> {
  const { rollout, because, facts } = look;
  await moveRollout(tx, {
    id: rollout.id,
    from: ['running'],
    to: 'paused',
    actor: 'daymark',
    reason: because,
    facts: { failures: facts.failures, limit: facts.policy.pauseAfterFailures },
  });
  await raiseAttention(tx, {
    dedupeKey: pausedQuestionKey(rollout.id),
    kind: 'rollout-paused',
    rolloutId: rollout.id,
    text: `"${rollout.name}" paused by itself: ${because}. Look at the failed clients, then resume or stop it.`,
    actions: ['resume', 'stop'],
  });
}
