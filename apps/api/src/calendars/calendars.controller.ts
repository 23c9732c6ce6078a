import { Body, Controller, Get, Param, Post, Put, Query } from '@nestjs/common';
import { Needs, TheCaller } from '../access/needs.ts';
import type { Caller } from '../access/permissions.ts';
import { type Answer, Answers } from '../http/answers.ts';
import { type NamePath, namePath } from '../policies/policies.schemas.ts';
import {
  askAnswers,
  type AskBody,
  askBody,
  type CalendarBody,
  calendarBody,
  calendarCheck,
  calendarList,
  calendarView,
  type RevisionQuery,
  revisionQuery,
  type SaveCalendarBody,
  saveCalendarBody,
} from './calendars.schemas.ts';
import { effectView } from './effect.schemas.ts';
import { CalendarsService } from './calendars.service.ts';
import { type ExplainBody, explainBody, timelineView } from './timeline.schemas.ts';
import { TimelineService } from './timeline.service.ts';

/** On which days something may happen. */
@Controller('v1/calendars')
export class CalendarsController {
  constructor(
    private readonly calendars: CalendarsService,
    private readonly timelines: TimelineService,
  ) {}

  @Get()
  @Needs('read')
  @Answers(calendarList)
  async listCalendars(): Promise<Answer<typeof calendarList>> {
    return { items: await this.calendars.list() };
  }

  @Post('validate')
  @Needs('read')
  @Answers(calendarCheck)
  checkCalendar(@Body({ schema: calendarBody }) body: CalendarBody): Answer<typeof calendarCheck> {
    return this.calendars.check(body);
  }

  @Post('ask')
  @Needs('read')
  @Answers(askAnswers)
  async askCalendar(@Body({ schema: askBody }) body: AskBody): Promise<Answer<typeof askAnswers>> {
    return await this.calendars.ask(body);
  }

  @Post('explain')
  @Needs('read')
  @Answers(timelineView)
  async explainCalendar(
    @Body({ schema: explainBody }) body: ExplainBody,
  ): Promise<Answer<typeof timelineView>> {
    return await this.timelines.explain(body);
  }

  @Get(':name')
  @Needs('read')
  @Answers(calendarView)
  async showCalendar(
    @Param({ schema: namePath }) { name }: NamePath,
    @Query({ schema: revisionQuery }) { revision }: RevisionQuery,
  ): Promise<Answer<typeof calendarView>> {
    return await this.calendars.show(name, revision);
  }

  @Put(':name')
  @Needs('manage')
  @Answers(calendarView)
  async saveCalendar(
    @Param({ schema: namePath }) { name }: NamePath,
    @Body({ schema: saveCalendarBody }) body: SaveCalendarBody,
    @TheCaller() caller: Caller,
  ): Promise<Answer<typeof calendarView>> {
    return await this.calendars.save(name, body, caller);
  }

  @Post(':name/effect')
  @Needs('read')
  @Answers(effectView)
  async weighCalendar(
    @Param({ schema: namePath }) { name }: NamePath,
    @Body({ schema: calendarBody }) body: CalendarBody,
  ): Promise<Answer<typeof effectView>> {
    return await this.calendars.effect(name, body);
  }
}
