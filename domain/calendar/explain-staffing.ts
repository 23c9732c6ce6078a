import type { LocalDate } from '../instant.ts';
import type { PlacedCoverage } from './coverage.ts';
import type { StaffingNeed } from './calendar-document.ts';
import { dateWords, listWords, localDateOf, timeWords, type Reader } from './explain-time.ts';
import { dateOf, dayOf } from './local-time.ts';
import { staffingOf, type Absence, type PlacedTeam } from './staffing.ts';
import { intersection, type Span } from './span.ts';

/** The teams that are needed at once, and how many of each. */
export interface NeededTeams {
  readonly teams: PlacedCoverage['teams'];
  readonly needs: readonly StaffingNeed[];
}

/**
 * Why teams are short within a time, beyond the end of an ordinary shift: holidays, days on which they do not
 * work, absences, and teams that are too small at all.
 */
export function staffingCauses(
  { teams, needs }: NeededTeams,
  span: Span,
  reader: Reader,
): readonly string[] {
  const needed = needs.flatMap((need) => {
    const team = teams.get(need.team);
    return team && need.people > 0 ? [{ team, people: need.people }] : [];
  });
  const small = needed
    .filter(({ team, people }) => team.team.people < people)
    .map(({ team: { team } }) => `${team.name} is a team of ${team.people}`);
  const away = needed.flatMap((each) => absenceCauses(each, span, reader));
  const causes = [...small, ...dayCauses(needed, span, reader), ...away];
  const more = causes.length - mostCauses;
  return more > 0 ? [...causes.slice(0, mostCauses), `and ${more} more`] : causes;
}

interface NeededTeam {
  readonly team: PlacedTeam;
  readonly people: number;
}

const mostDays = 14;
const mostCauses = 4;

function dayCauses(needed: readonly NeededTeam[], span: Span, reader: Reader): readonly string[] {
  const holidays = new Map<LocalDate, string[]>();
  const free = new Map<LocalDate, string[]>();
  for (const { team } of needed) {
    for (const date of datesOf(span, team.zone)) {
      const day = dayOf(date);
      if (team.startsOn(day)) continue;
      const found = team.wouldStartOn(day) ? holidays : free;
      found.set(date, [...(found.get(date) ?? []), team.team.name]);
    }
  }
  const year = localDateOf(reader.at, reader.zone).slice(0, 4);
  const isEverybody = (names: readonly string[]): boolean => names.length === needed.length;
  return [
    ...[...holidays].map(([date, names]) =>
      isEverybody(names)
        ? `${dateWords(date, year)} is a holiday`
        : `${dateWords(date, year)} is a holiday of ${listWords(names)}`,
    ),
    ...[...free].map(([date, names]) =>
      isEverybody(names)
        ? `nobody works on ${dateWords(date, year)}`
        : `${listWords(names)} ${names.length === 1 ? 'does' : 'do'} not work on ${dateWords(date, year)}`,
    ),
  ];
}

function absenceCauses(
  { team, people }: NeededTeam,
  span: Span,
  reader: Reader,
): readonly string[] {
  const short = staffingOf(team, span).filter((step) => step.people < people);
  const isFelt = (absence: Absence): boolean =>
    absence.people > 0 &&
    intersection(short, [absence]).some((each) => team.hours(each).length > 0);
  return team.absences
    .filter(isFelt)
    .map(
      (absence) =>
        `${absence.people} of ${team.team.people} of ${team.team.name} away until ${timeWords(absence.end, reader)}`,
    );
}

function datesOf(span: Span, zone: string): readonly LocalDate[] {
  const first = dayOf(localDateOf(span.start, zone));
  const last = Math.min(dayOf(localDateOf(span.end - 1, zone)), first + mostDays);
  return Array.from({ length: last - first + 1 }, (_, index) => dateOf(first + index));
}
