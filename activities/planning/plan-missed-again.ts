import type { Transaction } from '../../database/in-transaction.ts';
import { readReplanInput } from '../../database/read-models/replan-input.read-model.ts';
import { missedQuestionKey } from '../../database/read-models/rollout-facts.read-model.ts';
import { raiseAttention } from '../../database/stores/attention.store.ts';
import { type ClientPart, lockParts } from '../../database/stores/client-part.store.ts';
import { insertPlan, markApplied } from '../../database/stores/plan.store.ts';
import { plan } from '../../domain/rollout/plan.ts';
import type { PlanAgainRequest } from '../../domain/rollout/plan-request.ts';
import type { ActDependencies } from '../dependencies.ts';
import { moveClients } from './move-clients.ts';
import type { RolloutLook } from './rollout-look.ts';

/**
 * New dates for all clients that missed theirs, together: applied at once where the policy says so, otherwise a
 * person is asked. Whoever finds no date is left to a person as well.
 */
export async function planMissedAgain(
  tx: Transaction,
  deps: Pick<ActDependencies, 'desk'>,
  look: RolloutLook,
): Promise<void> {
  const { rollout, facts } = look;
  if (facts.policy.missed === 'plan-again') await applyAtOnce(tx, deps, look);
  const parts = await lockParts(tx, rollout.id, 'all');
  const left = parts.filter(({ state }) => state === 'missed');
  if (left.length > 0) await askAbout(tx, look, left);
}

async function applyAtOnce(
  tx: Transaction,
  deps: Pick<ActDependencies, 'desk'>,
  { rollout, now }: RolloutLook,
): Promise<void> {
  const reason = 'it missed its slot';
  const actor = 'daymark';
  const { id: rolloutId, changeId } = rollout;
  const request: PlanAgainRequest = { kind: 'again', rolloutId, clients: 'missed', reason };
  const parts = await lockParts(tx, rolloutId, 'all');
  const reading = await readReplanInput(tx, request, now);
  if (reading.kind === 'problem') return;
  const { input } = reading;
  const content = plan(input);
  const stored = { rolloutId, changeId, request, input, content, createdBy: actor };
  const { id } = await insertPlan(tx, stored);
  await moveClients(tx, deps, { rollout, parts, content, actor, reason });
  await markApplied(tx, { id, rolloutId });
}

async function askAbout(
  tx: Transaction,
  { rollout }: RolloutLook,
  missed: readonly ClientPart[],
): Promise<void> {
  const names = missed.slice(0, 5).map(({ key }) => key);
  const more = missed.length > names.length ? ` and ${missed.length - names.length} more` : '';
  const who = missed.length === 1 ? '1 client has' : `${missed.length} clients have`;
  await raiseAttention(tx, {
    dedupeKey: missedQuestionKey(rollout.id),
    kind: 'missed-slots',
    rolloutId: rollout.id,
    text: `${who} missed the slot in "${rollout.name}": ${names.join(', ')}${more}. Plan them again, or skip them.`,
    actions: ['plan-again', 'skip'],
  });
}
