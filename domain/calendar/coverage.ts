import type { Calendar, StaffingNeed } from './calendar-document.ts';
import { placeTeam, staffingOf, type PlacedTeam } from './staffing.ts';
import { intersection, union, type Span, type SpanSource } from './span.ts';

/** What a calendar demands of its teams, with their hours in real time. */
export interface PlacedCoverage {
  readonly teams: ReadonlyMap<string, PlacedTeam>;
  readonly during: readonly PlacedNeed[];
  readonly aftercare: PlacedAftercare | null;
}

/** How many of a team must be there, and when they are. */
export interface PlacedNeed extends StaffingNeed {
  readonly staffed: SpanSource;
}

/** How much of the time after the work must be staffed, and when it is. */
export interface PlacedAftercare {
  readonly withinMs: number;
  readonly neededMs: number;
  readonly needs: readonly PlacedNeed[];
  /** The time in which all needs hold at once. */
  readonly staffed: SpanSource;
}

const placed = new WeakMap<Calendar, Map<string, PlacedCoverage>>();

/**
 * The calendar's coverage, with team hours in their own zone, the calendar's or the client's.
 * @throws CalendarError when the client's zone is needed and missing or unknown.
 */
export function placeCoverage(
  calendar: Calendar,
  clientZone: string | undefined,
): PlacedCoverage | null {
  if (calendar.coverage === null) return null;
  const byZone = placed.get(calendar) ?? new Map<string, PlacedCoverage>();
  placed.set(calendar, byZone);
  const key = clientZone ?? '';
  const known = byZone.get(key);
  if (known) return known;
  const fresh = newPlacement(calendar, calendar.coverage, clientZone);
  byZone.set(key, fresh);
  return fresh;
}

function newPlacement(
  calendar: Calendar,
  { teams, during, aftercare }: NonNullable<Calendar['coverage']>,
  clientZone: string | undefined,
): PlacedCoverage {
  const placedTeams = new Map(
    teams.map((each) => [each.name, placeTeam(each, calendar, clientZone)]),
  );
  const place = (need: StaffingNeed): PlacedNeed => ({
    ...need,
    staffed: staffedTime(placedTeams.get(need.team), need.people),
  });
  const after = aftercare && { ...aftercare, needs: aftercare.needs.map(place) };
  return {
    teams: placedTeams,
    during: during.map(place),
    aftercare: after && { ...after, staffed: allOf(after.needs.map(({ staffed }) => staffed)) },
  };
}

/** The time in which at least so many of a team are there. */
function staffedTime(team: PlacedTeam | undefined, people: number): SpanSource {
  if (team === undefined) return () => [];
  return (range) => union(staffingOf(team, range).filter((step) => step.people >= people));
}

/** The time in which every source holds. */
export function allOf(sources: readonly SpanSource[]): SpanSource {
  return (range) =>
    sources.reduce<readonly Span[]>((common, each) => intersection(common, each(range)), [range]);
}
