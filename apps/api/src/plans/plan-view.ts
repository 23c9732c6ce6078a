import type { StoredPlan } from '../../../../database/stores/plan.store.ts';
import { describePlan } from '../../../../domain/rollout/describe-plan.ts';
import { planCapacity } from '../../../../domain/rollout/plan-capacity.ts';
import type { PlanClient, PlannedClient } from '../../../../domain/rollout/plan-input.ts';
import type { Answer } from '../http/answers.ts';
import type { planDifference, planView } from './plans.schemas.ts';

/** A stored plan as people read it. */
export function planAnswer(
  stored: StoredPlan,
  around: {
    readonly change: string;
    readonly build: string | null;
    readonly difference: Answer<typeof planDifference> | null;
    readonly likeDiffers: readonly string[];
  },
): Answer<typeof planView> {
  const { input, content } = stored;
  const description = describePlan(input, content);
  const told = new Map(description.clients.map((client) => [client.key, client]));
  const clients = new Map(input.clients.map((client) => [client.key, client]));
  const rows = content.clients.flatMap((planned) => {
    const [row, client] = [told.get(planned.key), clients.get(planned.key)];
    return row && client ? [{ ...row, ...placeOf(planned, client) }] : [];
  });
  return {
    id: stored.id,
    hash: stored.hash,
    plannedAt: stored.plannedAt,
    change: around.change,
    build: around.build,
    policy: input.policy.name,
    rolloutId: stored.rolloutId,
    summary: description.summary,
    cohorts: input.cohorts.map(({ name }, index) => ({
      name,
      clients: content.clients.filter(({ cohort }) => cohort === index).length,
    })),
    clients: rows,
    warnings: content.warnings.map(({ key, warning }) => ({
      client: key,
      name: clients.get(key)?.name ?? key,
      warning,
    })),
    difference: around.difference,
    likeDiffers: around.likeDiffers,
    capacity: planCapacity(input, content),
  };
}

function placeOf({ placement }: PlannedClient, client: PlanClient) {
  return {
    noAnswerRule: client.noAnswerRule,
    placed: placement.kind !== 'unplaced',
    kept: placement.kind === 'kept',
  };
}
