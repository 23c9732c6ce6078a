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
  return from.flatMap((span) => {
    const left: Span[] = [];
    let start = span.start;
    for (const each of taken) {
      if (each.end <= start || each.start >= span.end) continue;
      if (each.start > start) left.push({ start, end: each.start });
      start = each.end;
    }
    if (start < span.end) left.push({ start, end: span.end });
    return left;
  });
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

/**
 * Walks through the joined spans of a range, reading the source only as far as the caller looks: first a
 * week, then twice as much each time. What reaches beyond the range ends with it.
 */
export function* walk(source: SpanSource, range: Span): Generator<Span, void> {
  let open: Span | undefined;
  let width = 7 * 86_400_000;
  for (let start = range.start; start < range.end; start += width, width *= 2) {
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
