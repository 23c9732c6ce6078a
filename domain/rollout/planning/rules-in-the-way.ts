import {
  type CalendarLayer,
  deniedTime,
  openTimeOf,
  type RuleScope,
  type ScopedLayer,
  scopeLayers,
} from '../../calendar/calendar-layer.ts';
import { judgeSchedule, noAllowRule } from '../../calendar/judge-schedule.ts';
import { caredFor } from '../../calendar/open-stretches.ts';
import { difference, intersection, type Span, union } from '../../calendar/span.ts';
import type { Duration } from '../../duration.ts';
import { instantOf } from '../../instant.ts';

/** For whom and how long the time must be open. */
export interface WorkAsked {
  readonly layers: readonly CalendarLayer[];
  readonly scope: RuleScope;
  readonly worstCaseMs: number;
}

/**
 * Every rule that closes allowed time within a range, as people read it: `year-end freeze (vendor)`. Where nothing
 * is allowed in the first place, whose allow rules leave none.
 */
export function rulesInTheWay(asked: WorkAsked, range: Span): readonly string[] {
  if (range.start >= range.end) return [];
  const scoped = scopeLayers(asked.layers, asked.scope);
  const allowed = openTimeOf(scoped.map(withoutDenials))(range);
  if (allowed.length === 0) return unallowed(scoped, range);
  const denials = scoped.flatMap(({ layer, deny }) =>
    deny
      .filter(({ windows }) => intersection(allowed, union(windows(range))).length > 0)
      .map(({ rule }) => `${rule.name} (${layer})`),
  );
  return [...new Set([...denials, ...shortages(scoped, { allowed, asked, range })])];
}

/** Every rule that closes one moment, in the same words. */
export function rulesAt(asked: WorkAsked & { worstCase: Duration }, at: number): readonly string[] {
  const { layers, scope, worstCase } = asked;
  const { reasons } = judgeSchedule(layers, instantOf(at), { ...scope, worstCase });
  return reasons.map(({ layer, rule }) => `${rule} (${layer})`);
}

/** The longest stretch within a range in which all layers are open. */
export function longestStretch({ layers, scope }: WorkAsked, range: Span): number {
  const open = openTimeOf(scopeLayers(layers, scope))(range);
  return open.reduce((longest, { start, end }) => Math.max(longest, end - start), 0);
}

function withoutDenials(layer: ScopedLayer): ScopedLayer {
  return { ...layer, deny: [], coverage: null };
}

function unallowed(scoped: readonly ScopedLayer[], range: Span): readonly string[] {
  const silent = scoped.filter((each) => openTimeOf([withoutDenials(each)])(range).length === 0);
  if (silent.length > 0) {
    return silent.flatMap(({ layer, deny }) => [
      `${noAllowRule} (${layer})`,
      ...deny
        .filter(({ windows }) => windows(range).length > 0)
        .map(({ rule }) => `${rule.name} (${layer})`),
    ]);
  }
  const names = scoped.filter(({ allow }) => allow !== 'always').map(({ layer }) => layer);
  return [`the allowed times of ${names.join(' and ')} do not meet`];
}

/** Teams that are short within the allowed time, and aftercare that is too little everywhere. */
function shortages(
  scoped: readonly ScopedLayer[],
  { allowed, asked, range }: { allowed: readonly Span[]; asked: WorkAsked; range: Span },
): readonly string[] {
  const denied = scoped.map((each) => deniedTime({ ...each, coverage: null }, range));
  const left = denied.reduce((open, each) => difference(open, each), allowed);
  const during = scoped.flatMap(({ coverage }) =>
    (coverage?.during ?? [])
      .filter(({ staffed }) => difference(left, staffed(range)).length > 0)
      .map(({ team }) => `during: ${team} (coverage)`),
  );
  const cared = caredFor(scoped, asked.worstCaseMs)(range);
  return difference(left, cared).length > 0 ? [...during, 'aftercare (coverage)'] : during;
}
