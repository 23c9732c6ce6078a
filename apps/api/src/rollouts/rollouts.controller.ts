import { Body, Controller, Get, Param, Post, Query } from '@nestjs/common';
import { Needs, TheCaller } from '../access/needs.ts';
import type { Caller } from '../access/permissions.ts';
import { type Answer, Answers } from '../http/answers.ts';
import { type IdPath, idPath } from '../http/forms.ts';
import { Idempotent } from '../http/idempotent.ts';
import { messagePage, type MessagesQuery, messagesQuery } from '../messages/messages.schemas.ts';
import { MessagesService } from '../messages/messages.service.ts';
import {
  clientRolloutView,
  clientRowList,
  type ClientRowsQuery,
  clientRowsQuery,
  type RolloutClientPath,
  rolloutClientPath,
} from './rollout-clients.schemas.ts';
import { RolloutClientsService } from './rollout-clients.service.ts';
import {
  rolloutList,
  type RolloutsQuery,
  rolloutsQuery,
  rolloutView,
  type StartBody,
  startBody,
} from './rollouts.schemas.ts';
import { RolloutsService } from './rollouts.service.ts';
import { storyPage, type StoryQuery, storyQuery } from './story.schemas.ts';
import { StoryService } from './story.service.ts';

/** Rollouts: started from a plan, then read. */
@Controller('v1/rollouts')
export class RolloutsController {
  constructor(
    private readonly rollouts: RolloutsService,
    private readonly clients: RolloutClientsService,
    private readonly stories: StoryService,
    private readonly messages: MessagesService,
  ) {}

  @Get()
  @Needs('read')
  @Answers(rolloutList)
  async listRollouts(
    @Query({ schema: rolloutsQuery }) query: RolloutsQuery,
  ): Promise<Answer<typeof rolloutList>> {
    return { items: await this.rollouts.list(query) };
  }

  @Post()
  @Needs('manage')
  @Idempotent('required-of-tokens')
  @Answers(rolloutView, 201)
  async startRollout(
    @Body({ schema: startBody }) body: StartBody,
    @TheCaller() caller: Caller,
  ): Promise<Answer<typeof rolloutView>> {
    return await this.rollouts.start(body, caller);
  }

  @Get(':id')
  @Needs('read')
  @Answers(rolloutView)
  async showRollout(
    @Param({ schema: idPath }) { id }: IdPath,
  ): Promise<Answer<typeof rolloutView>> {
    return await this.rollouts.show(id);
  }

  @Get(':id/clients')
  @Needs('read')
  @Answers(clientRowList)
  async listRolloutClients(
    @Param({ schema: idPath }) { id }: IdPath,
    @Query({ schema: clientRowsQuery }) query: ClientRowsQuery,
    @TheCaller() caller: Caller,
  ): Promise<Answer<typeof clientRowList>> {
    return { items: await this.clients.list(id, query, caller) };
  }

  @Get(':id/clients/:key')
  @Needs('read')
  @Answers(clientRolloutView)
  async showRolloutClient(
    @Param({ schema: rolloutClientPath }) { id, key }: RolloutClientPath,
    @TheCaller() caller: Caller,
  ): Promise<Answer<typeof clientRolloutView>> {
    return await this.clients.show(id, key, caller);
  }

  @Get(':id/story')
  @Needs('read')
  @Answers(storyPage)
  async readStory(
    @Param({ schema: idPath }) { id }: IdPath,
    @Query({ schema: storyQuery }) query: StoryQuery,
  ): Promise<Answer<typeof storyPage>> {
    return await this.stories.ofRollout(id, query);
  }

  @Get(':id/messages')
  @Needs('read')
  @Answers(messagePage)
  async listRolloutMessages(
    @Param({ schema: idPath }) { id }: IdPath,
    @Query({ schema: messagesQuery }) query: MessagesQuery,
  ): Promise<Answer<typeof messagePage>> {
    return await this.messages.list(query, id);
  }
}
