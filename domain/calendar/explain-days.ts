import type { Duration } from '../duration.ts';
import { instantOf, type Instant, type LocalDate } from '../instant.ts';
import { openTimeOf, scopeLayers, type CalendarLayer, type ScopedLayer } from './calendar-layer.ts';
import { reasonsOfDay, type TimelineReason } from './explain-day-reasons.ts';
import { dateWords, localTextAt } from './explain-time.ts';
import { dateOf, dayMs, dayOf, weekdayOf, type Weekday } from './local-time.ts';
import { caredFor, worstCaseMsOf, type WorkScope } from './open-stretches.ts';
import { clip, intersection, union, walk, type Span } from './span.ts';
import { tableOfZone } from './zone.ts';
import { resolveLocal } from './zone-table.ts';

/** The days of a range in one zone: when work may run, and what closes the time that would be allowed. */
export interface Timeline {
  readonly zone: string;
  readonly from: LocalDate;
  readonly to: LocalDate;
  readonly worstCase: Duration | null;
  readonly days: readonly TimelineDay[];
  /** How many open stretches the range has. */
  readonly opens: number;
  readonly summary: string;
}

/** One date. */
export interface TimelineDay {
  readonly date: LocalDate;
  readonly weekday: Weekday;
  /** The time in which work that may start also runs, cut at the day's midnights. */
  readonly open: readonly TimelineStretch[];
  /** Whatever closes allowed time of the day; `no allow rule` when nothing is allowed. */
  readonly closedBecause: readonly TimelineReason[];
}

/** An open stretch of a day and the rules that allow it. */
export interface TimelineStretch {
  readonly start: Instant;
  readonly end: Instant;
  /** Wall clock times `YYYY-MM-DDTHH:MM:SS`; a stretch to the end of the day ends on the next date. */
  readonly localStart: string;
  readonly localEnd: string;
  readonly rules: readonly string[];
}

/** Which days to explain, both ends inclusive, and for which work. */
export interface ExplainedDays {
  readonly from: LocalDate;
  readonly to: LocalDate;
  readonly zone: string;
  readonly scope?: WorkScope;
}

/**
 * Explains each day of a range: when it is open for work of that length, and why it is not otherwise.
 * @throws CalendarError when a zone is missing or unknown.
 */
export function explainDays(
  layers: readonly CalendarLayer[],
  { from, to, zone, scope = {} }: ExplainedDays,
): Timeline {
  const scoped = scopeLayers(layers, scope);
  const worstCaseMs = worstCaseMsOf(scope);
  const dates = datesBetween(from, to, zone);
  const range = { start: dates[0]?.start ?? 0, end: dates.at(-1)?.end ?? 0 };
  const running = runningTime(scoped, range, worstCaseMs);
  const days = dates.map(({ date, ...span }): TimelineDay => {
    const open = clip(running, span);
    return {
      date,
      weekday: weekdayOf(dayOf(date)),
      open: open.map((each) => stretchOf(each, scoped, zone)),
      closedBecause: reasonsOfDay(scoped, span, { open, zone, worstCaseMs }),
    };
  });
  return {
    zone,
    from,
    to,
    worstCase: scope.worstCase ?? null,
    days,
    opens: running.length,
    summary: summaryOf(days),
  };
}

interface DateSpan extends Span {
  readonly date: LocalDate;
}

/** The dates of the range that the zone does not skip. */
function datesBetween(from: LocalDate, to: LocalDate, zone: string): readonly DateSpan[] {
  const table = tableOfZone(zone);
  const first = dayOf(from);
  const days = Array.from({ length: Math.max(dayOf(to) - first + 1, 0) }, (_, n) => first + n);
  return days
    .map((day) => ({
      date: dateOf(day),
      start: resolveLocal(table, day * dayMs).first,
      end: resolveLocal(table, (day + 1) * dayMs).first,
    }))
    .filter(({ start, end }) => start < end);
}

/** Where work is running that started when it may: from each possible start to the end of its worst case. */
function runningTime(
  layers: readonly ScopedLayer[],
  range: Span,
  worstCaseMs: number,
): readonly Span[] {
  const length = Math.max(worstCaseMs, 1);
  const cared = caredFor(layers, worstCaseMs);
  const wide = { start: range.start - length, end: range.end + length };
  const running: Span[] = [];
  for (const { start, end } of walk(openTimeOf(layers), wide)) {
    const starts = { start, end: end - length + 1 };
    if (starts.start >= starts.end) continue;
    for (const each of cared(starts)) {
      const isCut = each.end < starts.end;
      running.push({ start: each.start, end: each.end - 1 + (isCut ? worstCaseMs : length) });
    }
  }
  return clip(union(running), range);
}

function stretchOf(span: Span, layers: readonly ScopedLayer[], zone: string): TimelineStretch {
  return {
    start: instantOf(span.start),
    end: instantOf(span.end),
    localStart: localTextAt(span.start, zone),
    localEnd: localTextAt(span.end, zone),
    rules: [...new Set(layers.flatMap((each) => allowingRules(each, span)))],
  };
}

function allowingRules({ allow }: ScopedLayer, span: Span): readonly string[] {
  if (allow === 'always') return [];
  return allow
    .filter(({ windows }) => intersection(union(windows(span)), [span]).length > 0)
    .map(({ rule }) => rule.name);
}

function summaryOf(days: readonly TimelineDay[]): string {
  const openings = days.flatMap(({ date, open }) =>
    open.slice(0, 1).map((stretch) => ({ date, stretch })),
  );
  const [first] = openings;
  if (first === undefined) return `No day of ${days.length} has open time.`;
  const { date, stretch } = first;
  const [from, to] = [stretch.localStart.slice(11, 16), endOfDayText(stretch, date)];
  const when = `${dateWords(date, date.slice(0, 4))} ${from}–${to}`;
  const has = openings.length === 1 ? 'has' : 'have';
  return `${openings.length} of ${days.length} days ${has} open time, first ${when}.`;
}

/** `24:00` when the stretch reaches the end of its date. */
export function endOfDayText({ localEnd }: TimelineStretch, date: LocalDate): string {
  return localEnd.startsWith(date) ? localEnd.slice(11, 16) : '24:00';
}
