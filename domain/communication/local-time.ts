import { localMsOf } from '../calendar/local-time.ts';
import { instantToLocal, localToInstant } from '../calendar/zone.ts';
import type { Instant } from '../instant.ts';
import type { Locale } from './locales.ts';
import { zoneName } from './zone-names.ts';

interface Words {
  readonly weekdays: readonly string[];
  readonly months: readonly string[];
  readonly date: (weekday: string, day: number, month: string, year: number) => string;
  readonly time: (hours: string, minutes: string) => string;
  readonly at: (date: string, time: string) => string;
  readonly between: (from: string, to: string) => string;
  readonly nextDay: (time: string, date: string) => string;
}

const words = {
  en: {
    weekdays: ['Sunday', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday'],
    months: [
      'January', 'February', 'March', 'April', 'May', 'June',
      'July', 'August', 'September', 'October', 'November', 'December',
    ], // prettier-ignore
    date: (weekday, day, month, year) => `${weekday} ${day} ${month} ${year}`,
    time: (hours, minutes) => `${hours}:${minutes}`,
    at: (date, time) => `${date} at ${time}`,
    between: (from, to) => `between ${from} and ${to}`,
    nextDay: (time, date) => `${time} on ${date}`,
  },
  fr: {
    weekdays: ['dimanche', 'lundi', 'mardi', 'mercredi', 'jeudi', 'vendredi', 'samedi'],
    months: [
      'janvier', 'février', 'mars', 'avril', 'mai', 'juin',
      'juillet', 'août', 'septembre', 'octobre', 'novembre', 'décembre',
    ], // prettier-ignore
    date: (weekday, day, month, year) => `${weekday} ${day === 1 ? '1er' : day} ${month} ${year}`,
    time: (hours, minutes) => `${Number(hours)} h ${minutes}`,
    at: (date, time) => `${date} à ${time}`,
    between: (from, to) => `entre ${from} et ${to}`,
    nextDay: (time, date) => `${time} le ${date}`,
  },
} as const satisfies Record<Locale, Words>;

/** An instant in the reader's words: "Tuesday 1 December 2026 at 20:00, Eastern Time (Toronto)". */
export function formatLocal(at: Instant, zone: string, locale: Locale): string {
  const { date, time } = readLocal(at, zone, locale);
  return `${words[locale].at(date, time)}, ${zoneName(zone, locale)}`;
}

/** The date alone: "Tuesday 1 December 2026", "mardi 1er décembre 2026". */
export function formatLocalDate(at: Instant, zone: string, locale: Locale): string {
  return readLocal(at, zone, locale).date;
}

/** The time of day alone: "20:00", "20 h 00". */
export function formatLocalTime(at: Instant, zone: string, locale: Locale): string {
  return readLocal(at, zone, locale).time;
}

/** A span of time in the parts a mail sets apart. */
export interface LocalSpan {
  /** "Tuesday 1 December 2026" */
  readonly date: string;
  /** "between 20:00 and 23:00"; names the other date when it ends on one. */
  readonly time: string;
  /** "Eastern Time (Toronto)" */
  readonly zone: string;
}

/** A span of time in the reader's words. */
export function formatLocalSpan(
  span: { readonly start: Instant; readonly end: Instant },
  zone: string,
  locale: Locale,
): LocalSpan {
  const start = readLocal(span.start, zone, locale);
  const end = readLocal(span.end, zone, locale);
  const until = start.date === end.date ? end.time : words[locale].nextDay(end.time, end.date);
  return {
    date: start.date,
    time: words[locale].between(start.time, until),
    zone: zoneName(zone, locale),
  };
}

/** Short, for tables and logs of staff: "Tue 1 Dec 20:00". */
export function formatLocalShort(at: Instant, zone: string): string {
  const local = instantToLocal(zone, at).local;
  const day = new Date(`${local.slice(0, 10)}T00:00:00Z`);
  const weekday = words.en.weekdays[day.getUTCDay()]?.slice(0, 3) ?? '';
  const month = words.en.months[day.getUTCMonth()]?.slice(0, 3) ?? '';
  return `${weekday} ${day.getUTCDate()} ${month} ${local.slice(11, 16)}`;
}

function readLocal(
  at: Instant,
  zone: string,
  locale: Locale,
): { readonly date: string; readonly time: string } {
  const { local, offset } = instantToLocal(zone, at);
  const day = new Date(localMsOf(`${local.slice(0, 10)}T00:00`) ?? 0);
  const { weekdays, months, date, time } = words[locale];
  const hour = time(local.slice(11, 13), local.slice(14, 16));
  // In autumn an hour of the clock comes twice; only its offset tells the two apart.
  const isTwice = localToInstant(zone, local).resolved === 'overlap';
  return {
    date: date(
      weekdays[day.getUTCDay()] ?? '',
      day.getUTCDate(),
      months[day.getUTCMonth()] ?? '',
      day.getUTCFullYear(),
    ),
    time: isTwice ? `${hour} (UTC${offset.replace('-', '−')})` : hour,
  };
}
