import { parseDocument, stringify } from 'yaml';
import type { Selector, Weekday } from '../calendars/document/calendar-document.ts';
import { type CadenceDocument, daysOf, selectorOf, type WhomDocument } from './cadence-document.ts';

export type DayPattern = 'monthly' | 'weeks' | 'month-day' | 'text';
export type Whom = 'everybody' | 'reporters' | 'tags' | 'keys' | 'as-written';

/** What the form holds while somebody fills it in; only the fields of its pattern are sent. */
export interface CadenceWish {
  readonly name: string;
  readonly title: string;
  readonly zone: string;
  readonly pattern: DayPattern;
  readonly nth: number;
  readonly weekday: Weekday;
  readonly months: readonly number[];
  readonly weeks: number;
  /** The first day of the weeks; it says the weekday, too. */
  readonly since: string;
  /** 1 to 28, or -1 for the last. */
  readonly monthDay: number;
  readonly yaml: string;
  /** Empty = until somebody ends it. */
  readonly lastDay: string;
  /** null = chosen by the change. */
  readonly policy: string | null;
  readonly whom: Whom;
  readonly tags: readonly string[];
  readonly keys: readonly string[];
  /** The selection as it was stored, for what the form cannot show. */
  readonly written: WhomDocument | null;
  readonly like: string | null;
}

/** An empty form. */
export function emptyWish(zone: string, today: string): CadenceWish {
  return {
    name: '',
    title: '',
    zone,
    pattern: 'monthly',
    nth: 2,
    weekday: 'thu',
    months: [],
    weeks: 2,
    since: today,
    monthDay: 1,
    yaml: 'monthly: { nth: 2, weekday: thu }\n',
    lastDay: '',
    policy: null,
    whom: 'everybody',
    tags: [],
    keys: [],
    written: null,
    like: null,
  };
}

/** The form of a stored cadence. */
export function wishOf(name: string, document: CadenceDocument, today: string): CadenceWish {
  const { title, zone, policy = null, like = null, clients } = document;
  const { on, lastDay } = daysOf(document.on);
  return {
    ...emptyWish(zone, today),
    name,
    title,
    policy,
    like,
    ...patternOf(on),
    ...whomOf(clients),
    lastDay: lastDay ?? '',
  };
}

/** The document for the server; null while the days cannot be read. */
export function documentOf(wish: CadenceWish): CadenceDocument | null {
  const { title, zone, policy, like, lastDay } = wish;
  const on = selectorIn(wish);
  if (on === null) return null;
  const clients = clientsOf(wish);
  return {
    title: title.trim(),
    zone,
    on: selectorOf({ on, lastDay: lastDay === '' ? null : lastDay }),
    ...(policy === null ? {} : { policy }),
    ...(clients === null ? {} : { clients }),
    ...(like === null ? {} : { like }),
  };
}

/** What is still missing, in words for the one who fills it in; null = nothing. */
export function missingIn(wish: CadenceWish, taken: readonly string[]): string | null {
  const { name, title, whom, tags, keys } = wish;
  if (name.trim() === '') return 'Give it a name.';
  if (taken.includes(name.trim())) return 'There is a cadence of this name.';
  if (title.trim() === '') return 'Give it a title.';
  if (selectorIn(wish) === null) return 'Say on which days.';
  const isNobody = (whom === 'tags' && tags.length === 0) || (whom === 'keys' && keys.length === 0);
  return isNobody ? 'Say for which clients.' : null;
}

function patternOf(on: Selector): Partial<CadenceWish> {
  if ('monthly' in on) return { pattern: 'monthly', months: [], ...on.monthly };
  if ('every' in on && on.every.weeks !== undefined && on.every.days === undefined) {
    return { pattern: 'weeks', weeks: on.every.weeks, since: on.every.since };
  }
  const day = monthDayIn(on);
  if (day !== null) return { pattern: 'month-day', monthDay: day };
  return { pattern: 'text', yaml: stringify(on) };
}

/** The one day that the form offers: a day every month has, or the last. */
function monthDayIn(on: Selector): number | null {
  const [day = 0, ...more] = 'monthDays' in on ? on.monthDays : [];
  const isOffered = day === -1 || (day >= 1 && day <= 28);
  return more.length === 0 && isOffered ? day : null;
}

function selectorIn(wish: CadenceWish): Selector | null {
  const { pattern, nth, weekday, months, weeks, since, monthDay, yaml } = wish;
  switch (pattern) {
    case 'monthly':
      return { monthly: { nth, weekday, ...(months.length > 0 ? { months } : {}) } };
    case 'weeks':
      return since === '' || !(weeks >= 1) ? null : { every: { since, weeks } };
    case 'month-day':
      return { monthDays: [monthDay] };
    case 'text':
      return readSelector(yaml);
  }
}

/** What the words mean is checked by the server, which shows the dates they come to. */
function readSelector(yaml: string): Selector | null {
  const parsed = parseDocument(yaml, { schema: 'core' });
  if (parsed.errors.length > 0) return null;
  const fields: unknown = parsed.toJS();
  return typeof fields === 'object' && fields !== null ? (fields as Selector) : null;
}

function whomOf(
  clients: WhomDocument | undefined,
): Pick<CadenceWish, 'whom' | 'tags' | 'keys' | 'written'> {
  const { tags = [], keys = [] } = clients ?? {};
  const said = Object.keys(clients ?? {});
  const common = { tags, keys, written: clients ?? null };
  if (said.length === 0) return { ...common, whom: 'everybody' };
  const only = (['tags', 'keys', 'reporters'] as const).find((each) => said.join() === each);
  return { ...common, whom: only ?? 'as-written' };
}

function clientsOf({ whom, tags, keys, written }: CadenceWish): WhomDocument | null {
  switch (whom) {
    case 'everybody':
      return null;
    case 'reporters':
      return { reporters: true };
    case 'tags':
      return { tags };
    case 'keys':
      return { keys };
    case 'as-written':
      return written;
  }
}
