import { instantOf, type Instant } from '../instant.ts';
import { allowedTime, openTimeOf, type ScopedLayer } from './calendar-layer.ts';
import { aftercareRule, coverageLayer, duringRule } from './coverage-reasons.ts';
import { explainScoped, type ScopedStart } from './explain-reason.ts';
import { timeWords } from './explain-time.ts';
import {
  endOfStretch,
  noAllowRule,
  reasonsAt,
  worstCaseDoesNotFit,
  type ClosedReason,
} from './judge-schedule.ts';
import { horizonOf } from './open-stretches.ts';
import { clip, difference, intersection, union, type Span } from './span.ts';

/** A rule that closes allowed time, and the sentence for people. */
export interface TimelineReason {
  readonly layer: string;
  readonly rule: string;
  readonly text: string;
  readonly until: Instant | null;
}

/** What is known of the day: where work may be running, for whom it is told, and how long the work may take. */
export interface ExplainedDay {
  readonly open: readonly Span[];
  readonly zone: string;
  readonly worstCaseMs: number;
}

/** Whatever closes allowed time of a day, each rule once with the sentence for the first time at which it does. */
export function reasonsOfDay(
  layers: readonly ScopedLayer[],
  day: Span,
  about: ExplainedDay,
): readonly TimelineReason[] {
  const allowed = layers.reduce<readonly Span[]>(
    (common, each) => intersection(common, allowedTime(each, day)),
    [day],
  );
  const found =
    allowed.length === 0 ? nothingAllowed(layers, day) : closersOf(layers, allowed, about);
  const from = allowed[0]?.start ?? day.start;
  return oncePerRule(found).map((each) => {
    const told = toldReason(layers, each, about);
    if (each.at === from) return told;
    return {
      ...told,
      text: `from ${timeWords(each.at, { zone: about.zone, at: from })}: ${told.text}`,
    };
  });
}

interface FoundReason extends ClosedReason {
  /** When it first closes allowed time. */
  readonly at: number;
  /** Work of this length is spoken of. */
  readonly worstCaseMs: number;
}

/** The layers that allow nothing of the day; all that restrict it when only together they do. */
function nothingAllowed(layers: readonly ScopedLayer[], day: Span): readonly FoundReason[] {
  const restricting = layers.filter(({ allow }) => allow !== 'always');
  const without = restricting.filter((each) => allowedTime(each, day).length === 0);
  return (without.length > 0 ? without : restricting).map(({ layer }) => ({
    layer,
    rule: noAllowRule,
    at: day.start,
    worstCaseMs: 0,
  }));
}

function closersOf(
  layers: readonly ScopedLayer[],
  allowed: readonly Span[],
  about: ExplainedDay,
): readonly FoundReason[] {
  return [
    ...layers.flatMap((each) => denials(each, allowed)),
    ...layers.flatMap((each) => shortages(each, allowed)),
    ...startsDenied(layers, allowed, about),
  ];
}

function denials({ layer, deny }: ScopedLayer, allowed: readonly Span[]): readonly FoundReason[] {
  return deny.flatMap(({ rule, windows }) => {
    const [taken] = allowed.flatMap((each) => clip(union(windows(each)), each));
    if (taken === undefined) return [];
    const end = endOfStretch(windows, taken.start, horizonOf(taken.start));
    const until = end === undefined ? {} : { until: instantOf(end) };
    return [{ layer, rule: rule.name, ...until, at: taken.start, worstCaseMs: 0 }];
  });
}

function shortages({ coverage }: ScopedLayer, allowed: readonly Span[]): readonly FoundReason[] {
  return (coverage?.during ?? []).flatMap(({ team, staffed }) => {
    const [short] = allowed.flatMap((each) => difference([each], staffed(each)));
    if (short === undefined) return [];
    return [{ layer: coverageLayer, rule: duringRule(team), at: short.start, worstCaseMs: 0 }];
  });
}

/** Open time in which nothing can be running because no work may start for it. */
function startsDenied(
  layers: readonly ScopedLayer[],
  allowed: readonly Span[],
  { open, worstCaseMs }: ExplainedDay,
): readonly FoundReason[] {
  const idle = allowed.flatMap((each) => difference(openTimeOf(layers)(each), open));
  // the last possible start is open itself, what closes comes behind it
  const tried = idle.flatMap(({ start }) => [start, start + 1]);
  return tried.flatMap((at) =>
    reasonsAt(layers, { at, worstCaseMs })
      .filter(({ rule }) => rule === worstCaseDoesNotFit || rule === aftercareRule)
      .map((reason) => ({ ...reason, at, worstCaseMs })),
  );
}

/** In the order in which they begin to close. */
function oncePerRule(reasons: readonly FoundReason[]): readonly FoundReason[] {
  const first = new Map<string, FoundReason>();
  for (const each of reasons) {
    const key = `${each.layer}\n${each.rule}`;
    if (!first.has(key)) first.set(key, each);
  }
  return [...first.values()].sort((a, b) => a.at - b.at);
}

function toldReason(
  layers: readonly ScopedLayer[],
  { at, worstCaseMs, ...reason }: FoundReason,
  { zone }: ExplainedDay,
): TimelineReason {
  const start: ScopedStart = { zone, at, worstCaseMs };
  const { layer, rule, until = null } = reason;
  return { layer, rule, text: explainScoped(layers, reason, start), until };
}
