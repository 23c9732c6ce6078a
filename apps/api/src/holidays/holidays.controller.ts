import { Body, Controller, Get, Post } from '@nestjs/common';
import {
  listHolidayPlaces,
  proposeHolidays,
} from '../../../../integrations/holidays/propose-holidays.ts';
import { Needs } from '../access/needs.ts';
import { type Answer, Answers } from '../http/answers.ts';
import { notFound } from '../http/problem.ts';
import { placeList, proposalView, type ProposeBody, proposeBody } from './holidays.schemas.ts';

/** Holidays of countries and regions, for review before they are written into a calendar. */
@Controller('v1/holidays')
export class HolidaysController {
  @Get('places')
  @Needs('read')
  @Answers(placeList)
  listHolidayPlaces(): Answer<typeof placeList> {
    return { items: listHolidayPlaces() };
  }

  @Post('propose')
  @Needs('read')
  @Answers(proposalView)
  proposeHolidays(@Body({ schema: proposeBody }) body: ProposeBody): Answer<typeof proposalView> {
    const { country, region = null, years } = body;
    const proposal = proposeHolidays({ country, region, years });
    if (proposal !== null) return proposal;
    throw notFound(`place "${region === null ? country : `${country}, ${region}`}"`);
  }
}
