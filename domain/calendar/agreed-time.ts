import type { ValidSpan } from './calendar-document.ts';
import { CalendarError } from './calendar-error.ts';
import type { LocalDate } from '../instant.ts';
import { dayMs, dayOf } from './local-time.ts';
import type { PlacedRule } from './rule-windows.ts';
import { difference, intersection, union, type Span } from './span.ts';
import { tableOfZone } from './zone.ts';
import { resolveLocal } from './zone-table.ts';

/** Rules of a layer that may have a say at some times only. */
export interface SpeakingRules {
  readonly allow: 'always' | readonly PlacedRule[];
  readonly deny: readonly PlacedRule[];
  readonly excused?: readonly Span[];
}

/**
 * The time in which these agreements stand instead of the vendor's allow rules; null = at all times. Their days are
 * the client's, so an overnight window is cut at the midnight that ends the last one.
 * @throws CalendarError when the client's zone is needed and missing or unknown.
 */
export function agreedTime(
  agreed: readonly { readonly valid?: ValidSpan }[],
  clientZone: string | undefined,
): readonly Span[] | null {
  const spans: Span[] = [];
  for (const { valid } of agreed) {
    if (valid?.since === undefined && valid?.until === undefined) return null;
    const { since, until } = valid;
    spans.push({
      start: since === undefined ? -Infinity : midnightOf(since, 0, clientZone),
      end: until === undefined ? Infinity : midnightOf(until, 1, clientZone),
    });
  }
  return union(spans);
}

/** A layer of the vendor whose allow rules have no say within that time. */
export function excusedWithin<Layer extends SpeakingRules>(
  layer: Layer,
  time: readonly Span[],
): Layer {
  if (layer.allow === 'always') return layer;
  const allow = layer.allow.map((each) => narrowed(each, (spans) => difference(spans, time)));
  return { ...layer, allow, excused: time };
}

/** An agreement whose rules, allow and deny alike, have a say within that time only. */
export function speakingWithin<Layer extends SpeakingRules>(
  layer: Layer,
  time: readonly Span[],
): Layer {
  const within = (rules: readonly PlacedRule[]): readonly PlacedRule[] =>
    rules.map((each) => narrowed(each, (spans) => intersection(spans, time)));
  const allow = layer.allow === 'always' ? layer.allow : within(layer.allow);
  const excused = difference([{ start: -Infinity, end: Infinity }], time);
  return { ...layer, allow, deny: within(layer.deny), excused };
}

/** Windows of a rule may overlap, so each is narrowed by itself. */
function narrowed(
  { rule, windows }: PlacedRule,
  narrow: (spans: readonly Span[]) => readonly Span[],
): PlacedRule {
  return {
    rule,
    windows: (range) =>
      windows(range)
        .flatMap((window) => narrow([window]))
        .filter(({ start, end }) => start < range.end && end > range.start),
  };
}

function midnightOf(date: LocalDate, daysLater: number, clientZone: string | undefined): number {
  if (clientZone === undefined) {
    throw new CalendarError(
      'client-zone-missing',
      'an agreement holds on days of the client’s own zone; say clientZone',
      'clientZone',
    );
  }
  return resolveLocal(tableOfZone(clientZone), (dayOf(date) + daysLater) * dayMs).first;
}
