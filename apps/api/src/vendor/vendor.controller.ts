import { Body, Controller, Get, Post, Put } from '@nestjs/common';
import { Needs, TheCaller } from '../access/needs.ts';
import type { Caller } from '../access/permissions.ts';
import { type UseCalendarBody, useCalendarBody } from '../calendars/calendars.schemas.ts';
import { type Answer, Answers } from '../http/answers.ts';
import { Idempotent } from '../http/idempotent.ts';
import { DoctorService } from './doctor.service.ts';
import { doctorView, type LiveBody, liveBody, vendorView } from './vendor.schemas.ts';
import { VendorService } from './vendor.service.ts';

/** The vendor as a whole: the live switch, its calendar, and how the installation is. */
@Controller('v1')
export class VendorController {
  constructor(
    private readonly vendor: VendorService,
    private readonly doctor: DoctorService,
  ) {}

  @Get('vendor')
  @Needs('read')
  @Answers(vendorView)
  async showVendor(): Promise<Answer<typeof vendorView>> {
    return await this.vendor.show();
  }

  @Post('vendor/live')
  @Needs('administer')
  @Idempotent()
  @Answers(vendorView)
  async switchLive(
    @Body({ schema: liveBody }) body: LiveBody,
    @TheCaller() caller: Caller,
  ): Promise<Answer<typeof vendorView>> {
    return await this.vendor.switchLive(body, caller);
  }

  @Put('vendor/calendar')
  @Needs('administer')
  @Answers(vendorView)
  async useVendorCalendar(
    @Body({ schema: useCalendarBody }) body: UseCalendarBody,
    @TheCaller() caller: Caller,
  ): Promise<Answer<typeof vendorView>> {
    return await this.vendor.useCalendar(body, caller);
  }

  @Get('doctor')
  @Needs('administer')
  @Answers(doctorView)
  async examine(): Promise<Answer<typeof doctorView>> {
    return await this.doctor.examine();
  }
}
