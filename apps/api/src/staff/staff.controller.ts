import { Body, Controller, Get, Param, Post } from '@nestjs/common';
import { Needs, TheCaller } from '../access/needs.ts';
import type { Caller } from '../access/permissions.ts';
import { type Answer, Answers } from '../http/answers.ts';
import { type IdPath, idPath } from '../http/forms.ts';
import { Idempotent } from '../http/idempotent.ts';
import {
  type NewStaffBody,
  newStaffBody,
  type NewTokenBody,
  newTokenBody,
  newTokenView,
  staffList,
  staffView,
  tokenList,
  tokenView,
} from './staff.schemas.ts';
import { StaffService } from './staff.service.ts';

/** People and programs that may do something here. */
@Controller('v1')
export class StaffController {
  constructor(private readonly staff: StaffService) {}

  @Get('staff')
  @Needs('read')
  @Answers(staffList)
  async listStaff(): Promise<Answer<typeof staffList>> {
    return { items: await this.staff.list() };
  }

  @Post('staff')
  @Needs('administer')
  @Idempotent()
  @Answers(staffView, 201)
  async addStaff(
    @Body({ schema: newStaffBody }) body: NewStaffBody,
    @TheCaller() caller: Caller,
  ): Promise<Answer<typeof staffView>> {
    return await this.staff.add(body, caller);
  }

  @Post('staff/:id/disable')
  @Needs('administer')
  @Idempotent()
  @Answers(staffView)
  async disableStaff(
    @Param({ schema: idPath }) { id }: IdPath,
    @TheCaller() caller: Caller,
  ): Promise<Answer<typeof staffView>> {
    return await this.staff.disable(id, caller);
  }

  @Get('tokens')
  @Needs('administer')
  @Answers(tokenList)
  async listTokens(): Promise<Answer<typeof tokenList>> {
    return { items: await this.staff.listTokens() };
  }

  @Post('tokens')
  @Needs('administer')
  @Answers(newTokenView, 201)
  async addToken(
    @Body({ schema: newTokenBody }) body: NewTokenBody,
    @TheCaller() caller: Caller,
  ): Promise<Answer<typeof newTokenView>> {
    return await this.staff.addToken(body, caller);
  }

  @Post('tokens/:id/revoke')
  @Needs('administer')
  @Idempotent()
  @Answers(tokenView)
  async revokeToken(
    @Param({ schema: idPath }) { id }: IdPath,
    @TheCaller() caller: Caller,
  ): Promise<Answer<typeof tokenView>> {
    return await this.staff.revokeToken(id, caller);
  }
}
