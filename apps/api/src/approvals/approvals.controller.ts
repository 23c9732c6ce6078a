import { Body, Controller, Get, Param, Post, Query } from '@nestjs/common';
import { Needs, TheCaller } from '../access/needs.ts';
import type { Caller } from '../access/permissions.ts';
import { type Answer, Answers } from '../http/answers.ts';
import { Idempotent } from '../http/idempotent.ts';
import { roundView } from '../rollouts/rollout-clients.schemas.ts';
import {
  approvalList,
  type ApprovalsQuery,
  approvalsQuery,
  type RecordBody,
  recordBody,
  type RoundPath,
  roundPath,
} from './approvals.schemas.ts';
import { ApprovalsService } from './approvals.service.ts';

/** Questions to clients, and answers that came by phone. */
@Controller('v1/approvals')
export class ApprovalsController {
  constructor(private readonly approvals: ApprovalsService) {}

  @Get()
  @Needs('read')
  @Answers(approvalList)
  async listApprovals(
    @Query({ schema: approvalsQuery }) query: ApprovalsQuery,
  ): Promise<Answer<typeof approvalList>> {
    return { items: await this.approvals.list(query) };
  }

  @Post(':roundId/record')
  @Needs('manage')
  @Idempotent()
  @Answers(roundView)
  async recordApproval(
    @Param({ schema: roundPath }) { roundId }: RoundPath,
    @Body({ schema: recordBody }) body: RecordBody,
    @TheCaller() caller: Caller,
  ): Promise<Answer<typeof roundView>> {
    return await this.approvals.record(roundId, body, caller);
  }
}
