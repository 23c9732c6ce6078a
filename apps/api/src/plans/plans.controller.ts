import { Body, Controller, Get, Param, Post } from '@nestjs/common';
import { Needs, TheCaller } from '../access/needs.ts';
import type { Caller } from '../access/permissions.ts';
import { type Answer, Answers } from '../http/answers.ts';
import { type IdPath, idPath } from '../http/forms.ts';
import { Idempotent } from '../http/idempotent.ts';
import { type NewPlanBody, newPlanBody, planView } from './plans.schemas.ts';
import { PlansService } from './plans.service.ts';

/** Who would be due when. */
@Controller('v1/plans')
export class PlansController {
  constructor(private readonly plans: PlansService) {}

  @Post()
  @Needs('manage')
  @Idempotent()
  @Answers(planView, 201)
  async createPlan(
    @Body({ schema: newPlanBody }) body: NewPlanBody,
    @TheCaller() caller: Caller,
  ): Promise<Answer<typeof planView>> {
    return await this.plans.create(body, caller);
  }

  @Get(':id')
  @Needs('read')
  @Answers(planView)
  async showPlan(@Param({ schema: idPath }) { id }: IdPath): Promise<Answer<typeof planView>> {
    return await this.plans.show(id);
  }
}
