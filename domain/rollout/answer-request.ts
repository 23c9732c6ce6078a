import type { Weekday } from '../calendar/calendar-document.ts';
import { dayOf, weekdayOf } from '../calendar/local-time.ts';
import { instantToLocal } from '../calendar/zone.ts';
import { epochMsOf, type Instant, type LocalDate } from '../instant.ts';
import { offersFor } from './offers.ts';
import { plan } from './plan.ts';
import { differenceOfPlans, startOf } from './plan-difference.ts';
import type { PlanInput } from './plan-input.ts';
import { momentWords } from './planning/words.ts';

/** What a client asks for beside its own date. */
export type ClientRequest = { readonly clientKey: string } & RequestTerms;

/** The same without saying who asks. */
export type RequestTerms =
  | {
      readonly kind: 'freeze';
      /** Local date-times in the client's zone, half-open. */
      readonly from: string;
      readonly to: string;
      readonly reason: string;
    }
  | {
      readonly kind: 'preference';
      readonly weekday: Weekday;
      /** Between which times of its clock the start may lie, `HH:MM`; the end is not included. */
      readonly fromTime: string;
      readonly toTime: string;
      readonly reason: string;
    }
  | { readonly kind: 'skip'; readonly reason: string };

/** What the planner says to a request; nothing moves by it. */
export interface RequestAnswer {
  readonly text: string;
  /** The date that the client would have. */
  readonly slotStart: Instant | null;
  /** Everybody whose date would change, the client itself included. */
  readonly moves: readonly {
    readonly key: string;
    readonly from: Instant | null;
    readonly to: Instant | null;
  }[];
}

/** Answers what would become of the client's date, and of others', if the request were granted. */
export function answerRequest(input: PlanInput, request: ClientRequest): RequestAnswer {
  switch (request.kind) {
    case 'freeze':
      return answerFreeze(input, request);
    case 'preference':
      return answerPreference(input, request);
    case 'skip':
      return answerSkip(input, request);
  }
}

/** What the planner would read if the freeze were agreed. */
export function withFreeze(
  input: PlanInput,
  { clientKey, from, to, reason }: FreezeRequest,
): PlanInput {
  const calendarId = `asked: ${clientKey}`;
  const freeze = {
    calendar: 'freeze',
    zone: 'client',
    allow: 'always',
    deny: [{ name: `own freeze until ${to.slice(0, 10)}: ${reason}`, between: [from, to] }],
  };
  return {
    ...input,
    calendars: { ...input.calendars, [calendarId]: freeze },
    clients: input.clients.map((client) =>
      client.key === clientKey
        ? { ...client, layers: [...client.layers, { layer: 'freeze', calendarId }] }
        : client,
    ),
  };
}

type FreezeRequest = Of<'freeze'>;
type Of<Kind extends ClientRequest['kind']> = Extract<ClientRequest, { kind: Kind }>;

function answerFreeze(input: PlanInput, request: Of<'freeze'>): RequestAnswer {
  const { clientKey } = request;
  const [was, is] = [plan(input), plan(withFreeze(input, request))];
  const moves = differenceOfPlans(was, is)
    .filter((each) => each.from !== each.to)
    .map(({ key, from, to }) => ({ key, from: presentStart(input, key) ?? from, to }));
  const own = is.clients.find(({ key }) => key === clientKey);
  const slotStart = startOf(own) ?? null;
  const others = moves.filter(({ key }) => key !== clientKey).length;
  return {
    text: `${freezeWords(input, request, { own, moves })}${othersWords(others)}.`,
    slotStart,
    moves,
  };
}

function freezeWords(
  input: PlanInput,
  { clientKey }: Of<'freeze'>,
  {
    own,
    moves,
  }: { own: ReturnType<typeof plan>['clients'][number] | undefined; moves: RequestAnswer['moves'] },
): string {
  if (own === undefined) return 'The client has no part in this rollout';
  const start = startOf(own);
  if (start === null) {
    const reasons = own.placement.kind === 'unplaced' ? own.placement.reasons.join('; ') : '';
    return `The client would have no date: ${reasons}`;
  }
  const when = momentWords(epochMsOf(start), zoneOf(input, clientKey));
  const moved = moves.some(({ key }) => key === clientKey);
  return moved ? `The client would move to ${when}` : `The client keeps ${when}`;
}

function answerPreference(input: PlanInput, request: Of<'preference'>): RequestAnswer {
  const { clientKey, weekday, fromTime, toTime } = request;
  const zone = zoneOf(input, clientKey);
  const fits = (localStart: string): boolean => {
    const [date = '', time = ''] = localStart.split('T');
    const isThatDay = weekdayOf(dayOf(date as LocalDate)) === weekday;
    return isThatDay && time.slice(0, 5) >= fromTime && time.slice(0, 5) < toTime;
  };
  const from = presentStart(input, clientKey);
  if (from !== null && fits(instantToLocal(zone, from).local)) {
    const text = `The client has such a date already: ${momentWords(epochMsOf(from), zone)}.`;
    return { text, slotStart: from, moves: [] };
  }
  const hours = { weekday, fromTime, toTime };
  const wish = { count: 1, earliest: null, latest: null, hours };
  // A date that the client may choose itself comes before an earlier one that only a person may give it.
  const [offer] = (['client', 'person'] as const).flatMap((by) =>
    offersFor(input, clientKey, { ...wish, by }),
  );
  if (offer === undefined) {
    const text = `No date within the plan starts on such a day between ${fromTime} and ${toTime} and has a free place.`;
    return { text, slotStart: null, moves: [] };
  }
  return {
    text: `The client could move to ${momentWords(epochMsOf(offer.start), zone)}; nobody else would move.`,
    slotStart: offer.start,
    moves: [{ key: clientKey, from, to: offer.start }],
  };
}

function answerSkip(input: PlanInput, { clientKey }: Of<'skip'>): RequestAnswer {
  const start = presentStart(input, clientKey);
  if (start === null) {
    return { text: 'The client would be left out; nobody else moves.', slotStart: null, moves: [] };
  }
  const when = momentWords(epochMsOf(start), zoneOf(input, clientKey));
  return {
    text: `The client would be left out, and its place on ${when} becomes free; nobody else moves.`,
    slotStart: null,
    moves: [{ key: clientKey, from: start, to: null }],
  };
}

function presentStart({ clients }: PlanInput, key: string): Instant | null {
  const client = clients.find((each) => each.key === key);
  return (client?.keeps ?? client?.pinned ?? client?.current)?.start ?? null;
}

function othersWords(count: number): string {
  if (count === 0) return '; nobody else would move';
  return count === 1 ? '; 1 other client would move' : `; ${count} other clients would move`;
}

function zoneOf({ clients }: PlanInput, key: string): string {
  return clients.find((client) => client.key === key)?.zone ?? 'UTC';
}
