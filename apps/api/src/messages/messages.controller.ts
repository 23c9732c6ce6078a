import { Body, Controller, Get, Param, Post, Query } from '@nestjs/common';
import { Needs, TheCaller } from '../access/needs.ts';
import type { Caller } from '../access/permissions.ts';
import { type Answer, Answers } from '../http/answers.ts';
import { type IdPath, idPath } from '../http/forms.ts';
import { Idempotent } from '../http/idempotent.ts';
import {
  type MessageDecisionBody,
  messageDecisionBody,
  messageDetail,
  messagePage,
  type MessagesQuery,
  messagesQuery,
  messageView,
} from './messages.schemas.ts';
import { MessagesService } from './messages.service.ts';

/** Every mail, its text and what became of it. */
@Controller('v1/messages')
export class MessagesController {
  constructor(private readonly messages: MessagesService) {}

  @Get()
  @Needs('read')
  @Answers(messagePage)
  async listMessages(
    @Query({ schema: messagesQuery }) query: MessagesQuery,
  ): Promise<Answer<typeof messagePage>> {
    return await this.messages.list(query, null);
  }

  @Get(':id')
  @Needs('read')
  @Answers(messageDetail)
  async showMessage(
    @Param({ schema: idPath }) { id }: IdPath,
  ): Promise<Answer<typeof messageDetail>> {
    return await this.messages.show(id);
  }

  @Post(':id/resend')
  @Needs('manage')
  @Idempotent()
  @Answers(messageView)
  async resendMessage(
    @Param({ schema: idPath }) { id }: IdPath,
    @Body({ schema: messageDecisionBody }) body: MessageDecisionBody,
    @TheCaller() caller: Caller,
  ): Promise<Answer<typeof messageView>> {
    return await this.messages.decide('resend', id, body, caller);
  }

  @Post(':id/mark-sent')
  @Needs('manage')
  @Idempotent()
  @Answers(messageView)
  async markMessageSent(
    @Param({ schema: idPath }) { id }: IdPath,
    @Body({ schema: messageDecisionBody }) body: MessageDecisionBody,
    @TheCaller() caller: Caller,
  ): Promise<Answer<typeof messageView>> {
    return await this.messages.decide('mark-sent', id, body, caller);
  }

  @Post(':id/drop')
  @Needs('manage')
  @Idempotent()
  @Answers(messageView)
  async dropMessage(
    @Param({ schema: idPath }) { id }: IdPath,
    @Body({ schema: messageDecisionBody }) body: MessageDecisionBody,
    @TheCaller() caller: Caller,
  ): Promise<Answer<typeof messageView>> {
    return await this.messages.decide('drop', id, body, caller);
  }
}
