import { inSnapshot, inTransaction, type Transaction } from '../../database/in-transaction.ts';
import { readToldSince } from '../../database/read-models/plan-moves.read-model.ts';
import { readReplanInput } from '../../database/read-models/replan-input.read-model.ts';
import { missedQuestionKey } from '../../database/read-models/rollout-facts.read-model.ts';
import { resolveAttention } from '../../database/stores/attention.store.ts';
import { type ClientPart, lockParts } from '../../database/stores/client-part.store.ts';
import { lockCohorts } from '../../database/stores/cohort.store.ts';
import {
  insertPlan,
  lockPlan,
  markApplied,
  readPlan,
  type StoredPlan,
} from '../../database/stores/plan.store.ts';
import { lockRollout, type Rollout } from '../../database/stores/rollout.store.ts';
import { lockVendor } from '../../database/stores/vendor.store.ts';
import type { PlanId, RolloutId } from '../../domain/ids.ts';
import type { Instant } from '../../domain/instant.ts';
import { plan } from '../../domain/rollout/plan.ts';
import type { PlanDifference } from '../../domain/rollout/plan-difference.ts';
import type { PlanAgainRequest } from '../../domain/rollout/plan-request.ts';
import { isOver } from '../../domain/rollout/states.ts';
import type { ActDependencies } from '../dependencies.ts';
import { checkPlan, preparePlan } from './check-plan.ts';
import { type ClientMove, moveClients, movesOf } from './move-clients.ts';
import { noSuchRollout, type Refusal, refuse, wrongState } from './refusal.ts';

/** Who wants new dates for whom, and why; the reason is told to those who were told the old date. */
export interface PlanAgainOrder extends Omit<PlanAgainRequest, 'kind'> {
  readonly actor: string;
}

export type PlanAgainAnswer =
  | {
      readonly kind: 'proposed';
      readonly planId: PlanId;
      readonly hash: string;
      readonly plannedAt: Instant;
      readonly moves: readonly ClientMove[];
    }
  | Refusal;

/** Proposes new dates within a rollout and shows what they would change; nothing moves by it. */
export async function planAgain(
  deps: Pick<ActDependencies, 'database'>,
  order: PlanAgainOrder,
): Promise<PlanAgainAnswer> {
  const { rolloutId, actor, clients, reason } = order;
  const request: PlanAgainRequest = { kind: 'again', rolloutId, clients, reason };
  const reading = await inSnapshot(deps.database, (db, now) => readReplanInput(db, request, now));
  const content = reading.kind === 'read' ? plan(reading.input) : null;
  return await inTransaction(deps.database, async (tx) => {
    const attempt = { verb: 'plan-again', actor, rolloutId } as const;
    const rollout = await lockRollout(tx, rolloutId);
    if (rollout === null) return refuse(tx, { verb: 'plan-again', actor }, noSuchRollout);
    if (isOver(rollout.state)) return refuse(tx, attempt, wrongState(rollout, 'planned again'));
    if (reading.kind === 'problem') return refuse(tx, attempt, reading);
    if (content === null) throw new Error('A plan was read but not made');
    const parts = await lockParts(tx, rolloutId, 'all');
    const { changeId } = rollout;
    const { input } = reading;
    const proposal = { rolloutId, changeId, request, input, content, createdBy: actor };
    const { id, hash } = await insertPlan(tx, proposal);
    const moves = movesOf(parts, content);
    return { kind: 'proposed', planId: id, hash, plannedAt: input.plannedAt, moves };
  });
}

/** Somebody applies the proposal they saw. */
export interface ApplyPlanOrder {
  readonly rolloutId: RolloutId;
  readonly planId: PlanId;
  readonly hash: string;
  readonly actor: string;
}

export type ApplyPlanAnswer =
  | { readonly kind: 'applied'; readonly moves: readonly ClientMove[] }
  /** With what differs from the proposal by now, where that is why. */
  | (Refusal & { readonly difference?: readonly PlanDifference[] });

/** Applies a proposal if today's facts still lead to it. */
export async function applyPlan(
  deps: Pick<ActDependencies, 'database' | 'desk'>,
  order: ApplyPlanOrder,
): Promise<ApplyPlanAnswer> {
  const prepared = await inSnapshot(deps.database, async (db) => {
    const stored = await readPlan(db, order.planId);
    if (stored?.request.kind !== 'again' || stored.appliedAt !== null) return null;
    return await readReplanInput(db, stored.request, stored.plannedAt);
  }).then(preparePlan);
  return await inTransaction(deps.database, async (tx) => {
    const { rolloutId, actor } = order;
    const attempt = { verb: 'apply-plan', actor, rolloutId } as const;
    const stored = await lockWithPlan(tx, order);
    if (stored === null) return refuse(tx, { verb: 'apply-plan', actor }, noSuchProposal);
    const { rollout, proposal, request } = stored;
    if (isOver(rollout.state)) return refuse(tx, attempt, wrongState(rollout, 'planned again'));
    if (proposal.appliedAt !== null) return refuse(tx, attempt, appliedBefore(proposal.appliedAt));
    const reading = await readReplanInput(tx, request, proposal.plannedAt);
    if (reading.kind === 'problem') return refuse(tx, attempt, reading);
    const { input } = reading;
    const now = await tx.now();
    const check = checkPlan({ stored: proposal, hash: order.hash, input, prepared, now });
    if (check.kind === 'bad') {
      return { ...refuse(tx, attempt, check), difference: check.difference };
    }
    const parts = await lockParts(tx, rolloutId, 'all');
    const { content } = proposal;
    const moves = movesOf(parts, content);
    const told = await toldMeanwhile(tx, proposal, moves);
    if (told.length > 0) return refuse(tx, attempt, otherTold(told));
    await moveClients(tx, deps, { rollout, parts, content, actor, reason: request.reason });
    await markApplied(tx, { id: proposal.id, rolloutId });
    await settleMissed(tx, { rolloutId, actor, parts, moves });
    return { kind: 'applied', moves };
  });
}

const noSuchProposal = {
  code: 'PLAN_NOT_FOUND',
  message: 'There is no such proposal for this rollout; plan again first.',
};

function appliedBefore(at: Instant): { readonly code: string; readonly message: string } {
  const message = `This proposal was applied at ${at}; plan again if it is to change once more.`;
  return { code: 'PLAN_ALREADY_APPLIED', message };
}

/** Whom the proposal would move and did not show as told, for the mail has left since. */
async function toldMeanwhile(
  tx: Transaction,
  { rolloutId, plannedAt }: StoredPlan,
  moves: readonly ClientMove[],
): Promise<readonly string[]> {
  const moving = new Set(moves.filter(({ toldAgain }) => toldAgain).map(({ key }) => key));
  if (rolloutId === null || moving.size === 0) return [];
  return (await readToldSince(tx, rolloutId, plannedAt)).filter((key) => moving.has(key));
}

function otherTold(keys: readonly string[]): { readonly code: string; readonly message: string } {
  const shown = keys.slice(0, 5).join(', ');
  const more = keys.length > 5 ? ` and ${keys.length - 5} more` : '';
  const message = `Since this was planned ${shown}${more} has been told the date that it would move; plan again and look who is told again.`;
  return { code: 'PLAN_STALE', message };
}

async function lockWithPlan(tx: Transaction, { rolloutId, planId }: ApplyPlanOrder) {
  await lockVendor(tx);
  const rollout = await lockRollout(tx, rolloutId);
  const proposal = await lockPlan(tx, planId);
  if (rollout === null || proposal?.request.kind !== 'again') return null;
  if (proposal.rolloutId !== rolloutId) return null;
  await lockCohorts(tx, rolloutId);
  return { rollout, proposal, request: proposal.request };
}

/** The question about missed clients is answered once each of them has a date. */
async function settleMissed(
  tx: Transaction,
  done: {
    readonly rolloutId: Rollout['id'];
    readonly actor: string;
    readonly parts: readonly ClientPart[];
    readonly moves: readonly ClientMove[];
  },
): Promise<void> {
  const placed = new Set(done.moves.filter(({ to }) => to !== null).map(({ key }) => key));
  const left = done.parts.filter(({ state, key }) => state === 'missed' && !placed.has(key));
  if (left.length > 0) return;
  const dedupeKey = missedQuestionKey(done.rolloutId);
  await resolveAttention(tx, { dedupeKey, by: done.actor, resolution: 'planned again' });
}
