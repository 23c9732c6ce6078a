import { dateOf, dayOf, type Weekday, weekdayOf } from '../calendar/local-time.ts';
import { instantToLocal, localToInstant } from '../calendar/zone.ts';
import { epochMsOf, type Instant, instantOf, type LocalDate } from '../instant.ts';
import type { PlanClient, PlanInput } from './plan-input.ts';
import type { Candidate } from './planning/crowd.ts';
import { limitWords, rulesThen } from './planning/why-unplaced.ts';
import { datesOf, localDateOf } from './planning/open-time-of-clients.ts';
import type { Places } from './planning/places.ts';
import { type Planning, planningOf } from './planning/planning.ts';
import { firstFreeStart } from './planning/preview-slots.ts';
import {
  latestEndOf,
  nextMidnight,
  spanAt,
  type StartSpan,
  startsBetween,
} from './planning/start-span.ts';
import { momentWords } from './planning/words.ts';

/** A date that a client may choose. */
export interface Offer {
  readonly start: Instant;
  readonly latestEnd: Instant;
  /** Wall clock time at the client, `2026-11-25T20:00:00`. */
  readonly localStart: string;
  /** How many could still choose it. */
  readonly free: number;
}

/** How many offers are wanted, and on which dates of the client; null = no wish. */
export interface OfferWish {
  readonly count: number;
  readonly earliest: LocalDate | null;
  readonly latest: LocalDate | null;
  /** A person at the vendor is not bound by how clients may move their dates. */
  readonly by?: 'client' | 'person';
  /** On which day of the week and between which times of its clock the start may lie. */
  readonly hours?: WishedHours;
}

/** `HH:MM`; the end is not included, and 24:00 is the end of the day. */
export interface WishedHours {
  readonly weekday: Weekday;
  readonly fromTime: string;
  readonly toTime: string;
}

/** Whether a date may be chosen; if not, why not in a sentence. */
export type ChosenDate =
  | { readonly kind: 'ok'; readonly offer: Offer }
  | {
      readonly kind: 'refused';
      readonly why: 'closed' | 'no place' | 'too soon' | 'outside the policy';
      readonly detail: string;
    };

/**
 * The dates a client may choose: open, with a free place among the dates that others have, with time for answer and
 * notice, and inside the policy's limits. One on each date first, earliest first.
 */
export function offersFor(input: PlanInput, clientKey: string, wish: OfferWish): readonly Offer[] {
  const choice = choiceOf(input, clientKey, wish.by ?? 'client');
  if (choice === null) return [];
  const { zone } = choice.candidate.client;
  const spans = startsBetween(choice.candidate.open, choice.from, choice.until).filter((span) => {
    const date = localDateOf(span.first, zone);
    const isEarly = wish.earliest !== null && date < wish.earliest;
    return !isEarly && (wish.latest === null || date <= wish.latest);
  });
  const { hours } = wish;
  const wished =
    hours === undefined ? spans : spans.flatMap((span) => withinHours(span, hours, zone));
  const starts = wished.flatMap((span) => startsIn(span, choice, wish.count));
  return spreadOverDates(starts, zone)
    .slice(0, wish.count)
    .sort((a, b) => a - b)
    .map((start) => offerAt(start, choice));
}

/** Whether a client may have that start; it asks the same as the offers do. */
export function judgeChosenDate(
  input: PlanInput,
  clientKey: string,
  { start, by = 'client' }: { readonly start: Instant; readonly by?: 'client' | 'person' },
): ChosenDate {
  const choice = choiceOf(input, clientKey, by);
  if (choice === null) {
    return refused('outside the policy', 'This client has begun, or has no part in the rollout.');
  }
  const { candidate, planning, places } = choice;
  const { client } = candidate;
  const at = epochMsOf(start);
  const when = momentWords(at, client.zone);
  if (at < choice.from) {
    return refused(
      'too soon',
      `The first date possible is ${momentWords(choice.from, client.zone)}.`,
    );
  }
  if (at > choice.until || at >= datesOf(planning.input, client.zone).until) {
    return refused('outside the policy', `${when} lies beyond the latest date that may be chosen.`);
  }
  if (spanAt(candidate.open, at) === undefined) {
    const rules = rulesThen(candidate, planning, at).join(', ');
    const because = rules === '' ? 'another rollout is at this client then' : rules;
    return refused('closed', `${when} is closed: ${because}.`);
  }
  const [limit] = places.reached(client, at);
  if (limit === undefined) return { kind: 'ok', offer: offerAt(at, choice) };
  return refused('no place', `${when} is taken: ${limitWords(limit, client, planning)}.`);
}

interface Choice {
  readonly planning: Planning;
  readonly candidate: Candidate;
  /** What all others have left. */
  readonly places: Places;
  /** Between which starts the client may choose, both included. */
  readonly from: number;
  readonly until: number;
}

function choiceOf(input: PlanInput, key: string, by: 'client' | 'person'): Choice | null {
  const client = input.clients.find((each) => each.key === key);
  if (client === undefined || client.keeps?.why === 'begun') return null;
  const planning = planningOf({ ...input, clients: [client] });
  const [candidate] = planning.candidates;
  if (candidate === undefined) return null;
  const { places } = planning;
  const others = input.clients.filter((each) => each !== client);
  for (const other of others) {
    const start = presentStart(other);
    if (start !== null) places.take(other, start);
  }
  const { from, until } = by === 'client' ? moveLimits(planning, client) : noLimits;
  const turn = turnOf(client, others, planning);
  return { planning, candidate, places, from: Math.max(candidate.from, turn, from), until };
}

/** When the cohorts before a client's have been observed; a date chosen beyond all others holds nobody up. */
function turnOf(
  { cohort }: PlanClient,
  others: readonly PlanClient[],
  { plannedMs, worstCaseMs, observationMs }: Planning,
): number {
  return others
    .filter((other) => other.cohort < cohort && other.pinned === null)
    .map((other) => (presentStart(other) ?? -Infinity) + worstCaseMs + observationMs)
    .reduce((last, each) => Math.max(last, each), plannedMs);
}

const noLimits = { from: -Infinity, until: Infinity };

function moveLimits(
  { input, plannedMs }: Planning,
  client: PlanClient,
): { readonly from: number; readonly until: number } {
  const { clientMoves } = input.policy;
  if (clientMoves === undefined) return noLimits;
  const today = presentStart(client) ?? plannedMs;
  return {
    from: plannedMs + clientMoves.noticeHours * 3_600_000,
    until: today + clientMoves.latestDays * 86_400_000,
  };
}

function presentStart({ keeps, pinned, current }: PlanClient): number | null {
  const slot = keeps ?? pinned ?? current;
  return slot === null ? null : epochMsOf(slot.start);
}

/** The starts of a stretch, one after the other at the distance of the worst case. */
function startsIn(
  span: StartSpan,
  { places, candidate, planning }: Choice,
  most: number,
): readonly number[] {
  const starts: number[] = [];
  let from = span.first;
  while (starts.length < most) {
    const start = firstFreeStart([span], from, { places, seat: candidate.client });
    if (start === undefined) break;
    starts.push(start);
    from = start + planning.worstCaseMs;
  }
  return starts;
}

/** What of a span lies within the hours; it may reach over several dates. */
function withinHours(
  span: StartSpan,
  { weekday, fromTime, toTime }: WishedHours,
  zone: string,
): readonly StartSpan[] {
  const [firstDay, lastDay] = [span.first, span.last].map((at) => dayOf(localDateOf(at, zone)));
  const count = Number(lastDay) - Number(firstDay) + 1;
  return Array.from({ length: count }, (_, index) => Number(firstDay) + index)
    .filter((day) => weekdayOf(day) === weekday)
    .map((day) => {
      const at = (time: string): number =>
        epochMsOf(localToInstant(zone, `${dateOf(day)}T${time}`).instant);
      const end = toTime === '24:00' ? nextMidnight(at('00:00'), zone) : at(toTime);
      const first = Math.max(span.first, at(fromTime));
      return { ...span, first, last: Math.min(span.last, end - 1) };
    })
    .filter(({ first, last }) => first <= last);
}

/** The first of each date, then the second of each, and so on; the starts come in order of time. */
function spreadOverDates(starts: readonly number[], zone: string): number[] {
  const seen = new Map<LocalDate, number>();
  return starts
    .map((start) => {
      const date = localDateOf(start, zone);
      const rank = seen.get(date) ?? 0;
      seen.set(date, rank + 1);
      return { start, rank };
    })
    .sort((a, b) => a.rank - b.rank)
    .map(({ start }) => start);
}

function offerAt(start: number, { candidate, planning, places }: Choice): Offer {
  const { client, open } = candidate;
  const { zone } = client;
  const { worstCaseMs } = planning;
  const stretchEnd = spanAt(open, start)?.stretchEnd ?? start + worstCaseMs;
  return {
    start: instantOf(start),
    latestEnd: instantOf(latestEndOf(start, { stretchEnd, worstCaseMs, zone })),
    localStart: instantToLocal(zone, instantOf(start)).local,
    free: places.free(client, start),
  };
}

function refused(why: Extract<ChosenDate, { kind: 'refused' }>['why'], detail: string): ChosenDate {
  return { kind: 'refused', why, detail };
}
