import { dayMs, minutesOf } from '../../domain/calendar/local-time.ts';
import { durationMs } from '../../domain/duration.ts';
import { epochMsOf } from '../../domain/instant.ts';
import { type OpeningQuestion, rule } from './opening-questions.ts';

/** What the clocks of a zone show: a wall clock time as the milliseconds it would be in UTC. */
type LocalMs = number;

const quarterMs = 900_000;
const horizonDays = 731;
const fromMs = (minutesOf(rule.from) ?? 0) * 60_000;
const toMs = (minutesOf(rule.to) ?? 0) * 60_000;
const worstCaseMs = durationMs(rule.worstCase);
const weekdayNames = ['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat'];
const weekdays = new Set<number>(rule.weekdays.map((each) => weekdayNames.indexOf(each)));
const holidays = new Set<number>(rule.holidays.map((each) => utcMs(`${each}T00:00`)));
const vendorDeny = rule.vendorDeny.map(utcMs);
const policyDeny = rule.policyDeny.map(utcMs);

/**
 * The next opening as one would write it without tables: wall clocks from a cached `Intl.DateTimeFormat`, from
 * date to date, and within a window from quarter hour to quarter hour.
 */
export function nextOpenByIntl(question: OpeningQuestion): number | undefined {
  const at = epochMsOf(question.at);
  const first = Math.floor(localMsAt(question.zone, at) / dayMs) * dayMs;
  for (let midnight = first; midnight < first + horizonDays * dayMs; midnight += dayMs) {
    if (!weekdays.has(new Date(midnight).getUTCDay())) continue;
    const start = instantOfLocal(question.zone, midnight + fromMs);
    const end = instantOfLocal(question.zone, midnight + toMs);
    const opens = firstFitIn({ start, end }, at, question);
    if (opens !== undefined) return opens;
  }
  return undefined;
}

/** What the clocks of a zone show, read from the runtime. */
export function localMsAt(zone: string, at: number): LocalMs {
  const fields = { year: 0, month: 1, day: 1, hour: 0, minute: 0, second: 0 };
  for (const { type, value } of formatOf(zone).formatToParts(at)) {
    if (type in fields) fields[type as keyof typeof fields] = Number(value);
  }
  const { year, month, day, hour, minute, second } = fields;
  return Date.UTC(year, month - 1, day, hour, minute, second);
}

function firstFitIn(
  window: { readonly start: number; readonly end: number },
  at: number,
  question: OpeningQuestion,
): number | undefined {
  let start = Math.max(window.start, at);
  while (start + worstCaseMs <= window.end) {
    if (isOpenFor(start, window.start, question)) return start;
    start = nextQuarter(start, window.start);
  }
  return undefined;
}

/** Nothing begins or ends within a quarter hour, so its first moment speaks for all of it. */
function isOpenFor(start: number, origin: number, question: OpeningQuestion): boolean {
  for (let at = start; at < start + worstCaseMs; at = nextQuarter(at, origin)) {
    if (isDenied(at, question)) return false;
  }
  return true;
}

function nextQuarter(at: number, origin: number): number {
  return at + quarterMs - ((at - origin) % quarterMs);
}

function isDenied(at: number, { zone, freeze }: OpeningQuestion): boolean {
  const vendor = localMsAt(rule.vendorZone, at);
  if (isWithin(vendor, vendorDeny) || holidays.has(Math.floor(vendor / dayMs) * dayMs)) return true;
  const local = localMsAt(zone, at);
  if (isWithin(local, policyDeny)) return true;
  if (freeze === null) return false;
  return isWithin(local, [utcMs(`${freeze.first}T00:00`), utcMs(`${freeze.last}T00:00`) + dayMs]);
}

function isWithin(local: LocalMs, [from = 0, to = 0]: readonly number[]): boolean {
  return from <= local && local < to;
}

/** The usual way: take the time for UTC, see by how much the zone differs there, and look once more. */
function instantOfLocal(zone: string, local: LocalMs): number {
  const guess = local - (localMsAt(zone, local) - local);
  return guess - (localMsAt(zone, guess) - local);
}

const formats = new Map<string, Intl.DateTimeFormat>();

function formatOf(zone: string): Intl.DateTimeFormat {
  const known = formats.get(zone);
  if (known) return known;
  const format = new Intl.DateTimeFormat('en-US', {
    timeZone: zone,
    hourCycle: 'h23',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
    second: 'numeric',
  });
  formats.set(zone, format);
  return format;
}

function utcMs(local: string): LocalMs {
  return Date.parse(`${local}:00Z`);
}
