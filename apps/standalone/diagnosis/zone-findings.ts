import { instantToLocal, zoneDataVersion } from '../../../domain/calendar/zone.ts';
import { parseInstant } from '../../../domain/instant.ts';
import type { Finding } from './finding.ts';

/** Zones whose rules changed lately or differ between runtimes. */
const watchedZones = [
  'America/St_Johns',
  'America/Toronto',
  'America/Winnipeg',
  'America/Edmonton',
  'America/Vancouver',
  'America/Havana',
  'Africa/Casablanca',
  'Europe/London',
];

/** Compares the bundled zone data with the runtime's, in a winter and a summer month. Only the bundled one is ever used. */
export function zoneFindings(): readonly Finding[] {
  const runtime = process.versions['tz'] ?? 'unknown';
  const differing = watchedZones.filter((zone) =>
    ['2027-01-15T12:00:00.000Z', '2027-07-15T12:00:00.000Z'].some(
      (at) => bundledHour(zone, at) !== runtimeHour(zone, at),
    ),
  );
  return [
    { verdict: 'fine', about: 'zone data', says: `${zoneDataVersion}, bundled` },
    {
      verdict: differing.length > 0 ? 'look' : 'fine',
      about: "this runtime's zone data",
      says:
        differing.length > 0
          ? `${runtime}, tells other times for ${differing.join(', ')}; Daymark does not use it`
          : `${runtime}, agrees`,
    },
  ];
}

function bundledHour(zone: string, at: string): string {
  return instantToLocal(zone, parseInstant(at)).local.slice(11, 16);
}

function runtimeHour(zone: string, at: string): string {
  const format = { timeZone: zone, hour: '2-digit', minute: '2-digit', hourCycle: 'h23' } as const;
  return new Intl.DateTimeFormat('en-GB', format).format(new Date(at));
}
