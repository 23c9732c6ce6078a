import { inSnapshot, inTransaction } from '../../database/in-transaction.ts';
import { readPlannedLike } from '../../database/read-models/plan-like.read-model.ts';
import type { Queryable } from '../../database/pool.ts';
import { readPlanInput } from '../../database/read-models/plan-input.read-model.ts';
import { insertPlan } from '../../database/stores/plan.store.ts';
import type { ChangeId, PlanId, RolloutId } from '../../domain/ids.ts';
import type { Instant, LocalDate } from '../../domain/instant.ts';
import { describePlan, type PlanDescription } from '../../domain/rollout/describe-plan.ts';
import { plan } from '../../domain/rollout/plan.ts';
import type { ClientSelection, NewPlanRequest } from '../../domain/rollout/plan-request.ts';
import type { CohortRule } from '../../domain/rollout/policy.ts';
import { validateCohortRules } from '../../domain/rollout/validate-policy.ts';
import type { ActDependencies } from '../dependencies.ts';
import { type Refusal, refuse } from './refusal.ts';

/** Who asks for a plan, for which change and clients; what is left out follows from change and policy. */
export interface PlanOrder {
  readonly changeId: ChangeId;
  /** Absent = all active ones, or those of the rollout it is made after. */
  readonly clients?: ClientSelection;
  readonly policyName?: string;
  readonly cohorts?: readonly CohortRule[];
  readonly earliestDate?: LocalDate;
  readonly latestDate?: LocalDate;
  /** A rollout whose cohorts, policy and clients hold where this order says nothing. */
  readonly like?: RolloutId;
  /** The cadence that proposes it for its earliest date. */
  readonly cadence?: string;
  readonly actor: string;
}

export type PlanAnswer =
  | {
      readonly kind: 'planned';
      readonly planId: PlanId;
      /** The start carries it, so that nobody starts what they have not seen. */
      readonly hash: string;
      readonly plannedAt: Instant;
      readonly policy: string;
      readonly description: PlanDescription;
    }
  | Refusal;

/** Plans a rollout and keeps the plan; nothing starts by it. */
export async function makePlan(
  deps: Pick<ActDependencies, 'database'>,
  order: PlanOrder,
): Promise<PlanAnswer> {
  const attempt = { verb: 'plan', actor: order.actor } as const;
  const [problem] = order.cohorts ? validateCohortRules(order.cohorts) : [];
  if (problem) {
    const why = { code: 'COHORTS_INVALID', message: `${problem.path}: ${problem.message}.` };
    return await inTransaction(deps.database, (tx) => Promise.resolve(refuse(tx, attempt, why)));
  }
  const { request, reading } = await inSnapshot(deps.database, async (db, now) => {
    const request = await requestOf(db, order);
    if (request === null) return { request, reading: noSuchLike };
    return { request, reading: await readPlanInput(db, request, now) };
  });
  if (request === null || reading.kind === 'problem') {
    const why = reading.kind === 'problem' ? reading : noSuchLike;
    return await inTransaction(deps.database, (tx) => Promise.resolve(refuse(tx, attempt, why)));
  }
  const { input } = reading;
  const content = plan(input);
  const stored = await inTransaction(deps.database, (tx) =>
    insertPlan(tx, {
      rolloutId: null,
      changeId: order.changeId,
      request,
      input,
      content,
      createdBy: order.actor,
    }),
  );
  return {
    kind: 'planned',
    planId: stored.id,
    hash: stored.hash,
    plannedAt: input.plannedAt,
    policy: input.policy.name,
    description: describePlan(input, content),
  };
}

const noSuchLike = {
  kind: 'problem',
  code: 'ROLLOUT_NOT_FOUND',
  message: 'There is no such rollout to plan after; look it up in the list of rollouts.',
} as const;

/** The order with what it takes over from another rollout; null when there is no such rollout. */
async function requestOf(db: Queryable, order: PlanOrder): Promise<NewPlanRequest | null> {
  const { like } = order;
  if (like === undefined) return { ...ordered(order), clients: order.clients ?? { all: true } };
  const before = await readPlannedLike(db, like);
  if (before === null) return null;
  const { name, cohorts } = before.input.policy;
  const request = ordered(order);
  return {
    ...request,
    clients: order.clients ?? before.clients,
    policyName: request.policyName ?? name,
    cohorts: request.cohorts ?? cohorts,
    like,
  };
}

function ordered(order: PlanOrder): Omit<NewPlanRequest, 'clients'> {
  return {
    kind: 'new',
    changeId: order.changeId,
    policyName: order.policyName ?? null,
    cohorts: order.cohorts ?? null,
    earliestDate: order.earliestDate ?? null,
    latestDate: order.latestDate ?? null,
    ...(order.cadence === undefined ? {} : { cadence: order.cadence }),
  };
}
