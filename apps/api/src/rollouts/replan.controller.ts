import { Body, Controller, Param, Post } from '@nestjs/common';
import { Needs, TheCaller } from '../access/needs.ts';
import type { Caller } from '../access/permissions.ts';
import { type Answer, Answers } from '../http/answers.ts';
import { type IdPath, idPath } from '../http/forms.ts';
import { Idempotent } from '../http/idempotent.ts';
import { planView } from '../plans/plans.schemas.ts';
import {
  type ApplyPlanBody,
  applyPlanBody,
  type PlanAgainBody,
  planAgainBody,
  type PlanPath,
  planPath,
  type SettleBody,
  settleBody,
  type SettlePath,
  settlePath,
} from './control.schemas.ts';
import { ReplanService } from './replan.service.ts';
import { rolloutView } from './rollouts.schemas.ts';
import { SettleService } from './settle.service.ts';

/** New dates for clients of a running rollout, and outcomes that only a person knows. */
@Controller('v1/rollouts/:id')
export class ReplanController {
  constructor(
    private readonly replans: ReplanService,
    private readonly settlements: SettleService,
  ) {}

  @Post('plans')
  @Needs('manage')
  @Idempotent()
  @Answers(planView, 201)
  async planAgain(
    @Param({ schema: idPath }) { id }: IdPath,
    @Body({ schema: planAgainBody }) body: PlanAgainBody,
    @TheCaller() caller: Caller,
  ): Promise<Answer<typeof planView>> {
    return await this.replans.propose(id, body, caller);
  }

  @Post('plans/:planId/apply')
  @Needs('manage')
  @Idempotent()
  @Answers(rolloutView)
  async applyPlan(
    @Param({ schema: planPath }) path: PlanPath,
    @Body({ schema: applyPlanBody }) body: ApplyPlanBody,
    @TheCaller() caller: Caller,
  ): Promise<Answer<typeof rolloutView>> {
    return await this.replans.apply(path, body, caller);
  }

  @Post('deployments/:deploymentId/settle')
  @Needs('retry')
  @Idempotent()
  @Answers(rolloutView)
  async settleDeployment(
    @Param({ schema: settlePath }) path: SettlePath,
    @Body({ schema: settleBody }) body: SettleBody,
    @TheCaller() caller: Caller,
  ): Promise<Answer<typeof rolloutView>> {
    return await this.settlements.settle(path, body, caller);
  }
}
