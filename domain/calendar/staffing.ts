import type { Calendar, Team } from './calendar-document.ts';
import type { DayTest } from './remembered-days.ts';
import { windowsOf, zoneOfCalendar } from './rule-windows.ts';
import { startDateTest } from './select-days.ts';
import { clip, union, type Span, type SpanSource } from './span.ts';
import { tableOfZone } from './zone.ts';

/** A team with its hours and absences in real time. */
export interface PlacedTeam {
  readonly team: Team;
  readonly zone: string;
  /** Its hours joined: overlapping entries count once. */
  readonly hours: SpanSource;
  readonly absences: readonly Absence[];
  /** Whether any of its hours start on a day, counted from 1970-01-01. */
  readonly startsOn: DayTest;
  /** Whether any would, were it not off by a holiday. */
  readonly wouldStartOn: DayTest;
}

/** People who are away for a time. */
export interface Absence extends Span {
  readonly people: number;
}

/** A stretch in which the same number of people is there. */
export interface StaffingStep extends Span {
  readonly people: number;
}

/**
 * A team in its own zone, or else the calendar's.
 * @throws CalendarError when the client's zone is needed and missing or unknown.
 */
export function placeTeam(
  team: Team,
  calendar: Calendar,
  clientZone: string | undefined,
): PlacedTeam {
  const zone = zoneOfCalendar({ ...calendar, zone: team.zone ?? calendar.zone }, clientZone);
  const place = { facts: calendar, table: tableOfZone(zone) };
  const shifts = team.hours.map((each) => windowsOf(each, place));
  const starts = team.hours.map((each) => startDateTest(each, calendar));
  const wouldStart = team.hours.map((each) => startDateTest({ ...each, off: [] }, calendar));
  return {
    team,
    zone,
    hours: (range) =>
      union(
        clip(
          shifts.flatMap((windows) => windows(range)),
          range,
        ),
      ),
    absences: team.away.flatMap(({ people, span }) =>
      windowsOf(
        span,
        place,
      )({ start: -Infinity, end: Infinity }).map((window) => ({ ...window, people })),
    ),
    startsOn: (day) => starts.some((test) => test(day)),
    wouldStartOn: (day) => wouldStart.some((test) => test(day)),
  };
}

/** How many of a team are there, step by step through the range: nobody outside its hours, never fewer than none. */
export function staffingOf(
  { team, hours, absences }: PlacedTeam,
  range: Span,
): readonly StaffingStep[] {
  const edges: Edge[] = [];
  for (const { start, end } of hours(range)) {
    edges.push({ at: start, shifts: 1, away: 0 }, { at: end, shifts: -1, away: 0 });
  }
  for (const { start, end, people } of absences) {
    if (start >= range.end || end <= range.start) continue;
    edges.push({ at: Math.max(start, range.start), shifts: 0, away: people });
    edges.push({ at: end, shifts: 0, away: -people });
  }
  edges.sort((a, b) => a.at - b.at);
  return stepsBetween(edges, range, team.people);
}

interface Edge {
  readonly at: number;
  readonly shifts: number;
  readonly away: number;
}

function stepsBetween(
  edges: readonly Edge[],
  range: Span,
  people: number,
): readonly StaffingStep[] {
  const steps: StaffingStep[] = [];
  let [start, shifts, away] = [range.start, 0, 0];
  for (const edge of [...edges, { at: range.end, shifts: 0, away: 0 }]) {
    const end = Math.min(edge.at, range.end);
    if (end > start) {
      const there = shifts > 0 ? Math.max(people - away, 0) : 0;
      const last = steps.at(-1);
      if (last?.people === there) steps[steps.length - 1] = { ...last, end };
      else steps.push({ start, end, people: there });
      start = end;
    }
    shifts += edge.shifts;
    away += edge.away;
  }
  return steps;
}
