import { type CalendarLayer, openTimeOf, scopeLayers } from '../../calendar/calendar-layer.ts';
import { dayMs } from '../../calendar/local-time.ts';
import { caredFor } from '../../calendar/open-stretches.ts';
import { localDateAt, localToInstant } from '../../calendar/zone.ts';
import { durationMs } from '../../duration.ts';
import { epochMsOf, instantOf, type LocalDate, plusMs } from '../../instant.ts';
import type { PlanClient, PlanInput } from '../plan-input.ts';
import type { CalendarOf } from './client-side.ts';
import { nextMidnight, type StartSpan, startsBetween, startsWithin } from './start-span.ts';

/** Which rules speak of a client, and in whose zone. */
export interface ClientScope {
  readonly kind: string;
  readonly tags: readonly string[];
  readonly clientZone: string;
}

/** Answers when a client's work may start; clients to whom the same rules apply share one answer, by identity. */
export type OpenTimeOf = (client: PlanClient) => readonly StartSpan[];

/** Computes the open time of each kind of client once, over the whole time up to the latest date. */
export function openTimeOfClients(input: PlanInput, calendarOf: CalendarOf): OpenTimeOf {
  const known = new Map<string, readonly StartSpan[]>();
  const named = namedTags(input, calendarOf);
  return (client) => {
    const tags = client.tags.filter((tag) => named.has(tag)).toSorted();
    const key = JSON.stringify([client.layers, client.zone, tags]);
    const spans = known.get(key) ?? startsOf(input, client, layersOf(input, client, calendarOf));
    known.set(key, spans);
    return spans;
  };
}

/** Whose windows must all be open for this client. */
export function layersOf(
  input: PlanInput,
  client: PlanClient,
  calendarOf: CalendarOf,
): readonly CalendarLayer[] {
  const { vendorCalendarId, policyCalendarId } = input;
  return [
    ...(vendorCalendarId === null ? [] : [calendarOf('vendor', vendorCalendarId)]),
    ...(policyCalendarId === null ? [] : [calendarOf('policy', policyCalendarId)]),
    ...client.layers.map(({ layer, calendarId, replacesAllow, valid }) => ({
      ...calendarOf(layer, calendarId),
      ...(replacesAllow && { replacesAllow }),
      ...(valid && { valid }),
    })),
  ];
}

/** A critical change keeps to the rules that calendars have for hotfixes. */
export function scopeOf({ critical, changeKind }: PlanInput, client: PlanClient): ClientScope {
  const kind = critical ? 'hotfix' : changeKind;
  return { kind, tags: client.tags, clientZone: client.zone };
}

/** The starts that such layers leave to a client between its earliest and its latest date. */
export function startsOf(
  input: PlanInput,
  client: PlanClient,
  layers: readonly CalendarLayer[],
): readonly StartSpan[] {
  const worstCaseMs = durationMs(input.policy.worstCase);
  const { from, until } = datesOf(input, client.zone);
  if (until <= from) return [];
  const scoped = scopeLayers(layers, scopeOf(input, client));
  // The margin tells a stretch that ends from one that only leaves the range.
  const range = { start: from, end: until + 2 * dayMs + worstCaseMs };
  const starts = startsBetween(
    startsWithin(openTimeOf(scoped)(range), { worstCaseMs, zone: client.zone }),
    from,
    until - 1,
  );
  const cared = caredFor(scoped, worstCaseMs)({ start: from, end: until });
  return starts.flatMap((span) =>
    cared
      .map(({ start, end }) => ({
        ...span,
        first: span.first < start ? Math.ceil(start / 60_000) * 60_000 : span.first,
        last: Math.min(span.last, end - 1),
      }))
      .filter(({ first, last }) => first <= last),
  );
}

/** The end of the open stretch that a start lies in, however late it is; the start itself where it is closed. */
export function stretchEndAt(
  start: number,
  { input, client, calendarOf }: { input: PlanInput; client: PlanClient; calendarOf: CalendarOf },
): number {
  const scoped = scopeLayers(layersOf(input, client, calendarOf), scopeOf(input, client));
  const end = start + 2 * dayMs + durationMs(input.policy.worstCase);
  const [stretch] = openTimeOf(scoped)({ start, end });
  return stretch?.start === start ? stretch.end : start;
}

/** From when until when production may start, by the plan's dates; the end is not included. */
export function datesOf(
  input: PlanInput,
  zone: string,
): { readonly from: number; readonly until: number } {
  const { plannedAt, earliestDate } = input;
  const midnightOf = (date: LocalDate): number =>
    epochMsOf(localToInstant(zone, `${date}T00:00`).instant);
  const planned = epochMsOf(plannedAt);
  return {
    from: earliestDate === null ? planned : Math.max(planned, midnightOf(earliestDate)),
    until: nextMidnight(midnightOf(latestDateOf(input, zone)), zone),
  };
}

/** The last local date on which production may start. */
export function latestDateOf(input: PlanInput, zone: string): LocalDate {
  if (input.latestDate !== null) return input.latestDate;
  return localDateAt(zone, plusMs(input.plannedAt, input.policy.latestDateDays * dayMs));
}

/** The date that a zone has at a moment. */
export function localDateOf(at: number, zone: string): LocalDate {
  return localDateAt(zone, instantOf(at));
}

/** Only tags that some rule names make a difference. */
function namedTags(input: PlanInput, calendarOf: CalendarOf): ReadonlySet<string> {
  return new Set(
    Object.keys(input.calendars).flatMap((id) => {
      const { allow, deny } = calendarOf('vendor', id).calendar;
      return [...(allow === 'always' ? [] : allow), ...deny].flatMap(({ tags = [] }) => tags);
    }),
  );
}
