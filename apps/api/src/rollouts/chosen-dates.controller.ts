import { Body, Controller, Get, Param, Post, Query } from '@nestjs/common';
import { Needs, TheCaller } from '../access/needs.ts';
import type { Caller } from '../access/permissions.ts';
import { type Answer, Answers } from '../http/answers.ts';
import { Idempotent } from '../http/idempotent.ts';
import {
  chosenDate,
  type DateBody,
  dateBody,
  offerList,
  type OffersQuery,
  offersQuery,
} from './chosen-dates.schemas.ts';
import { ChosenDatesService } from './chosen-dates.service.ts';
import { type RolloutClientPath, rolloutClientPath } from './rollout-clients.schemas.ts';

/** Dates that a client or a person chooses. */
@Controller('v1/rollouts/:id/clients/:key')
export class ChosenDatesController {
  constructor(private readonly dates: ChosenDatesService) {}

  @Get('offers')
  @Needs('read')
  @Answers(offerList)
  async listOffers(
    @Param({ schema: rolloutClientPath }) path: RolloutClientPath,
    @Query({ schema: offersQuery }) query: OffersQuery,
  ): Promise<Answer<typeof offerList>> {
    return { items: await this.dates.offers(path, query) };
  }

  @Post('date')
  @Needs('manage')
  @Idempotent()
  @Answers(chosenDate)
  async chooseDate(
    @Param({ schema: rolloutClientPath }) path: RolloutClientPath,
    @Body({ schema: dateBody }) body: DateBody,
    @TheCaller() caller: Caller,
  ): Promise<Answer<typeof chosenDate>> {
    return await this.dates.choose(path, body, caller);
  }
}
