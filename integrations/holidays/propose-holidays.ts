import Holidays, { type HolidaysTypes } from 'date-holidays';
import { dateOf, dayOf, type Weekday, weekdayOf } from '../../domain/calendar/local-time.ts';
import type { LocalDate } from '../../domain/instant.ts';
import { type HolidayCorrection, holidayCorrections } from './holiday-corrections.ts';

/** A country with its regions, as far as holidays of them are known. */
export interface HolidayPlace {
  readonly country: string;
  readonly name: string;
  readonly regions: readonly { readonly code: string; readonly name: string }[];
}

/** A day for a person to review before it becomes one of a calendar's holidays. */
export interface ProposedHoliday {
  readonly date: LocalDate;
  readonly weekday: Weekday;
  readonly name: string;
  readonly kind: HolidaysTypes.HolidayType;
  /** It makes up for a holiday on another day. */
  readonly substitute: boolean;
  /** Public holidays are suggested, observances and optional days are not. */
  readonly suggested: boolean;
  readonly note: string | null;
}

/** The days of a place, and whom to name for them. */
export interface HolidayProposal {
  readonly place: string;
  readonly items: readonly ProposedHoliday[];
  readonly attribution: string;
}

const attribution =
  'Days from date-holidays by commenthol (ISC; data CC BY 3.0, some of it CC BY-SA 3.0 from Wikipedia); corrected and reviewed, never read when a calendar is evaluated.';

/** Every country that days can be proposed for, by its code. */
export function listHolidayPlaces(): readonly HolidayPlace[] {
  const library = new Holidays();
  return Object.entries(library.getCountries('en'))
    .map(([country, name]) => ({ country, name, regions: regionsOf(library, country) }))
    .sort((a, b) => (a.country < b.country ? -1 : 1));
}

/** The days of a country, or of one of its regions, in these years; null when there is no such place. */
export function proposeHolidays(of: {
  readonly country: string;
  readonly region: string | null;
  readonly years: readonly number[];
}): HolidayProposal | null {
  const { country, region, years } = of;
  const names = new Holidays().getCountries('en');
  if (!Object.hasOwn(names, country)) return null;
  const found = regionsOf(new Holidays(), country).find(({ code }) => code === region);
  if (region !== null && found === undefined) return null;
  const library = region === null ? new Holidays(country) : new Holidays(country, region);
  const correction = holidayCorrections.find(
    (each) => each.country === country && each.region === region,
  );
  const days = [...new Set(years)].sort().flatMap((year) => daysOf(library, year));
  return {
    place:
      found === undefined ? (names[country] ?? country) : `${found.name}, ${names[country] ?? ''}`,
    items: correction === undefined ? days : corrected(days, correction),
    attribution,
  };
}

function regionsOf(library: Holidays, country: string): HolidayPlace['regions'] {
  // The library answers nothing for a country without regions, whatever its types say.
  const states = library.getStates(country, 'en') as Readonly<Record<string, string>> | undefined;
  return Object.entries(states ?? {})
    .map(([code, name]) => ({ code, name }))
    .sort((a, b) => (a.code < b.code ? -1 : 1));
}

function daysOf(library: Holidays, year: number): readonly ProposedHoliday[] {
  return library
    .getHolidays(year, 'en')
    .flatMap((holiday) => datesOf(holiday).map((date) => dayFor(holiday, date)))
    .sort((a, b) => (a.date === b.date ? 0 : a.date < b.date ? -1 : 1));
}

/** The text names the day of the place itself; the library's `Date`s say only how long it is. */
function datesOf({ date, start, end }: HolidaysTypes.Holiday): readonly LocalDate[] {
  const first = dayOf(date.slice(0, 10) as LocalDate);
  const length = Math.max(1, Math.round((end.getTime() - start.getTime()) / 86_400_000));
  return Array.from({ length }, (_, index) => dateOf(first + index));
}

function dayFor(
  { name, type, substitute = false }: HolidaysTypes.Holiday,
  date: LocalDate,
): ProposedHoliday {
  const weekday = weekdayOf(dayOf(date));
  const isLost = type === 'public' && !substitute && isWeekend(weekday);
  return {
    date,
    weekday,
    name,
    kind: type,
    substitute,
    suggested: type === 'public',
    note: isLost ? 'on a weekend; look whether another day makes up for it' : null,
  };
}

function corrected(
  days: readonly ProposedHoliday[],
  correction: HolidayCorrection,
): readonly ProposedHoliday[] {
  const note = `corrected: ${correction.source}`;
  const left = days.map((day) =>
    correction.isNone.includes(day.name) ? { ...day, suggested: false, note } : day,
  );
  if (!correction.weekendsAreMadeUpFor) return left;
  const taken = new Set(left.filter(({ suggested }) => suggested).map(({ date }) => date));
  const all = left.flatMap((day) => {
    if (!day.suggested || day.substitute || !isWeekend(day.weekday)) return [day];
    const date = nextWorkingDate(day.date, taken);
    taken.add(date);
    const made: ProposedHoliday = {
      ...day,
      date,
      weekday: weekdayOf(dayOf(date)),
      name: `${day.name} (substitute day)`,
      substitute: true,
      note,
    };
    return [{ ...day, note: `on a weekend; ${date} makes up for it` }, made];
  });
  return all.sort((a, b) => (a.date === b.date ? 0 : a.date < b.date ? -1 : 1));
}

function nextWorkingDate(date: LocalDate, taken: ReadonlySet<LocalDate>): LocalDate {
  let day = dayOf(date) + 1;
  while (isWeekend(weekdayOf(day)) || taken.has(dateOf(day))) day += 1;
  return dateOf(day);
}

function isWeekend(weekday: Weekday): boolean {
  return weekday === 'sat' || weekday === 'sun';
}
