import { Injectable } from '@nestjs/common';
import { inSnapshot } from '../../../../database/in-transaction.ts';
import { readApprovals } from '../../../../database/read-models/approval-list.read-model.ts';
import { readAttention } from '../../../../database/read-models/attention-list.read-model.ts';
import { readRollouts } from '../../../../database/read-models/rollout-list.read-model.ts';
import {
  readPaused,
  readStartsToday,
  readVendor,
} from '../../../../database/read-models/today.read-model.ts';
import { judgeSchedule } from '../../../../domain/calendar/judge-schedule.ts';
import type { Duration } from '../../../../domain/duration.ts';
import type { Instant } from '../../../../domain/instant.ts';
import { Backend } from '../backend.ts';
import type { Answer } from '../http/answers.ts';
import { summaryOf } from '../rollouts/rollout-answer.ts';
import { vendorZone } from '../../../../domain/client/support-levels.ts';
import type { todayView } from './today.schemas.ts';

const aMinute = 'PT1M' as Duration;

/** What happens today and what waits for somebody. */
@Injectable()
export class TodayService {
  constructor(private readonly backend: Backend) {}

  async show(): Promise<Answer<typeof todayView>> {
    const { shelf, database } = this.backend;
    return await inSnapshot(database, async (db, now) => {
      const vendor = await readVendor(db);
      const open = await readApprovals(db, { state: 'open' });
      const rollouts = await readRollouts(db);
      const calendarId = vendor?.calendarId ?? null;
      await shelf.fetch(db, [calendarId]);
      return {
        now,
        startsToday: await readStartsToday(db, now),
        attention: await readAttention(db, { openOnly: true }),
        deadlines: open.flatMap(({ roundId, client, deadline, rollout }) =>
          deadline === null ? [] : [{ roundId, client, deadline, rolloutId: rollout.id }],
        ),
        paused: await readPaused(db),
        nextWindow: this.windowOf(calendarId, now),
        live: vendor?.live ?? false,
        running: rollouts
          .filter(({ state }) => state === 'running' || state === 'paused')
          .map((each) => summaryOf(each)),
      };
    });
  }

  /** The vendor's own windows; each client and policy may close further. */
  private windowOf(
    calendarId: string | null,
    now: Instant,
  ): Answer<typeof todayView>['nextWindow'] {
    const layers = this.backend.shelf.layer('vendor', calendarId);
    if (layers.length === 0) {
      return { opensAt: null, open: true, text: 'The vendor keeps no calendar of its own' };
    }
    const scope = {
      kind: 'release',
      tags: [],
      clientZone: vendorZone,
      worstCase: aMinute,
    } as const;
    const verdict = judgeSchedule(layers, now, scope);
    if (!verdict.closed) return { opensAt: null, open: true, text: 'Open now' };
    const why = verdict.reasons.map(({ rule }) => rule).join(', ');
    return { opensAt: verdict.nextOpen ?? null, open: false, text: `Closed: ${why}` };
  }
}
