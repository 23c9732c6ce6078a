import { Body, Controller, Get, Param, Post } from '@nestjs/common';
import { Needs, TheCaller } from '../access/needs.ts';
import type { Caller } from '../access/permissions.ts';
import { type Answer, Answers } from '../http/answers.ts';
import { Idempotent } from '../http/idempotent.ts';
import {
  requestAnswer,
  type RequestBody,
  requestBody,
  requestList,
} from './client-requests.schemas.ts';
import { ClientRequestsService } from './client-requests.service.ts';
import { type RolloutClientPath, rolloutClientPath } from './rollout-clients.schemas.ts';

/** What clients ask for: a freeze, another day, being left out. */
@Controller('v1/rollouts/:id/clients/:key/requests')
export class ClientRequestsController {
  constructor(private readonly requests: ClientRequestsService) {}

  @Get()
  @Needs('read')
  @Answers(requestList)
  async listRequests(
    @Param({ schema: rolloutClientPath }) path: RolloutClientPath,
  ): Promise<Answer<typeof requestList>> {
    return { items: await this.requests.list(path) };
  }

  @Post()
  @Needs('manage')
  @Idempotent()
  @Answers(requestAnswer, 201)
  async makeRequest(
    @Param({ schema: rolloutClientPath }) path: RolloutClientPath,
    @Body({ schema: requestBody }) body: RequestBody,
    @TheCaller() caller: Caller,
  ): Promise<Answer<typeof requestAnswer>> {
    return await this.requests.ask(path, body, caller);
  }
}
