import { differingZones } from '../../../domain/calendar/compare-zones.ts';
import { zoneDataVersion } from '../../../domain/calendar/zone.ts';
import { zonesWithRules } from '../../../domain/calendar/zone-table.ts';
import { type Instant, instantOf } from '../../../domain/instant.ts';
import { runtimeClock, runtimeZoneData } from '../../../integrations/environment/runtime-clock.ts';
import type { Finding } from './finding.ts';

/** Compares the bundled zone data with the runtime's over the coming year. Only the bundled one is ever used. */
export function zoneFindings(now: Instant = instantOf(Date.now())): readonly Finding[] {
  const differing = differingZones(zonesWithRules(), now, runtimeClock).map(({ zone }) => zone);
  return [
    { verdict: 'fine', about: 'zone data', says: `${zoneDataVersion}, bundled` },
    {
      verdict: differing.length > 0 ? 'look' : 'fine',
      about: "this runtime's zone data",
      says:
        differing.length > 0
          ? `${runtimeZoneData}, tells other times in the coming year for ${differing.join(', ')}; Daymark does not use it`
          : `${runtimeZoneData}, agrees`,
    },
  ];
}
