import { Body, Controller, Get, Param, Put } from '@nestjs/common';
import { Needs, TheCaller } from '../access/needs.ts';
import type { Caller } from '../access/permissions.ts';
import { type Answer, Answers } from '../http/answers.ts';
import {
  type NamePath,
  namePath,
  type PolicyBody,
  policyBody,
  policyList,
  policyView,
} from './policies.schemas.ts';
import { PoliciesService } from './policies.service.ts';

/** The rules for kinds of changes. */
@Controller('v1/policies')
export class PoliciesController {
  constructor(private readonly policies: PoliciesService) {}

  @Get()
  @Needs('read')
  @Answers(policyList)
  async listPolicies(): Promise<Answer<typeof policyList>> {
    return { items: await this.policies.list() };
  }

  @Get(':name')
  @Needs('read')
  @Answers(policyView)
  async showPolicy(
    @Param({ schema: namePath }) { name }: NamePath,
  ): Promise<Answer<typeof policyView>> {
    return await this.policies.show(name);
  }

  @Put(':name')
  @Needs('administer')
  @Answers(policyView)
  async savePolicy(
    @Param({ schema: namePath }) { name }: NamePath,
    @Body({ schema: policyBody }) body: PolicyBody,
    @TheCaller() caller: Caller,
  ): Promise<Answer<typeof policyView>> {
    return await this.policies.save(name, body, caller);
  }
}
