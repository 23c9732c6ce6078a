import { Injectable } from '@nestjs/common';
import { inSnapshot } from '../../../../database/in-transaction.ts';
import {
  readStoredSlots,
  type StoredSlot,
} from '../../../../database/read-models/stored-slots.read-model.ts';
import { differingZones } from '../../../../domain/calendar/compare-zones.ts';
import { rederive } from '../../../../domain/calendar/rederive.ts';
import { zoneDataVersion } from '../../../../domain/calendar/zone.ts';
import { zonesWithRules } from '../../../../domain/calendar/zone-table.ts';
import {
  runtimeClock,
  runtimeZoneData,
} from '../../../../integrations/environment/runtime-clock.ts';
import { Backend } from '../backend.ts';
import type { Answer } from '../http/answers.ts';
import type { zoneDataView } from './zone-data.schemas.ts';

/** Compares zone data; nothing moves by it, planning again does. */
@Injectable()
export class ZoneDataService {
  constructor(private readonly backend: Backend) {}

  async show(): Promise<Answer<typeof zoneDataView>> {
    const { now, slots } = await inSnapshot(this.backend.database, async (db, at) => ({
      now: at,
      slots: await readStoredSlots(db, at),
    }));
    const moved = slots.flatMap((slot) => movedSlot(slot));
    return {
      version: zoneDataVersion,
      runtime: runtimeZoneData,
      differing: differingZones(zonesWithRules(), now, runtimeClock),
      slots: slots.length,
      moved,
      summary:
        moved.length === 0
          ? `All ${slots.length} dates ahead stay as they are under ${zoneDataVersion}.`
          : `${moved.length} of ${slots.length} dates ahead derive to another instant under ${zoneDataVersion}; plan their clients again to move them.`,
    };
  }
}

function movedSlot(slot: StoredSlot): Answer<typeof zoneDataView>['moved'] {
  const answer = rederive(slot);
  if (answer.kind === 'same') return [];
  const { instant: stored, ...shown } = slot;
  const derived = answer.kind === 'moved' ? answer.instant : null;
  return [{ ...shown, stored, derived, text: answer.text }];
}
