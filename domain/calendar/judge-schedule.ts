import { epochMsOf, instantOf, type Instant } from '../instant.ts';
import { coverageReasons, isStaffedAt, type AskedStart } from './coverage-reasons.ts';
import { openTimeOf, scopeLayers, type CalendarLayer, type ScopedLayer } from './calendar-layer.ts';
import { firstFit, fitsAt, horizonOf, worstCaseMsOf, type WorkScope } from './open-stretches.ts';
import type { PlacedRule } from './rule-windows.ts';
import { walk, type SpanSource } from './span.ts';

/** Why an instant is closed: which rule of whose calendar, and until when that rule alone keeps it closed. */
export interface ClosedReason {
  readonly layer: string;
  readonly rule: string;
  readonly until?: Instant;
}

/** Whether a rollout may start at an instant; it informs, admission decides again when it starts. */
export interface ScheduleVerdict {
  readonly closed: boolean;
  /** Every rule that closes the instant, not only the first; empty when it is open. */
  readonly reasons: readonly ClosedReason[];
  /** The first instant from the asked one on that is open and fits. */
  readonly nextOpen?: Instant;
  /** The end of the open stretch, when it is open and ends before the horizon. */
  readonly nextClose?: Instant;
  /** Up to when was searched, when nothing opens. */
  readonly horizon?: Instant;
}

/** The rule named when no allow rule covers an instant. */
export const noAllowRule = 'no allow rule';

/** The rule named when the open stretch ends before the worst case does. */
export const worstCaseDoesNotFit = 'worst case does not fit';

/**
 * Judges an instant by all layers: it is open when each of them is. A deny rule always beats an allow rule.
 * @throws CalendarError when a zone is missing or unknown.
 */
export function judgeSchedule(
  layers: readonly CalendarLayer[],
  at: Instant,
  scope: WorkScope = {},
): ScheduleVerdict {
  return judgeEpochMs(scopeLayers(layers, scope), epochMsOf(at), worstCaseMsOf(scope));
}

/**
 * The same for epoch milliseconds. `beyond` says that the asked instant lies less than a millisecond
 * later, so that work which fits to the millisecond no longer does.
 */
export function judgeEpochMs(
  layers: readonly ScopedLayer[],
  at: number,
  worstCaseMs: number,
  beyond = false,
): ScheduleVerdict {
  const horizon = horizonOf(at);
  const reasons = reasonsAt(layers, { at, worstCaseMs, beyond });
  if (reasons.length === 0) {
    const close = endOfStretch(openTimeOf(layers), at, horizon);
    const nextClose = close === undefined ? {} : { nextClose: instantOf(close) };
    return { closed: false, reasons, nextOpen: instantOf(at), ...nextClose };
  }
  const opens = firstFit(layers, beyond ? at + 1 : at, worstCaseMs);
  const next =
    opens === undefined ? { horizon: instantOf(horizon) } : { nextOpen: instantOf(opens) };
  return { closed: true, reasons, ...next };
}

/** Every reason for which work must not start: first what each layer says, then who is missing. */
export function reasonsAt(
  layers: readonly ScopedLayer[],
  { at, worstCaseMs, beyond = false }: AskedStart,
): readonly ClosedReason[] {
  const needed = beyond && worstCaseMs > 0 ? worstCaseMs + 1 : worstCaseMs;
  const moment = { at, horizon: horizonOf(at), worstCaseMs: needed };
  return [
    ...layers.flatMap((each) => reasonsOf(each, moment)),
    ...coverageReasons(layers, { at, worstCaseMs, beyond }),
  ];
}

interface Moment {
  readonly at: number;
  readonly horizon: number;
  readonly worstCaseMs: number;
}

/** Every reason for which one layer closes the moment. */
function reasonsOf(layer: ScopedLayer, moment: Moment): readonly ClosedReason[] {
  const { at, horizon, worstCaseMs } = moment;
  const reasons: ClosedReason[] = layer.deny
    .filter((each) => covers(each, at))
    .map(({ rule, windows }) => {
      const until = endOfStretch(windows, at, horizon);
      return {
        layer: layer.layer,
        rule: rule.name,
        ...(until !== undefined && { until: instantOf(until) }),
      };
    });
  if (!isAllowed(layer, at)) {
    reasons.push({ layer: layer.layer, rule: noAllowRule });
  }
  if (reasons.length === 0 && isStaffedAt(layer, at) && !fitsAt([layer], at, worstCaseMs)) {
    reasons.push({ layer: layer.layer, rule: worstCaseDoesNotFit });
  }
  return reasons;
}

function isAllowed({ allow, excused = [] }: ScopedLayer, at: number): boolean {
  if (allow === 'always' || excused.some(({ start, end }) => start <= at && at < end)) return true;
  return allow.some((each) => covers(each, at));
}

function covers({ windows }: PlacedRule, at: number): boolean {
  return windows({ start: at, end: at + 1 }).length > 0;
}

/** When the unbroken time that holds at the instant ends; nothing when that lies beyond the horizon. */
export function endOfStretch(source: SpanSource, at: number, horizon: number): number | undefined {
  const [stretch] = walk(source, { start: at, end: horizon + 1 });
  return stretch === undefined || stretch.end > horizon ? undefined : stretch.end;
}
