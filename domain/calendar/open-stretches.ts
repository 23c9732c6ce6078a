import { durationMs, type Duration } from '../duration.ts';
import { epochMsOf, instantOf, type Instant } from '../instant.ts';
import { caredStarts, firstWholeMinute, readOnce } from './aftercare.ts';
import {
  openTimeOf,
  scopeLayers,
  type CalendarLayer,
  type RuleScope,
  type ScopedLayer,
} from './calendar-layer.ts';
import { allOf } from './coverage.ts';
import { walk, type Span, type SpanSource } from './span.ts';

/** A half-open stretch of time. */
export interface Stretch {
  readonly start: Instant;
  readonly end: Instant;
}

/** Which work is to fit into an open stretch. */
export interface WorkScope extends RuleScope {
  /** How long the work may take at worst; a day in it is 24 hours. */
  readonly worstCase?: Duration | undefined;
}

/**
 * The stretches of a range in which all layers are open: joined where they touch, cut at the range's ends.
 * @throws CalendarError when a zone is missing or unknown.
 */
export function openStretches(
  layers: readonly CalendarLayer[],
  range: Stretch,
  scope: RuleScope = {},
): readonly Stretch[] {
  const spans = walk(openTimeOf(scopeLayers(layers, scope)), spanOf(range));
  return [...spans].map(({ start, end }) => ({ start: instantOf(start), end: instantOf(end) }));
}

/**
 * The first instant at or after the given one at which work may start and still fits; nothing within two years
 * when there is none.
 * @throws CalendarError when a zone is missing or unknown.
 */
export function nextOpen(
  layers: readonly CalendarLayer[],
  at: Instant,
  scope: WorkScope = {},
): Instant | undefined {
  const [scoped, worstCaseMs] = [scopeLayers(layers, scope), worstCaseMsOf(scope)];
  if (mayStartAt(scoped, epochMsOf(at), worstCaseMs)) return at;
  const found = firstFit(scoped, epochMsOf(at), worstCaseMs);
  return found === undefined ? undefined : instantOf(found);
}

/**
 * Whether work that starts at the instant ends inside the open stretch it starts in.
 * @throws CalendarError when a zone is missing or unknown.
 */
export function fits(
  layers: readonly CalendarLayer[],
  at: Instant,
  scope: WorkScope = {},
): boolean {
  return fitsAt(scopeLayers(layers, scope), epochMsOf(at), worstCaseMsOf(scope));
}

/** The worst case of a question in milliseconds; longer than ten years counts as ten. */
export function worstCaseMsOf({ worstCase }: WorkScope): number {
  return Math.min(worstCase === undefined ? 0 : durationMs(worstCase), 3653 * 86_400_000);
}

/** Until when answers are searched: the same UTC date two years later. */
export function horizonOf(epochMs: number): number {
  const later = new Date(epochMs);
  later.setUTCFullYear(later.getUTCFullYear() + 2);
  // 29 February has no such date; the day before stands for it.
  if (later.getUTCDate() !== new Date(epochMs).getUTCDate()) later.setUTCDate(0);
  return later.getTime();
}

/** Whether work of that length fits at the instant. */
export function fitsAt(layers: readonly ScopedLayer[], at: number, worstCaseMs: number): boolean {
  const range = { start: at, end: at + Math.max(worstCaseMs, 1) };
  const [stretch] = walk(openTimeOf(layers), range);
  return stretch?.start === range.start && stretch.end === range.end;
}

/** Whether work of that length fits at the instant and is followed by the aftercare that the layers demand. */
export function mayStartAt(
  layers: readonly ScopedLayer[],
  at: number,
  worstCaseMs: number,
): boolean {
  if (!fitsAt(layers, at, worstCaseMs)) return false;
  return caredFor(layers, worstCaseMs)({ start: at, end: at + 1 }).length > 0;
}

/**
 * The first instant from the given one on at which work of that length may start, within the horizon. Where
 * aftercare is demanded only whole minutes are tried, since it begins to be enough at any fraction of one.
 */
export function firstFit(
  layers: readonly ScopedLayer[],
  at: number,
  worstCaseMs: number,
): number | undefined {
  const horizon = horizonOf(at);
  const length = Math.max(worstCaseMs, 1);
  const isCaredFor = layers.some(({ coverage }) => coverage?.aftercare);
  const cared = readOnce(caredFor(layers, worstCaseMs), at);
  for (const { start, end } of walk(openTimeOf(layers), { start: at, end: horizon + length })) {
    if (start + length > end) continue;
    const starts = { start, end: end - length + 1 };
    const first = isCaredFor ? firstWholeMinute(cared, starts) : start;
    if (first !== undefined) return first;
  }
  return undefined;
}

/** The starts after which every layer has the aftercare it demands. */
export function caredFor(layers: readonly ScopedLayer[], worstCaseMs: number): SpanSource {
  return allOf(
    layers.flatMap(({ coverage }) =>
      coverage?.aftercare ? [caredStarts(coverage.aftercare, worstCaseMs)] : [],
    ),
  );
}

function spanOf(range: Stretch): Span {
  return { start: epochMsOf(range.start), end: epochMsOf(range.end) };
}
