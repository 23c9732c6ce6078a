/** A half-open stretch of time in epoch milliseconds. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

/** The spans as one set of time: sorted, touching ones joined. */
export function union(spans: readonly Span[]): readonly Span[] {
  const joined: Span[] = [];
  for (const span of [...spans].sort((a, b) => a.start - b.start)) {
    const last = joined.at(-1);
    if (last === undefined || span.start > last.end) joined.push(span);
    else if (span.end > last.end) joined[joined.length - 1] = { start: last.start, end: span.end };
  }
  return joined;
}

/** The time in both; both must be unions. */
export function intersection(left: readonly Span[], right: readonly Span[]): readonly Span[] {
  const common: Span[] = [];
  let l = 0;
  let r = 0;
  for (let a = left[l], b = right[r]; a && b; a = left[l], b = right[r]) {
    const start = Math.max(a.start, b.start);
    const end = Math.min(a.end, b.end);
    if (start < end) common.push({ start, end });
    if (a.end < b.end) l++;
    else r++;
  }
  return common;
}

/** The time in the first but not in the second; both must be unions. */
export function difference(from: readonly Span[], taken: readonly Span[]): readonly Span[] {
  const left: Span[] = [];
  let first = 0;
  for (const { start, end } of from) {
    while ((taken[first]?.end ?? Infinity) <= start) first++;
    let rest = start;
    for (let index = first; rest < end; index++) {
      const next = taken[index];
      if (next === undefined || next.start >= end) break;
      if (next.start > rest) left.push({ start: rest, end: next.start });
      rest = Math.max(rest, next.end);
    }
    if (rest < end) left.push({ start: rest, end });
  }
  return left;
}

/** Those of the spans that share time with the range; they must be a union. */
export function touching<Each extends Span>(spans: readonly Each[], range: Span): readonly Each[] {
  let low = 0;
  let high = spans.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((spans[middle]?.end ?? Infinity) > range.start) high = middle;
    else low = middle + 1;
  }
  const first = low;
  while ((spans[low]?.start ?? Infinity) < range.end) low++;
  return spans.slice(first, low);
}

/** What of the spans lies inside the range. */
export function clip(spans: readonly Span[], range: Span): readonly Span[] {
  return spans
    .map(({ start, end }) => ({
      start: Math.max(start, range.start),
      end: Math.min(end, range.end),
    }))
    .filter(({ start, end }) => start < end);
}

/** Answers which spans touch a range; they may overlap and reach beyond it. */
export type SpanSource = (range: Span) => readonly Span[];

/** The most that `walk` reads at once, so that a search of years holds no years of spans. */
const widestMs = 112 * 86_400_000;

/**
 * Walks through the joined spans of a range, reading the source only as far as the caller looks: first a
 * week, then twice as much each time. What reaches beyond the range ends with it.
 */
export function* walk(source: SpanSource, range: Span): Generator<Span, void> {
  let open: Span | undefined;
  let width = 7 * 86_400_000;
  for (let start = range.start; start < range.end; start += width) {
    if (start > range.start) width = Math.min(width * 2, widestMs);
    const chunk = { start, end: Math.min(start + width, range.end) };
    for (const span of union(clip(source(chunk), chunk))) {
      if (open?.end === span.start) {
        open = { start: open.start, end: span.end };
        continue;
      }
      if (open) yield open;
      open = span;
    }
    if (open && open.end < chunk.end) {
      yield open;
      open = undefined;
    }
  }
  if (open) yield open;
}
