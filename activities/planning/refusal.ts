import type { Transaction } from '../../database/in-transaction.ts';
import type { Rollout } from '../../database/stores/rollout.store.ts';
import type { RolloutId } from '../../domain/ids.ts';
import type { RefusedVerb } from '../../domain/rollout/event-words.ts';

/** What was ordered and not done: a stable code, and a message that says what, which one, and what to do next. */
export interface Refusal {
  readonly kind: 'refused';
  readonly code: string;
  readonly message: string;
}

/** Refuses an order and records the attempt. */
export function refuse(
  tx: Transaction,
  attempt: { readonly verb: RefusedVerb; readonly actor: string; readonly rolloutId?: RolloutId },
  why: { readonly code: string; readonly message: string },
): Refusal {
  tx.record({
    kind: `refused.${attempt.verb}`,
    actor: attempt.actor,
    cause: why.message,
    ...(attempt.rolloutId ? { rolloutId: attempt.rolloutId } : {}),
    facts: { code: why.code },
  });
  return { kind: 'refused', code: why.code, message: why.message };
}

/** Why an order about a rollout that does not exist was refused. */
export const noSuchRollout = {
  code: 'ROLLOUT_NOT_FOUND',
  message: 'There is no such rollout; look it up in the list of rollouts.',
};

/** Why a rollout's state does not allow what was ordered: who brought it there, and when. */
export function wrongState(
  rollout: Rollout,
  verb: string,
): { readonly code: string; readonly message: string } {
  const { name, state, stateBy, stateReason, since } = rollout;
  const why = stateReason === null ? '' : ` (${stateReason})`;
  return {
    code: `ROLLOUT_${state.toUpperCase()}`,
    message: `"${name}" is ${state} since ${since}, by ${stateBy ?? 'daymark'}${why}; it cannot be ${verb} now.`,
  };
}
