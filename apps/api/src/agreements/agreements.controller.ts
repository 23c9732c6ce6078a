import { Body, Controller, Get, Param, Post } from '@nestjs/common';
import { Needs, TheCaller } from '../access/needs.ts';
import type { Caller } from '../access/permissions.ts';
import { effectView } from '../calendars/effect.schemas.ts';
import { type KeyPath, keyPath } from '../clients/clients.schemas.ts';
import { type Answer, Answers } from '../http/answers.ts';
import { type IdPath, idPath } from '../http/forms.ts';
import { Idempotent } from '../http/idempotent.ts';
import {
  type AgreementBody,
  agreementBody,
  agreementList,
  agreementView,
  type EndAgreementBody,
  endAgreementBody,
} from './agreements.schemas.ts';
import { AgreementsService } from './agreements.service.ts';

/** What clients agreed that differs from the policy. */
@Controller('v1')
export class AgreementsController {
  constructor(private readonly agreements: AgreementsService) {}

  @Get('clients/:key/agreements')
  @Needs('read')
  @Answers(agreementList)
  async listAgreements(
    @Param({ schema: keyPath }) { key }: KeyPath,
  ): Promise<Answer<typeof agreementList>> {
    return { items: await this.agreements.list(key) };
  }

  @Post('clients/:key/agreements')
  @Needs('manage')
  @Idempotent()
  @Answers(agreementView, 201)
  async makeAgreement(
    @Param({ schema: keyPath }) { key }: KeyPath,
    @Body({ schema: agreementBody }) body: AgreementBody,
    @TheCaller() caller: Caller,
  ): Promise<Answer<typeof agreementView>> {
    return await this.agreements.make(key, body, caller);
  }

  @Post('clients/:key/agreements/effect')
  @Needs('read')
  @Answers(effectView)
  async weighAgreement(
    @Param({ schema: keyPath }) { key }: KeyPath,
    @Body({ schema: agreementBody }) body: AgreementBody,
    @TheCaller() caller: Caller,
  ): Promise<Answer<typeof effectView>> {
    return await this.agreements.effect(key, body, caller);
  }

  @Post('agreements/:id/end')
  @Needs('manage')
  @Idempotent()
  @Answers(agreementView)
  async endAgreement(
    @Param({ schema: idPath }) { id }: IdPath,
    @Body({ schema: endAgreementBody }) body: EndAgreementBody,
    @TheCaller() caller: Caller,
  ): Promise<Answer<typeof agreementView>> {
    return await this.agreements.end(id, body, caller);
  }

  @Get('agreements/:id/end/effect')
  @Needs('read')
  @Answers(effectView)
  async weighEndOfAgreement(
    @Param({ schema: idPath }) { id }: IdPath,
  ): Promise<Answer<typeof effectView>> {
    return await this.agreements.effectOfEnd(id);
  }
}
