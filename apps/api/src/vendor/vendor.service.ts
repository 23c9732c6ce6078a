import { Injectable } from '@nestjs/common';
import { useCalendar } from '../../../../activities/planning/change-calendar.ts';
import { switchLive } from '../../../../activities/planning/switch-live.ts';
import { readVendor } from '../../../../database/read-models/today.read-model.ts';
import type { Caller } from '../access/permissions.ts';
import { Backend } from '../backend.ts';
import type { UseCalendarBody } from '../calendars/calendars.schemas.ts';
import type { Answer } from '../http/answers.ts';
import { notFound } from '../http/problem.ts';
import { problemOfRefusal } from '../http/refused.ts';
import type { LiveBody, vendorView } from './vendor.schemas.ts';

/** The vendor: whether its clients get mail, and which calendar it keeps to. */
@Injectable()
export class VendorService {
  constructor(private readonly backend: Backend) {}

  async show(): Promise<Answer<typeof vendorView>> {
    const vendor = await readVendor(this.backend.database.pool);
    if (vendor === null) throw notFound('vendor yet; run daymark migrate');
    const { name, live, liveChangedAt, liveChangedBy, maxInFlight, calendar } = vendor;
    const { clients, contacts, rolloutsRunning } = vendor;
    return {
      name,
      live: { on: live, changedAt: liveChangedAt, changedBy: liveChangedBy },
      maxInFlight,
      calendar,
      counts: { clients, contacts, rolloutsRunning },
    };
  }

  async switchLive(
    { on, reason }: LiveBody,
    { actor }: Caller,
  ): Promise<Answer<typeof vendorView>> {
    const answer = await switchLive(this.backend, { live: on, reason, actor });
    if (answer.kind === 'refused') throw problemOfRefusal(answer);
    return await this.show();
  }

  async useCalendar(
    { calendar: name }: UseCalendarBody,
    { actor }: Caller,
  ): Promise<Answer<typeof vendorView>> {
    const answer = await useCalendar(this.backend, { of: 'vendor', name, actor });
    if (answer.kind === 'refused') throw problemOfRefusal(answer);
    return await this.show();
  }
}
