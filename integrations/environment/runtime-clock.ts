import type { Instant } from '../../domain/instant.ts';

/** The release of the zone database that this runtime carries; Daymark only compares with it. */
export const runtimeZoneData = process.versions['tz'] ?? 'unknown';

const formats = new Map<string, Intl.DateTimeFormat | null>();

/** What this runtime says that the clocks of a zone show, `2027-01-15T12:00:00`; null for a zone it does not know. */
export function runtimeClock(zone: string, at: Instant): string | null {
  const format = formats.get(zone) ?? formatOf(zone);
  formats.set(zone, format);
  return format === null ? null : format.format(new Date(at)).replace(' ', 'T');
}

function formatOf(zone: string): Intl.DateTimeFormat | null {
  try {
    return new Intl.DateTimeFormat('sv-SE', {
      timeZone: zone,
      dateStyle: 'short',
      timeStyle: 'medium',
    });
  } catch (error) {
    if (error instanceof RangeError) return null;
    throw error;
  }
}
