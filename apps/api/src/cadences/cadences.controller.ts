import { Body, Controller, Get, Param, Post, Put } from '@nestjs/common';
import { Needs, TheCaller } from '../access/needs.ts';
import type { Caller } from '../access/permissions.ts';
import { type Answer, Answers } from '../http/answers.ts';
import { Idempotent } from '../http/idempotent.ts';
import { planView } from '../plans/plans.schemas.ts';
import {
  type CadenceBody,
  cadenceBody,
  cadenceList,
  type CadencePath,
  cadencePath,
  cadenceView,
  type ProposeBody,
  proposeBody,
} from './cadences.schemas.ts';
import { CadencesService } from './cadences.service.ts';

/** When rollouts are due, and the next one as a plan. */
@Controller('v1/cadences')
export class CadencesController {
  constructor(private readonly cadences: CadencesService) {}

  @Get()
  @Needs('read')
  @Answers(cadenceList)
  async listCadences(): Promise<Answer<typeof cadenceList>> {
    return { items: await this.cadences.list() };
  }

  @Get(':name')
  @Needs('read')
  @Answers(cadenceView)
  async showCadence(
    @Param({ schema: cadencePath }) { name }: CadencePath,
  ): Promise<Answer<typeof cadenceView>> {
    return await this.cadences.show(name);
  }

  @Put(':name')
  @Needs('manage')
  @Answers(cadenceView)
  async saveCadence(
    @Param({ schema: cadencePath }) { name }: CadencePath,
    @Body({ schema: cadenceBody }) body: CadenceBody,
    @TheCaller() caller: Caller,
  ): Promise<Answer<typeof cadenceView>> {
    return await this.cadences.save(name, body, caller);
  }

  @Post(':name/propose')
  @Needs('manage')
  @Idempotent()
  @Answers(planView, 201)
  async proposeByCadence(
    @Param({ schema: cadencePath }) { name }: CadencePath,
    @Body({ schema: proposeBody }) body: ProposeBody,
    @TheCaller() caller: Caller,
  ): Promise<Answer<typeof planView>> {
    return await this.cadences.propose(name, body, caller);
  }
}
