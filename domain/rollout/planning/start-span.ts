import { dayMs, dayOfLocalMs } from '../../calendar/local-time.ts';
import type { Span } from '../../calendar/span.ts';
import { tableOfZone } from '../../calendar/zone.ts';
import { offsetAt, resolveLocal } from '../../calendar/zone-table.ts';

/** Instants from the first to the last, both included, at which work may start and still fits. */
export interface StartSpan {
  readonly first: number;
  readonly last: number;
  /** The end of the open stretch they lie in. */
  readonly stretchEnd: number;
}

/** The starts at which work of that length fits into its open stretch and ends before its latest end. */
export function startsWithin(
  stretches: readonly Span[],
  { worstCaseMs, zone }: { readonly worstCaseMs: number; readonly zone: string },
): readonly StartSpan[] {
  return stretches.flatMap(({ start, end }) => {
    const lastDay = worstCaseMs > dayMs ? start : Math.max(start, end - dayMs);
    return datesWithin(start, lastDay, zone)
      .map((date) => ({
        first: date.start,
        last: Math.min(date.end - 1, date.until - worstCaseMs),
      }))
      .concat({ first: lastDay, last: end - worstCaseMs })
      .filter(({ first, last }) => first <= last)
      .map((piece) => ({ ...piece, stretchEnd: end }));
  });
}

/**
 * By when work that starts there must be over: the end of its open stretch, but not beyond the announced date
 * unless one window carries on from it.
 */
export function latestEndOf(
  start: number,
  { stretchEnd, worstCaseMs, zone }: { stretchEnd: number; worstCaseMs: number; zone: string },
): number {
  if (stretchEnd - start <= dayMs) return stretchEnd;
  const counted = worstCaseMs > dayMs ? start + worstCaseMs - 1 : start;
  return Math.min(stretchEnd, nextMidnight(counted, zone));
}

/** The instant at which the next local date begins. */
export function nextMidnight(at: number, zone: string): number {
  const table = tableOfZone(zone);
  const day = dayOfLocalMs(at + offsetAt(table, at));
  const next = resolveLocal(table, (day + 1) * dayMs).first;
  // A zone that repeats its midnight is still on the old date at the first one's end.
  return next > at ? next : resolveLocal(table, (day + 2) * dayMs).first;
}

/** The first start of the spans from an instant on; nothing when there is none. */
export function firstStartFrom(spans: readonly StartSpan[], from: number): number | undefined {
  const span = spans[firstSpanFrom(spans, from)];
  return span === undefined ? undefined : Math.max(span.first, from);
}

/** The index of the first span that has a start at or after the instant. */
export function firstSpanFrom(spans: readonly StartSpan[], from: number): number {
  let low = 0;
  let high = spans.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((spans[middle]?.last ?? Infinity) < from) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** The span that an instant is a start of. */
export function spanAt(spans: readonly StartSpan[], start: number): StartSpan | undefined {
  const span = spans[firstSpanFrom(spans, start)];
  return span !== undefined && span.first <= start ? span : undefined;
}

/** The starts that do not meet what is busy: work may neither begin in it nor run into it. */
export function startsBeside(
  spans: readonly StartSpan[],
  busy: readonly Span[],
  worstCaseMs: number,
): readonly StartSpan[] {
  return busy.reduce<readonly StartSpan[]>(
    (left, { start, end }) =>
      left.flatMap((span) =>
        [
          { ...span, last: Math.min(span.last, start - worstCaseMs) },
          { ...span, first: Math.max(span.first, end) },
        ].filter(({ first, last }) => first <= last),
      ),
    spans,
  );
}

/** The starts between two instants, both included. */
export function startsBetween(
  spans: readonly StartSpan[],
  from: number,
  until: number,
): readonly StartSpan[] {
  return spans
    .map((span) => ({
      ...span,
      first: Math.max(span.first, from),
      last: Math.min(span.last, until),
    }))
    .filter(({ first, last }) => first <= last);
}

/** The local dates of a stretch, each cut to it, and where each would end by itself. */
function datesWithin(
  start: number,
  end: number,
  zone: string,
): readonly { readonly start: number; readonly end: number; readonly until: number }[] {
  const dates: { start: number; end: number; until: number }[] = [];
  for (let at = start; at < end;) {
    const until = nextMidnight(at, zone);
    dates.push({ start: at, end: Math.min(until, end), until });
    at = until;
  }
  return dates;
}
