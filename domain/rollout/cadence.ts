import {
  type Calendar,
  type CalendarProblem,
  type DaySelector,
  usualBusinessDays,
} from '../calendar/calendar-document.ts';
import { dateOf, dayOf } from '../calendar/local-time.ts';
import { ProblemList, type RawFields, shown } from '../calendar/problem-list.ts';
import { dayTest } from '../calendar/select-days.ts';
import { readSelector } from '../calendar/validate-selector.ts';
import { isZone, localDateAt } from '../calendar/zone.ts';
import type { RolloutId } from '../ids.ts';
import type { Instant, LocalDate } from '../instant.ts';
import type { ClientSelection } from './plan-request.ts';

/** When rollouts are due, such as every second Thursday of a month, and what the next one takes over. */
export interface Cadence {
  readonly title: string;
  /** Whose dates the days are. */
  readonly zone: string;
  readonly on: DaySelector;
  /** Absent = chosen by the change. */
  readonly policy?: string;
  /** Absent = all active clients, or those of the rollout it is made after. */
  readonly clients?: ClientSelection;
  readonly like?: RolloutId;
}

export type CadenceReading =
  | { readonly kind: 'readable'; readonly cadence: Cadence }
  | { readonly kind: 'unreadable'; readonly problems: readonly CalendarProblem[] };

/** Reads a cadence from any parsed JSON or YAML, or names everything that is wrong with it. */
export function readCadence(raw: unknown): CadenceReading {
  const problems = new ProblemList();
  const cadence = isObject(raw) ? readFields(raw, problems) : undefined;
  if (!isObject(raw)) problems.add('wrong-type', '', 'the cadence must be an object');
  return cadence && problems.problems.length === 0
    ? { kind: 'readable', cadence }
    : { kind: 'unreadable', problems: problems.problems };
}

/** At most so many days after the date, in their order, none later than two years after it. */
export function nextCadenceDates(
  { on }: Pick<Cadence, 'on'>,
  after: LocalDate,
  count: number,
): readonly LocalDate[] {
  const picks = dayTest(on, facts);
  const first = dayOf(after) + 1;
  const dates: LocalDate[] = [];
  for (let day = first; day < first + mostDays && dates.length < count; day += 1) {
    if (picks(day)) dates.push(dateOf(day));
  }
  return dates;
}

/** What bounds the next dates of a cadence from below. */
export interface CadenceSince {
  readonly now: Instant;
  /** The day for which the last rollout was started by it; null = none was. */
  readonly last: LocalDate | null;
  /** The first day that the change allows; absent or null = any. */
  readonly earliest?: LocalDate | null;
}

/** The days on which the next rollouts are due: today or later, and after the one that was started last. */
export function dueDates(
  cadence: Pick<Cadence, 'on' | 'zone'>,
  { now, last, earliest = null }: CadenceSince,
  count: number,
): readonly LocalDate[] {
  const today = localDateAt(cadence.zone, now);
  const notBefore = earliest !== null && earliest > today ? earliest : today;
  const dayBefore = dateOf(dayOf(notBefore) - 1);
  const after = last !== null && last > dayBefore ? last : dayBefore;
  return nextCadenceDates(cadence, after, count);
}

/** Two years with a leap day among them. */
const mostDays = 731;

/** A cadence has no holidays of its own: whether a day is allowed is the calendars' business, not its. */
const facts: Pick<Calendar, 'holidays' | 'businessDays'> = {
  holidays: {},
  businessDays: usualBusinessDays,
};

function isObject(raw: unknown): raw is object {
  return typeof raw === 'object' && raw !== null && !Array.isArray(raw);
}

function readFields(raw: object, problems: ProblemList): Cadence | undefined {
  const known = ['title', 'zone', 'on', 'policy', 'clients', 'like'];
  const fields = problems.fields(raw, '', known) ?? {};
  const title = problems.text(fields['title'], 'title');
  const zone = readZone(fields['zone'], problems);
  const on = readSelector(fields['on'], 'on', { problems, holidays: facts.holidays });
  const more = readWhatFor(fields, problems);
  if (title === undefined || zone === undefined || on === undefined) return undefined;
  return { title, zone, on, ...more };
}

function readWhatFor(
  fields: RawFields,
  problems: ProblemList,
): Pick<Cadence, 'policy' | 'clients' | 'like'> {
  const { policy, clients, like } = fields;
  const name = policy === undefined ? undefined : problems.text(policy, 'policy');
  const rollout = like === undefined ? undefined : readId(like, problems);
  const whom = clients === undefined ? undefined : readClients(clients, problems);
  return {
    ...(name === undefined ? {} : { policy: name }),
    ...(whom === undefined ? {} : { clients: whom }),
    ...(rollout === undefined ? {} : { like: rollout }),
  };
}

function readZone(raw: unknown, problems: ProblemList): string | undefined {
  if (typeof raw === 'string' && isZone(raw)) return raw;
  const message = `${shown(raw)} is no zone; write an IANA name such as America/Toronto`;
  problems.add('unknown-zone', 'zone', message);
  return undefined;
}

function readId(raw: unknown, problems: ProblemList): RolloutId | undefined {
  if (typeof raw === 'string' && /^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/i.test(raw)) {
    return raw as RolloutId;
  }
  problems.add('bad-id', 'like', `${shown(raw)} is no id of a rollout`);
  return undefined;
}

function readClients(raw: unknown, problems: ProblemList): ClientSelection | undefined {
  const fields = problems.fields(raw, 'clients', ['all', 'keys', 'tags', 'reporters']);
  if (!fields) return undefined;
  const { keys, tags } = fields;
  const flags = (['all', 'reporters'] as const).filter((each) => isTrue(fields, each, problems));
  const selection: ClientSelection = {
    ...Object.fromEntries(flags.map((each) => [each, true])),
    ...(keys === undefined ? {} : { keys: problems.texts(keys, 'clients.keys') }),
    ...(tags === undefined ? {} : { tags: problems.texts(tags, 'clients.tags') }),
  };
  if (Object.keys(selection).length > 0) return selection;
  problems.add('names-nobody', 'clients', 'clients names nobody; leave it out for all of them');
  return undefined;
}

function isTrue(fields: RawFields, name: string, problems: ProblemList): boolean {
  const raw = fields[name];
  if (raw === undefined || typeof raw === 'boolean') return raw === true;
  problems.add('wrong-type', `clients.${name}`, `clients.${name} must be true or false`);
  return false;
}
