import { Controller, Get } from '@nestjs/common';
import { Needs } from '../access/needs.ts';
import { type Answer, Answers } from '../http/answers.ts';
import { todayView } from './today.schemas.ts';
import { TodayService } from './today.service.ts';

/** The first screen of the day. */
@Controller('v1/today')
export class TodayController {
  constructor(private readonly today: TodayService) {}

  @Get()
  @Needs('read')
  @Answers(todayView)
  async showToday(): Promise<Answer<typeof todayView>> {
    return await this.today.show();
  }
}
