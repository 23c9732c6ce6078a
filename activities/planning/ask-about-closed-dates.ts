import type { Transaction } from '../../database/in-transaction.ts';
import { readReplanInput } from '../../database/read-models/replan-input.read-model.ts';
import {
  raiseAttention,
  readOpenAttention,
  resolveAttention,
} from '../../database/stores/attention.store.ts';
import type { ClientPart } from '../../database/stores/client-part.store.ts';
import type { RolloutId } from '../../domain/ids.ts';
import { type ClosedDate, closedDates } from '../../domain/rollout/closed-dates.ts';
import { closedDatesText } from '../../domain/rollout/closed-dates-text.ts';
import type { RolloutEffect } from '../../domain/rollout/edit-effect.ts';
import type { EffectAnswer } from './calendar-effect.ts';

/** The dedupe key of the one question a rollout asks about dates that calendars have closed. */
export function closedQuestionKey(rolloutId: RolloutId): string {
  return `closed-dates:${rolloutId}`;
}

/**
 * Asks a person about every rollout in which a changed calendar has closed dates, for nobody is moved silently;
 * takes the question back where all of them are open again. The rollouts are locked.
 */
export async function askAboutClosedDates(
  tx: Transaction,
  change: {
    readonly parts: readonly ClientPart[];
    readonly actor: string;
    /** What planning again would do; absent = nobody has looked. */
    readonly effect?: EffectAnswer;
  },
): Promise<void> {
  const { parts, actor, effect } = change;
  const effects = effect?.kind === 'effect' ? effect.effect.rollouts : [];
  for (const rolloutId of new Set(parts.map((part) => part.rolloutId))) {
    const closed = await readClosedDates(tx, rolloutId);
    const proposal = effects.find((each) => each.rolloutId === rolloutId) ?? null;
    await ask(tx, { rolloutId, closed, proposal, actor });
  }
}

/** After clients have got other dates or were taken out: asks about those that are left only. */
export async function settleClosedDates(
  tx: Transaction,
  { rolloutId, actor }: { readonly rolloutId: RolloutId; readonly actor: string },
): Promise<void> {
  if ((await readOpenAttention(tx, closedQuestionKey(rolloutId))) === null) return;
  const closed = await readClosedDates(tx, rolloutId);
  await ask(tx, { rolloutId, closed, proposal: null, actor });
}

async function readClosedDates(
  tx: Transaction,
  rolloutId: RolloutId,
): Promise<readonly ClosedDate[]> {
  const request = { kind: 'again', rolloutId, clients: 'all', reason: 'a closed date' } as const;
  const reading = await readReplanInput(tx, request, await tx.now());
  return reading.kind === 'read' ? closedDates(reading.input) : [];
}

async function ask(
  tx: Transaction,
  question: {
    readonly rolloutId: RolloutId;
    readonly closed: readonly ClosedDate[];
    readonly proposal: RolloutEffect | null;
    readonly actor: string;
  },
): Promise<void> {
  const { rolloutId, closed, proposal, actor } = question;
  const dedupeKey = closedQuestionKey(rolloutId);
  if (closed.length === 0) {
    const resolution = 'no planned date is closed any more';
    await resolveAttention(tx, { dedupeKey, by: actor, resolution });
    return;
  }
  const { fact, text } = closedDatesText(closed, proposal);
  const open = await readOpenAttention(tx, dedupeKey);
  // The same question stays as it was asked, with the proposal it was asked with.
  if (open?.startsWith(fact)) return;
  await resolveAttention(tx, { dedupeKey, by: actor, resolution: 'other dates are closed now' });
  const actions = ['plan-again'];
  await raiseAttention(tx, { dedupeKey, kind: 'closed-dates', rolloutId, text, actions });
}
