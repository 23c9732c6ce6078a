import { Body, Controller, Post } from '@nestjs/common';
import { Needs, TheCaller } from '../access/needs.ts';
import type { Caller } from '../access/permissions.ts';
import { type Answer, Answers } from '../http/answers.ts';
import { type SurveyBody, surveyBody, surveyResult } from './sites.schemas.ts';
import { SitesService } from './sites.service.ts';

/** What runs at the clients. */
@Controller('v1/sites')
export class SitesController {
  constructor(private readonly sites: SitesService) {}

  @Post('survey')
  @Needs('manage')
  @Answers(surveyResult)
  async surveySites(
    @Body({ schema: surveyBody }) body: SurveyBody,
    @TheCaller() caller: Caller,
  ): Promise<Answer<typeof surveyResult>> {
    return await this.sites.survey(body, caller);
  }
}
