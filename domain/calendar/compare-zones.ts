import { epochMsOf, type Instant, instantOf } from '../instant.ts';
import { instantToLocal, tableOfZone } from './zone.ts';

/** Answers what the clocks of a zone show at an instant, `2027-01-15T12:00:00`, by data other than ours. */
export type OtherClock = (zone: string, at: Instant) => string | null;

/** A zone that other data tell another time for, at the first instant of the year ahead. */
export interface DifferingZone {
  readonly zone: string;
  readonly from: Instant;
  readonly bundled: string;
  readonly other: string;
}

/**
 * Looks once a month through the coming year, and on both sides of each change of the clocks in it; a zone that the
 * other data do not know is left out.
 */
export function differingZones(
  zones: readonly string[],
  now: Instant,
  otherClock: OtherClock,
): readonly DifferingZone[] {
  return zones.flatMap((zone) => {
    for (const from of telltaleInstants(zone, now)) {
      const bundled = instantToLocal(zone, from).local;
      const other = otherClock(zone, from);
      if (other !== null && other.slice(0, 16) !== bundled.slice(0, 16)) {
        return [{ zone, from, bundled, other }];
      }
    }
    return [];
  });
}

const dayMs = 86_400_000;

function telltaleInstants(zone: string, now: Instant): readonly Instant[] {
  const start = epochMsOf(now);
  const monthly = Array.from({ length: 13 }, (_, month) => start + month * 30 * dayMs);
  const changes = tableOfZone(zone).changes.filter((at) => at > start && at < start + 365 * dayMs);
  const aroundThem = changes.flatMap((at) => [at - dayMs / 2, at + dayMs / 2]);
  return [...monthly, ...aroundThem].sort((a, b) => a - b).map((at) => instantOf(at));
}
