import { Injectable } from '@nestjs/common';
import { applyPlan, planAgain } from '../../../../activities/planning/plan-again.ts';
import type { PlanId, RolloutId } from '../../../../domain/ids.ts';
import type { Caller } from '../access/permissions.ts';
import { Backend } from '../backend.ts';
import type { Answer } from '../http/answers.ts';
import { problemOfRefusal } from '../http/refused.ts';
import type { planView } from '../plans/plans.schemas.ts';
import { PlansService } from '../plans/plans.service.ts';
import type { ApplyPlanBody, PlanAgainBody, PlanPath } from './control.schemas.ts';
import type { rolloutView } from './rollouts.schemas.ts';
import { RolloutsService } from './rollouts.service.ts';

/** New dates: proposed with the difference they make, then applied as they were seen. */
@Injectable()
export class ReplanService {
  constructor(
    private readonly backend: Backend,
    private readonly plans: PlansService,
    private readonly rollouts: RolloutsService,
  ) {}

  async propose(
    id: string,
    { clients, reason }: PlanAgainBody,
    { actor }: Caller,
  ): Promise<Answer<typeof planView>> {
    const order = { rolloutId: id as RolloutId, clients, reason, actor };
    const proposed = await planAgain(this.backend, order);
    if (proposed.kind === 'refused') throw problemOfRefusal(proposed);
    return await this.plans.show(proposed.planId);
  }

  async apply(
    { id, planId }: PlanPath,
    { hash }: ApplyPlanBody,
    { actor }: Caller,
  ): Promise<Answer<typeof rolloutView>> {
    const applied = await applyPlan(this.backend, {
      rolloutId: id as RolloutId,
      planId: planId as PlanId,
      hash,
      actor,
    });
    if (applied.kind === 'refused') {
      const { difference } = applied;
      throw problemOfRefusal(applied, difference === undefined ? {} : { difference });
    }
    return await this.rollouts.show(id);
  }
}
