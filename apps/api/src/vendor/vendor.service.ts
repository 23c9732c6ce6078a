import { Injectable } from '@nestjs/common';
import { switchLive } from '../../../../activities/planning/switch-live.ts';
import { readVendor } from '../../../../database/read-models/today.read-model.ts';
import type { Caller } from '../access/permissions.ts';
import { Backend } from '../backend.ts';
import type { Answer } from '../http/answers.ts';
import { notFound } from '../http/problem.ts';
import { problemOfRefusal } from '../http/refused.ts';
import type { LiveBody, vendorView } from './vendor.schemas.ts';

/** The vendor, and whether its clients get mail. */
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
}
