import { Controller, Get, HttpCode, Res } from '@nestjs/common';
import type { Response } from 'express';
import { readNewestPosition } from '../../../../database/read-models/story.read-model.ts';
import { OpenToAll } from '../access/needs.ts';
import { Backend } from '../backend.ts';
import { type Answer, Answers } from '../http/answers.ts';
import { healthView } from './health.schemas.ts';

/** For whoever starts, stops and balances this process. */
@Controller()
export class HealthController {
  constructor(private readonly backend: Backend) {}

  /** Answers while the process runs at all. */
  @Get('livez')
  @OpenToAll()
  @Answers(healthView)
  isAlive(): Answer<typeof healthView> {
    return { status: 'ok', detail: {} };
  }

  /** Whether requests may be sent here; Temporal away only delays what is decided here. */
  @Get('readyz')
  @OpenToAll()
  @HttpCode(200)
  @Answers(healthView)
  async isReady(
    @Res({ passthrough: true }) response: Response,
  ): Promise<Answer<typeof healthView>> {
    const database = await this.problemOfDatabase();
    const temporal = await this.backend.problemOfTemporal();
    const isReady = this.backend.isOpen() && database === null;
    if (!isReady) response.status(503);
    return {
      status: isReady ? 'ok' : 'unavailable',
      detail: {
        process: this.backend.isOpen() ? 'ok' : 'stopping',
        database: database ?? 'ok',
        temporal: temporal ?? 'ok',
      },
    };
  }

  private async problemOfDatabase(): Promise<string | null> {
    try {
      await readNewestPosition(this.backend.database.pool);
      return null;
    } catch {
      return 'cannot be reached';
    }
  }
}
