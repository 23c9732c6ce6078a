import type { Calendar, Team } from './calendar-document.ts';
import type { DayTest } from './remembered-days.ts';
import { windowsOf, zoneOfCalendar } from './rule-windows.ts';
import { startDateTest } from './select-days.ts';
import { clip, touching, union, type Span, type SpanSource } from './span.ts';
import { tableOfZone } from './zone.ts';

/** A team with its hours and absences in real time. */
export interface PlacedTeam {
  readonly team: Team;
  readonly zone: string;
  /** Its hours joined: overlapping entries count once. */
  readonly hours: SpanSource;
  readonly absences: readonly Absence[];
  /** How many are away, added up; nobody is between the steps. */
  readonly awaySteps: readonly StaffingStep[];
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
  const absences = team.away.flatMap(({ people, span }) =>
    windowsOf(
      span,
      place,
    )({ start: -Infinity, end: Infinity }).map((window) => ({ ...window, people })),
  );
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
    absences,
    awaySteps: addedUp(absences),
    startsOn: (day) => starts.some((test) => test(day)),
    wouldStartOn: (day) => wouldStart.some((test) => test(day)),
  };
}

/** How many of a team are there, step by step through the range: nobody outside its hours, never fewer than none. */
export function staffingOf(
  { team, hours, awaySteps }: PlacedTeam,
  range: Span,
): readonly StaffingStep[] {
  const steps: StaffingStep[] = [];
  let from = range.start;
  const stay = (until: number, people: number): void => {
    const last = steps.at(-1);
    if (until <= from) return;
    if (last?.people === people) steps[steps.length - 1] = { ...last, end: until };
    else steps.push({ start: from, end: until, people });
    from = until;
  };
  for (const shift of hours(range)) {
    stay(shift.start, 0);
    for (const away of touching(awaySteps, shift)) {
      stay(away.start, team.people);
      stay(Math.min(away.end, shift.end), Math.max(team.people - away.people, 0));
    }
    stay(shift.end, team.people);
  }
  stay(range.end, 0);
  return steps;
}

/** Absences added up, in order of time. */
function addedUp(absences: readonly Absence[]): readonly StaffingStep[] {
  const edges = absences.flatMap(({ start, end, people }) => [
    { at: start, by: people },
    { at: end, by: -people },
  ]);
  edges.sort((a, b) => a.at - b.at);
  const steps: StaffingStep[] = [];
  let [start, people] = [0, 0];
  for (const { at, by } of edges) {
    if (people > 0 && at > start) steps.push({ start, end: at, people });
    start = at;
    people += by;
  }
  return steps;
}
