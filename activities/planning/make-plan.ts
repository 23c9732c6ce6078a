import { inSnapshot, inTransaction } from '../../database/in-transaction.ts';
import { readPlanInput } from '../../database/read-models/plan-input.read-model.ts';
import { insertPlan } from '../../database/stores/plan.store.ts';
import type { ChangeId, PlanId } from '../../domain/ids.ts';
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
  readonly clients: ClientSelection;
  readonly policyName?: string;
  readonly cohorts?: readonly CohortRule[];
  readonly earliestDate?: LocalDate;
  readonly latestDate?: LocalDate;
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
  const request = requestOf(order);
  const attempt = { verb: 'plan', actor: order.actor };
  const [problem] = order.cohorts ? validateCohortRules(order.cohorts) : [];
  if (problem) {
    const why = { code: 'COHORTS_INVALID', message: `${problem.path}: ${problem.message}.` };
    return await inTransaction(deps.database, (tx) => Promise.resolve(refuse(tx, attempt, why)));
  }
  const reading = await inSnapshot(deps.database, (db, now) => readPlanInput(db, request, now));
  if (reading.kind === 'problem') {
    return await inTransaction(deps.database, (tx) =>
      Promise.resolve(refuse(tx, attempt, reading)),
    );
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

function requestOf(order: PlanOrder): NewPlanRequest {
  return {
    kind: 'new',
    changeId: order.changeId,
    clients: order.clients,
    policyName: order.policyName ?? null,
    cohorts: order.cohorts ?? null,
    earliestDate: order.earliestDate ?? null,
    latestDate: order.latestDate ?? null,
  };
}
