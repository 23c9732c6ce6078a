import { epochMsOf, instantOf, type Instant, type LocalDate } from '../instant.ts';
import { CalendarError } from './calendar-error.ts';
import { dateOf, dayOfLocalMs, localMsOf, localTextOf } from './local-time.ts';
import { offsetAt, resolveLocal, zoneTable, type ZoneTable } from './zone-table.ts';

export { zoneDataVersion } from './zone-data.ts';

/** The instant of a wall clock time, and what the clocks did there. */
export interface LocalResolution {
  readonly instant: Instant;
  readonly resolved: 'exact' | 'gap' | 'overlap';
}

/** What the clocks of a zone show at an instant: `2026-11-25T20:00:00` and `-05:00`. */
export interface LocalReading {
  readonly local: string;
  readonly offset: string;
}

/** Whether the name is an IANA zone of the bundled data, or a fixed offset such as `-05:00`. */
export function isZone(name: string): boolean {
  return zoneTable(name) !== undefined;
}

/**
 * The instant at which the clocks of a zone show `YYYY-MM-DDTHH:MM[:SS]`: the first one in an overlap,
 * the first after it in a gap.
 * @throws CalendarError when the zone or the time is none.
 */
export function localToInstant(zone: string, local: string): LocalResolution {
  const localMs = localMsOf(local);
  if (localMs === undefined) {
    throw new CalendarError(
      'bad-local-time',
      `"${local}" is no local time; write 2026-11-25T20:00`,
      'local',
    );
  }
  const { first, resolved } = resolveLocal(tableOfZone(zone), localMs);
  return { instant: instantOf(first), resolved };
}

/**
 * What the clocks of a zone show at an instant.
 * @throws CalendarError when there is no such zone.
 */
export function instantToLocal(zone: string, at: Instant): LocalReading {
  const epochMs = epochMsOf(at);
  const offset = offsetAt(tableOfZone(zone), epochMs);
  return { local: localTextOf(epochMs + offset), offset: offsetText(offset) };
}

/**
 * The date that a zone has at an instant.
 * @throws CalendarError when there is no such zone.
 */
export function localDateAt(zone: string, at: Instant): LocalDate {
  const epochMs = epochMsOf(at);
  return dateOf(dayOfLocalMs(epochMs + offsetAt(tableOfZone(zone), epochMs)));
}

/**
 * The table of a zone.
 * @throws CalendarError when there is no such zone.
 */
export function tableOfZone(zone: string): ZoneTable {
  const table = zoneTable(zone);
  if (table) return table;
  throw new CalendarError(
    'unknown-zone',
    `"${zone}" is no zone; write an IANA name such as America/Toronto, or an offset such as -05:00`,
    'zone',
  );
}

/** `+05:30`, with seconds only where a zone once had them. */
export function offsetText(offsetMs: number): string {
  const text = new Date(Math.abs(offsetMs)).toISOString().slice(11, 19);
  return (offsetMs < 0 ? '-' : '+') + text.replace(/:00$/, '');
}
