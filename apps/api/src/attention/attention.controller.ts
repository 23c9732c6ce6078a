import { Body, Controller, Get, Param, Post, Query } from '@nestjs/common';
import { Needs, TheCaller } from '../access/needs.ts';
import type { Caller } from '../access/permissions.ts';
import { type Answer, Answers } from '../http/answers.ts';
import { type IdPath, idPath } from '../http/forms.ts';
import { Idempotent } from '../http/idempotent.ts';
import {
  attentionList,
  type AttentionQuery,
  attentionQuery,
  attentionView,
  type ResolveBody,
  resolveBody,
} from './attention.schemas.ts';
import { AttentionService } from './attention.service.ts';

/** What only a person can decide. */
@Controller('v1/attention')
export class AttentionController {
  constructor(private readonly attention: AttentionService) {}

  @Get()
  @Needs('read')
  @Answers(attentionList)
  async listAttention(
    @Query({ schema: attentionQuery }) query: AttentionQuery,
  ): Promise<Answer<typeof attentionList>> {
    return { items: await this.attention.list(query) };
  }

  @Post(':id/resolve')
  @Needs('retry')
  @Idempotent()
  @Answers(attentionView)
  async resolveAttention(
    @Param({ schema: idPath }) { id }: IdPath,
    @Body({ schema: resolveBody }) body: ResolveBody,
    @TheCaller() caller: Caller,
  ): Promise<Answer<typeof attentionView>> {
    return await this.attention.resolve(id, body, caller);
  }
}
