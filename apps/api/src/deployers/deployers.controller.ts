import { Body, Controller, Get, Param, Post, Put } from '@nestjs/common';
import { Needs, TheCaller } from '../access/needs.ts';
import type { Caller } from '../access/permissions.ts';
import { type Answer, Answers } from '../http/answers.ts';
import {
  type DeployerBody,
  deployerBody,
  deployerList,
  type DeployerPath,
  deployerPath,
  deployerTest,
  deployerView,
} from './deployers.schemas.ts';
import { DeployersService } from './deployers.service.ts';

/** Who brings a build to a site. */
@Controller('v1/deployers')
export class DeployersController {
  constructor(private readonly deployers: DeployersService) {}

  @Get()
  @Needs('read')
  @Answers(deployerList)
  async listDeployers(): Promise<Answer<typeof deployerList>> {
    return { items: await this.deployers.list() };
  }

  @Put(':name')
  @Needs('administer')
  @Answers(deployerView)
  async saveDeployer(
    @Param({ schema: deployerPath }) { name }: DeployerPath,
    @Body({ schema: deployerBody }) body: DeployerBody,
    @TheCaller() caller: Caller,
  ): Promise<Answer<typeof deployerView>> {
    return await this.deployers.save(name, body, caller);
  }

  @Post(':name/test')
  @Needs('manage')
  @Answers(deployerTest)
  async testDeployer(
    @Param({ schema: deployerPath }) { name }: DeployerPath,
  ): Promise<Answer<typeof deployerTest>> {
    return await this.deployers.test(name);
  }
}
