import type { PlacedAftercare } from './coverage.ts';
import { clip, touching, type Span, type SpanSource } from './span.ts';

/** How far is read at first; then twice as far each time. */
const firstWidth = 7 * 86_400_000;

/**
 * The starts, in whole milliseconds, after whose worst case enough time is staffed. How much is staffed
 * behind a start only changes direction where a shift begins or ends at one of the two edges of the time
 * looked at; between those it is a straight line, so nothing is tried minute by minute.
 */
export function caredStarts(
  { withinMs, neededMs, staffed }: PlacedAftercare,
  worstCaseMs: number,
): SpanSource {
  return (range) => {
    const shifts = staffed({
      start: range.start + worstCaseMs,
      end: range.end + worstCaseMs + withinMs,
    });
    const cared: Span[] = [];
    for (const line of linesOf(shifts, range, { worstCaseMs, withinMs })) {
      const found = enoughOf(line, neededMs);
      const last = cared.at(-1);
      if (found.start >= found.end) continue;
      if (last?.end === found.start) {
        cared[cared.length - 1] = { start: last.start, end: found.end };
      } else cared.push(found);
    }
    return cared;
  };
}

/** The first whole minute of the range that the source covers, reading it only as far as needed. */
export function firstWholeMinute(source: SpanSource, range: Span): number | undefined {
  let width = firstWidth;
  for (let start = range.start; start < range.end; start += width, width *= 2) {
    for (const span of source({ start, end: Math.min(start + width, range.end) })) {
      const minute = Math.ceil(span.start / 60_000) * 60_000;
      if (minute < span.end) return minute;
    }
  }
  return undefined;
}

/**
 * The same source for ranges that only move on from the given instant: it is read once, first a week, then twice
 * as much each time, however many ranges are asked for and however far each looks ahead.
 */
export function readOnce(source: SpanSource, from: number): SpanSource {
  const known: Span[] = [];
  let [until, width] = [from, firstWidth];
  return (range) => {
    for (; until < range.end; until += width, width *= 2) {
      for (const each of source({ start: until, end: until + width })) known.push(each);
    }
    return clip(touching(known, range), range);
  };
}

/** How many milliseconds are staffed behind a start and its worst case. */
export function staffedAfter(
  { withinMs, staffed }: PlacedAftercare,
  at: number,
  worstCaseMs: number,
): number {
  const start = at + worstCaseMs;
  const shifts = withinMs === 0 ? [] : staffed({ start, end: start + withinMs });
  return lengthOf(shifts);
}

/** A stretch of starts along which the staffed time behind them grows, stays or shrinks evenly. */
interface Line extends Span {
  readonly staffedMs: number;
  /** 1, 0 or −1 milliseconds for each millisecond that the start is later. */
  readonly slope: number;
}

interface Lengths {
  readonly worstCaseMs: number;
  readonly withinMs: number;
}

function linesOf(
  shifts: readonly Span[],
  range: Span,
  { worstCaseMs, withinMs }: Lengths,
): readonly Line[] {
  const turnsAt = (edge: 'start' | 'end', earlierBy: number, by: number) =>
    shifts.map((shift) => ({ at: shift[edge] - earlierBy, by }));
  // four lists that are each in order, which the sort takes in one go
  const turns = [
    ...turnsAt('start', worstCaseMs + withinMs, 1),
    ...turnsAt('end', worstCaseMs + withinMs, -1),
    ...turnsAt('start', worstCaseMs, -1),
    ...turnsAt('end', worstCaseMs, 1),
  ];
  turns.sort((a, b) => a.at - b.at);
  const from = range.start + worstCaseMs;
  const first = { start: from, end: from + withinMs };
  let [start, slope, staffedMs] = [
    range.start,
    0,
    lengthOf(shifts.map((each) => within(each, first))),
  ];
  const lines: Line[] = [];
  for (const { at, by } of [...turns, { at: range.end, by: 0 }]) {
    const end = Math.min(at, range.end);
    if (end > start) {
      lines.push({ start, end, staffedMs, slope });
      staffedMs += slope * (end - start);
      start = end;
    }
    slope += by;
  }
  return lines;
}

/** The part of a line on which at least so much is staffed. */
function enoughOf({ start, end, staffedMs, slope }: Line, neededMs: number): Span {
  const spare = staffedMs - neededMs;
  if (slope > 0) return { start: Math.max(start, start - spare), end };
  if (spare < 0) return { start, end: start };
  return { start, end: slope < 0 ? Math.min(end, start + spare + 1) : end };
}

function within(span: Span, bounds: Span): Span {
  return { start: Math.max(span.start, bounds.start), end: Math.min(span.end, bounds.end) };
}

function lengthOf(spans: readonly Span[]): number {
  return spans.reduce((sum, { start, end }) => sum + Math.max(end - start, 0), 0);
}
