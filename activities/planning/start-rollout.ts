import { inSnapshot, inTransaction, type Transaction } from '../../database/in-transaction.ts';
import { newId } from '../../database/new-id.ts';
import { readPlanInput } from '../../database/read-models/plan-input.read-model.ts';
import { insertParts, type NewClientPart } from '../../database/stores/client-part.store.ts';
import { insertCohorts, type NewCohort } from '../../database/stores/cohort.store.ts';
import {
  lockPlan,
  markApplied,
  readPlan,
  type StoredPlan,
} from '../../database/stores/plan.store.ts';
import { insertRollout } from '../../database/stores/rollout.store.ts';
import { lockVendor } from '../../database/stores/vendor.store.ts';
import type { Duration } from '../../domain/duration.ts';
import type { ClientRolloutId, CohortId, PlanId, PolicyId, RolloutId } from '../../domain/ids.ts';
import { startOf } from '../../domain/rollout/plan-difference.ts';
import type { PlanDifference } from '../../domain/rollout/plan-difference.ts';
import {
  clientRolloutWorkflowId,
  rolloutWorkflowId,
} from '../../workflows/contract/workflow-ids.ts';
import type { ActDependencies } from '../dependencies.ts';
import { checkPlan, type PreparedPlan, preparePlan } from './check-plan.ts';
import { slotOf } from './planned-slot.ts';
import { type Refusal, refuse } from './refusal.ts';

/** Somebody starts what they saw: the plan by its id and hash. */
export interface StartOrder {
  readonly planId: PlanId;
  readonly hash: string;
  readonly name?: string;
  readonly actor: string;
  /** The same order sent twice: the second is answered like the first. */
  readonly idempotent?: boolean;
}

export type StartAnswer =
  | { readonly kind: 'started'; readonly rolloutId: RolloutId; readonly isNew: boolean }
  | (Refusal & {
      /** Who would get another date by today's facts. */
      readonly difference: readonly PlanDifference[];
      /** The rollout that was started from this plan before. */
      readonly rolloutId: RolloutId | null;
    });

/** Starts the rollout of a plan if today's facts still lead to it. One plan starts one rollout, however often. */
export async function startRollout(
  deps: Pick<ActDependencies, 'database'>,
  order: StartOrder,
): Promise<StartAnswer> {
  const prepared = await prepare(deps, order.planId);
  return await inTransaction(deps.database, async (tx) => {
    await lockVendor(tx);
    const stored = await lockPlan(tx, order.planId);
    if (stored?.request.kind !== 'new') {
      return refused(tx, order, {
        code: 'PLAN_NOT_FOUND',
        message: 'There is no such plan of a new rollout; plan first.',
      });
    }
    if (stored.rolloutId !== null) return startedBefore(tx, order, stored.rolloutId);
    const reading = await readPlanInput(tx, stored.request, stored.plannedAt);
    if (reading.kind === 'problem') return refused(tx, order, reading);
    const { input } = reading;
    const check = checkPlan({ stored, hash: order.hash, input, prepared, now: await tx.now() });
    if (check.kind === 'bad') return refused(tx, order, check, { difference: check.difference });
    const rolloutId = await writeRollout(tx, { order, stored, ...reading });
    return { kind: 'started', rolloutId, isNew: true };
  });
}

async function prepare(
  deps: Pick<ActDependencies, 'database'>,
  planId: PlanId,
): Promise<PreparedPlan | null> {
  const reading = await inSnapshot(deps.database, async (db) => {
    const stored = await readPlan(db, planId);
    if (stored?.request.kind !== 'new' || stored.rolloutId !== null) return null;
    return await readPlanInput(db, stored.request, stored.plannedAt);
  });
  return preparePlan(reading);
}

function startedBefore(tx: Transaction, order: StartOrder, rolloutId: RolloutId): StartAnswer {
  if (order.idempotent === true) return { kind: 'started', rolloutId, isNew: false };
  const code = 'PLAN_ALREADY_STARTED';
  const message = 'This plan was started before; open its rollout, or plan another one.';
  return refused(tx, order, { code, message }, { rolloutId });
}

function refused(
  tx: Transaction,
  order: StartOrder,
  why: { readonly code: string; readonly message: string },
  more: { readonly difference?: readonly PlanDifference[]; readonly rolloutId?: RolloutId } = {},
): StartAnswer {
  const rollout = more.rolloutId ? { rolloutId: more.rolloutId } : {};
  const refusal = refuse(tx, { verb: 'start', actor: order.actor, ...rollout }, why);
  return { ...refusal, difference: more.difference ?? [], rolloutId: more.rolloutId ?? null };
}

interface Starting {
  readonly order: StartOrder;
  readonly stored: StoredPlan;
  readonly policyId: PolicyId;
  readonly raisedWorstCase: Duration | null;
}

async function writeRollout(tx: Transaction, starting: Starting): Promise<RolloutId> {
  const { order, stored } = starting;
  const { input } = stored;
  const id = newId<RolloutId>();
  await insertRollout(tx, {
    id,
    name: order.name ?? null,
    changeId: stored.changeId,
    policyId: starting.policyId,
    planId: stored.id,
    vendorCalendarId: input.vendorCalendarId,
    policyCalendarId: input.policyCalendarId,
    worstCase: starting.raisedWorstCase,
    actor: order.actor,
  });
  const cohorts = cohortsOf(stored);
  const parts = partsOf(stored, cohorts);
  await insertCohorts(tx, id, cohorts);
  await insertParts(tx, id, order, parts);
  await markApplied(tx, { id: stored.id, rolloutId: id });
  tx.wake(rolloutWorkflowId(id));
  for (const part of parts) {
    tx.wake(clientRolloutWorkflowId(id, part.clientId), part.planPosition);
  }
  return id;
}

function cohortsOf({ input, content }: StoredPlan): readonly NewCohort[] {
  return input.cohorts.map(({ name, maxInFlight }, index) => {
    const starts = content.clients
      .filter(({ cohort }) => cohort === index)
      .flatMap((client) => startOf(client) ?? [])
      .sort();
    return {
      id: newId<CohortId>(),
      position: index + 1,
      name,
      maxInFlight,
      lastSlotStart: starts.at(-1) ?? null,
    };
  });
}

function partsOf(
  { input, content }: StoredPlan,
  cohorts: readonly NewCohort[],
): readonly NewClientPart[] {
  const byId = new Map(input.clients.map((client) => [client.clientId, client]));
  return content.clients.flatMap((planned, index) => {
    const client = byId.get(planned.clientId);
    const cohort = cohorts[planned.cohort];
    if (!client || !cohort) return [];
    const { placement } = planned;
    return [
      {
        clientRolloutId: newId<ClientRolloutId>(),
        clientId: planned.clientId,
        cohortId: cohort.id,
        planPosition: index + 1,
        consent: planned.consent,
        noAnswerRule: client.noAnswerRule,
        calendarId: client.calendarId,
        previewAt: placement.kind === 'placed' ? placement.previewAt : null,
        slot: slotOf(placement),
      },
    ];
  });
}
