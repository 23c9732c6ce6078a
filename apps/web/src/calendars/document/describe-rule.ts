import type {
  CalendarDocument,
  CoverageDocument,
  OffsetDocument,
  RuleDocument,
  Selector,
  Weekday,
} from './calendar-document.ts';
import { countOf, listWords } from '../../words/terms.ts';
import { monthNames, nthWords, shortDate, weekdayNames } from '../../words/dates.ts';
import { isSame } from './same-document.ts';

/** A rule as people say it: “Tuesday, Wednesday and Thursday, 20:00–23:00, releases only”. */
export function describeRule(rule: RuleDocument): string {
  const time = rule.between === undefined ? describeTime(rule) : describeSpan(rule.between);
  return [time, ...describeLimits(rule)].join(', ');
}

/** A selector as people say it. */
export function describeDays(on: Selector): string {
  if ('weekdays' in on) return describeWeekdays(on.weekdays);
  if ('monthDays' in on) return listWords(on.monthDays.map(dayOfMonth));
  if ('months' in on) return listWords(on.months.map((month) => monthNames[month - 1] ?? ''));
  if ('yearly' in on) return `every year ${yearly(on.yearly.from)} to ${yearly(on.yearly.to)}`;
  if ('dates' in on) return describeDates(on.dates);
  if ('holidays' in on) return `the holidays “${on.holidays}”`;
  return describeDerived(on);
}

/** What coverage asks for, one sentence per need. */
export function describeCoverage({ require }: CoverageDocument): readonly string[] {
  const during = Object.entries(require.during ?? {}).map(
    ([team, people]) => `${people} of ${team} while work runs`,
  );
  const { aftercare } = require;
  if (aftercare === undefined) return during;
  const teams = Object.entries(aftercare.teams).map(([team, people]) => `${people} of ${team}`);
  const within = aftercare.within.replace(/^PT(\d+)H$/, '$1 hours');
  return [
    ...during,
    `${listWords(teams)} for ${countOf(aftercare.hours, 'hour')} within ${within} after the work`,
  ];
}

/** The clock of a calendar as people say it. */
export function describeZone({ zone }: CalendarDocument): string {
  return zone === 'client' ? 'each client’s own time' : zone.replaceAll('_', ' ');
}

type Derived = Exclude<
  Selector,
  | { readonly weekdays: unknown }
  | { readonly monthDays: unknown }
  | { readonly months: unknown }
  | { readonly yearly: unknown }
  | { readonly dates: unknown }
  | { readonly holidays: unknown }
>;

function describeDerived(on: Derived): string {
  if ('monthly' in on) return describeMonthly(on.monthly);
  if ('every' in on) return describeEvery(on.every);
  if ('offset' in on) return describeOffset(on.offset);
  if ('next' in on) {
    return `the next ${weekdayNames[on.next.weekday]} from ${describeDays(on.next.from)}`;
  }
  if ('previous' in on) {
    return `the last ${weekdayNames[on.previous.weekday]} up to ${describeDays(on.previous.from)}`;
  }
  if ('not' in on) return `all days but ${describeDays(on.not)}`;
  if ('any' in on) return describeBusinessDayRun(on.any) ?? on.any.map(describeDays).join(', or ');
  return on.all.map(describeDays).join(' that is also ');
}

function describeTime({ on, from, to, plusDays }: RuleDocument): string {
  const days = on === undefined ? 'Every day' : capital(describeDays(on));
  if (from === undefined || to === undefined) return `${days}, all day`;
  const later = plusDays === undefined ? '' : ` ${countOf(plusDays, 'day')} later`;
  return `${days}, ${from}–${to}${later}`;
}

function describeSpan([from, to]: readonly [string, string]): string {
  const [first, last] = [from, to].map((at) => {
    const time = at.slice(11, 16);
    return `${shortDate(at.slice(0, 10))}${time === '00:00' ? '' : ` ${time}`}`;
  });
  return `From ${first ?? ''} until ${last ?? ''}`;
}

function describeLimits({ kinds, tags, valid, replace }: RuleDocument): readonly string[] {
  return [
    ...(kinds === undefined ? [] : [`for ${listWords(kinds)} only`]),
    ...(tags === undefined ? [] : [`for clients with ${listWords(tags)}`]),
    ...(valid?.since === undefined ? [] : [`from ${shortDate(valid.since)}`]),
    ...(valid?.until === undefined ? [] : [`until ${shortDate(valid.until)}`]),
    ...(replace === undefined ? [] : ['with published dates in some spans']),
  ];
}

const week: readonly Weekday[] = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'];

function describeWeekdays(days: readonly Weekday[]): string {
  const places = days.map((day) => week.indexOf(day)).toSorted((one, other) => one - other);
  const [first = 0] = places;
  const isRun = places.length > 2 && places.every((place, index) => place === first + index);
  const names = places.map((place) => weekdayNames[week[place] ?? 'mon']);
  return isRun ? `${names[0] ?? ''} to ${names.at(-1) ?? ''}` : listWords(names);
}

function describeMonthly(
  monthly: Extract<Selector, { readonly monthly: unknown }>['monthly'],
): string {
  const { nth, weekday, months } = monthly;
  const of =
    months === undefined
      ? 'the month'
      : listWords(months.map((month) => monthNames[month - 1] ?? ''));
  return `the ${nthWords(nth)} ${weekdayNames[weekday]} of ${of}`;
}

function describeEvery(every: Extract<Selector, { readonly every: unknown }>['every']): string {
  const { since, days, weeks } = every;
  const step = weeks === undefined ? countOf(days ?? 1, 'day') : countOf(weeks, 'week');
  return `every ${step} from ${shortDate(since)}`;
}

function describeOffset({ from, days, months, businessDays }: OffsetDocument): string {
  const [count, noun] =
    businessDays !== undefined
      ? [businessDays, 'business day']
      : months !== undefined
        ? [months, 'month']
        : [days ?? 0, 'day'];
  return `${countOf(Math.abs(count), noun)} ${count < 0 ? 'before' : 'after'} ${describeDays(from)}`;
}

/** The run of business days at the edge of a period, as the form makes it; null for anything else. */
function describeBusinessDayRun(any: readonly Selector[]): string | null {
  const [outermost, second] = any;
  if (outermost === undefined || second === undefined) return null;
  const step = 'offset' in second ? second.offset : null;
  const edge = step === null ? null : describeEdge(step.from);
  if (edge === null || step?.businessDays !== edge.inward) return null;
  const expected = any.map((_, index) => ({
    offset:
      index === 0
        ? { businessDays: -edge.inward, from: second }
        : { businessDays: edge.inward * index, from: step.from },
  }));
  if (!isSame(expected, any)) return null;
  return `the ${edge.inward < 0 ? 'last' : 'first'} ${any.length} business days of ${edge.period}`;
}

function describeEdge(from: Selector): { readonly inward: 1 | -1; readonly period: string } | null {
  const parts: readonly Selector[] = 'all' in from ? from.all : [from];
  const day = parts.find((part) => 'monthDays' in part)?.monthDays[0];
  const months = parts.find((part) => 'months' in part)?.months;
  const period = periodOf.get(months?.length ?? 12);
  if ((day !== 1 && day !== -1) || period === undefined) return null;
  return { inward: day === 1 ? 1 : -1, period };
}

/** What a period is called that ends so many times a year. */
const periodOf: ReadonlyMap<number, string> = new Map([
  [12, 'the month'],
  [4, 'the quarter'],
  [1, 'the year'],
]);

function describeDates(dates: readonly string[]): string {
  const shown = dates.slice(0, 4).map(shortDate);
  return dates.length > 4 ? `${shown.join(', ')} and ${dates.length - 4} more` : listWords(shown);
}

function dayOfMonth(day: number): string {
  if (day === -1) return 'the last day of the month';
  return day < 0 ? `the ${nthWords(day)} day of the month` : `day ${day} of the month`;
}

function yearly(monthDay: string): string {
  const [month = '1', day = '1'] = monthDay.split('-');
  return `${Number(day)} ${monthNames[Number(month) - 1] ?? ''}`;
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
