import { Body, Controller, HttpCode, Param, Post } from '@nestjs/common';
import { Needs } from '../access/needs.ts';
import { type Answer, Answers } from '../http/answers.ts';
import { type IdPath, idPath } from '../http/forms.ts';
import { type RehearsalBody, rehearsalBody, rehearsalView } from './rehearsals.schemas.ts';
import { RehearsalsService } from './rehearsals.service.ts';

/** How a plan may turn out. Nothing is changed by asking. */
@Controller('v1/plans')
export class RehearsalsController {
  constructor(private readonly rehearsals: RehearsalsService) {}

  @Post(':id/rehearsal')
  @HttpCode(200)
  @Needs('read')
  @Answers(rehearsalView)
  async rehearsePlan(
    @Param({ schema: idPath }) { id }: IdPath,
    @Body({ schema: rehearsalBody }) body: RehearsalBody,
  ): Promise<Answer<typeof rehearsalView>> {
    return await this.rehearsals.rehearse(id, body);
  }
}
