import { Body, Controller, Param, Post, Query } from '@nestjs/common';
import { Needs, TheCaller } from '../access/needs.ts';
import type { Caller } from '../access/permissions.ts';
import { type Answer, Answers } from '../http/answers.ts';
import { type IdPath, idPath } from '../http/forms.ts';
import { Idempotent } from '../http/idempotent.ts';
import {
  controlResult,
  type HoldBody,
  holdBody,
  type PauseBody,
  pauseBody,
  pauseResult,
  type PreviewQuery,
  previewQuery,
  type ReleaseBody,
  releaseBody,
  type ResumeBody,
  resumeBody,
  type RetryBody,
  retryBody,
  type SkipBody,
  skipBody,
  type StopBody,
  stopBody,
} from './control.schemas.ts';
import { ControlService } from './control.service.ts';

/** Decisions about a running rollout. */
@Controller('v1/rollouts/:id')
export class ControlController {
  constructor(private readonly control: ControlService) {}

  @Post('pause')
  @Needs('control')
  @Idempotent()
  @Answers(pauseResult)
  async pauseRollout(
    @Param({ schema: idPath }) { id }: IdPath,
    @Body({ schema: pauseBody }) body: PauseBody,
    @TheCaller() caller: Caller,
  ): Promise<Answer<typeof pauseResult>> {
    return await this.control.pause(id, body, caller);
  }

  @Post('resume')
  @Needs('control')
  @Idempotent()
  @Answers(controlResult)
  async resumeRollout(
    @Param({ schema: idPath }) { id }: IdPath,
    @Body({ schema: resumeBody }) body: ResumeBody,
    @TheCaller() caller: Caller,
  ): Promise<Answer<typeof controlResult>> {
    return await this.control.resume(id, body, caller);
  }

  @Post('stop')
  @Needs('manage')
  @Idempotent()
  @Answers(controlResult)
  async stopRollout(
    @Param({ schema: idPath }) { id }: IdPath,
    @Query({ schema: previewQuery }) query: PreviewQuery,
    @Body({ schema: stopBody }) body: StopBody,
    @TheCaller() caller: Caller,
  ): Promise<Answer<typeof controlResult>> {
    return await this.control.stop(id, query, body, caller);
  }

  @Post('holds')
  @Needs('hold')
  @Idempotent()
  @Answers(controlResult)
  async holdClients(
    @Param({ schema: idPath }) { id }: IdPath,
    @Query({ schema: previewQuery }) query: PreviewQuery,
    @Body({ schema: holdBody }) body: HoldBody,
    @TheCaller() caller: Caller,
  ): Promise<Answer<typeof controlResult>> {
    return await this.control.hold(id, query, body, caller);
  }

  @Post('releases')
  @Needs('hold')
  @Idempotent()
  @Answers(controlResult)
  async releaseClients(
    @Param({ schema: idPath }) { id }: IdPath,
    @Query({ schema: previewQuery }) query: PreviewQuery,
    @Body({ schema: releaseBody }) body: ReleaseBody,
    @TheCaller() caller: Caller,
  ): Promise<Answer<typeof controlResult>> {
    return await this.control.release(id, query, body, caller);
  }

  @Post('retries')
  @Needs('retry')
  @Idempotent()
  @Answers(controlResult)
  async retryClients(
    @Param({ schema: idPath }) { id }: IdPath,
    @Query({ schema: previewQuery }) query: PreviewQuery,
    @Body({ schema: retryBody }) body: RetryBody,
    @TheCaller() caller: Caller,
  ): Promise<Answer<typeof controlResult>> {
    return await this.control.retry(id, query, body, caller);
  }

  @Post('skips')
  @Needs('manage')
  @Idempotent()
  @Answers(controlResult)
  async skipClients(
    @Param({ schema: idPath }) { id }: IdPath,
    @Query({ schema: previewQuery }) query: PreviewQuery,
    @Body({ schema: skipBody }) body: SkipBody,
    @TheCaller() caller: Caller,
  ): Promise<Answer<typeof controlResult>> {
    return await this.control.skip(id, query, body, caller);
  }
}
