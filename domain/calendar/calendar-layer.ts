import { agreedTime, excusedWithin, speakingWithin } from './agreed-time.ts';
import {
  type Calendar,
  type CalendarRule,
  usualBusinessDays,
  type ValidSpan,
} from './calendar-document.ts';
import { placeCalendar, type PlacedRule } from './rule-windows.ts';
import { allOf, placeCoverage, type PlacedCoverage } from './coverage.ts';
import { clip, difference, intersection, union, type Span, type SpanSource } from './span.ts';
import { readCalendar } from './validate-calendar.ts';

/** One calendar that has a say, and whose it is: `vendor`, `policy`, `client`, … */
export interface CalendarLayer {
  readonly layer: string;
  readonly calendar: Calendar;
  /** An agreement whose allow rules stand instead of the vendor's own; the vendor's deny rules still hold. */
  readonly replacesAllow?: true;
  /** The days of the client's zone on which the agreement holds; absent = on all. */
  readonly valid?: ValidSpan;
}

/** For whom and for which change the layers are asked. */
export interface RuleScope {
  /** Without it every rule counts, whatever kinds it names. */
  readonly kind?: string | undefined;
  /** Without them the client has none. */
  readonly tags?: readonly string[] | undefined;
  /** The client's own zone, for calendars in zone `client`. */
  readonly clientZone?: string | undefined;
}

/** A layer reduced to the rules that speak of one client and change. */
export interface ScopedLayer {
  readonly layer: string;
  readonly allow: 'always' | readonly PlacedRule[];
  readonly deny: readonly PlacedRule[];
  readonly coverage: PlacedCoverage | null;
  /** An agreement stands instead of the layer's allow rules, which have no say and no windows any more. */
  readonly isReplaced?: true;
  /** Where an agreement decides, or does not hold: the allow rules close nothing there. */
  readonly excused?: readonly Span[];
}

/** A layer from a stored document. One that cannot be read is closed at all times and says why. */
export function layerFrom(layer: string, document: unknown): CalendarLayer {
  const reading = readCalendar(document);
  if (reading.kind === 'readable') return { layer, calendar: reading.calendar };
  const first = reading.problems[0]?.message ?? 'unknown problem';
  const closed: CalendarRule = {
    name: `the calendar cannot be read: ${first}`,
    when: { kind: 'days', fromMinutes: 0, toMinutes: 24 * 60 },
    valid: {},
  };
  return { layer, calendar: { ...emptyCalendar, deny: [closed] } };
}

/**
 * The rules of each layer that speak of this client and change.
 * @throws CalendarError when a zone is missing or unknown.
 */
export function scopeLayers(
  layers: readonly CalendarLayer[],
  scope: RuleScope,
): readonly ScopedLayer[] {
  const agreed = layers.filter((each) => each.replacesAllow);
  if (agreed.length === 0) return layers.map((layer) => scopeLayer(layer, scope));
  const time = agreedTime(agreed, scope.clientZone);
  return layers.map((layer) => {
    const scoped = scopeLayer(layer, scope);
    if (layersOfTheVendor.includes(layer.layer)) {
      if (time === null) return { ...scoped, allow: 'always', isReplaced: true };
      return excusedWithin(scoped, time);
    }
    const own = layer.replacesAllow ? agreedTime([layer], scope.clientZone) : null;
    return own === null ? scoped : speakingWithin(scoped, own);
  });
}

function scopeLayer({ layer, calendar }: CalendarLayer, scope: RuleScope): ScopedLayer {
  const { allow, deny } = placeCalendar(calendar, scope.clientZone);
  const speaks = ({ rule }: PlacedRule): boolean => speaksOf(rule, scope);
  return {
    layer,
    allow: allow === 'always' ? allow : allow.filter(speaks),
    deny: deny.filter(speaks),
    coverage: placeCoverage(calendar, scope.clientZone),
  };
}

/** The time in which every layer is open. */
export function openTimeOf(layers: readonly ScopedLayer[]): SpanSource {
  return (range) =>
    layers.reduce<readonly Span[]>(
      (open, layer) => (open.length === 0 ? open : intersection(open, openTime(layer, range))),
      [range],
    );
}

/** The time that a layer's deny rules, and teams that are short, take out of the range. */
export function deniedTime(layer: ScopedLayer, range: Span): readonly Span[] {
  const denied = layer.deny.flatMap((each) => each.windows(range));
  if (layer.coverage === null) return union(denied);
  const staffed = allOf(layer.coverage.during.map((each) => each.staffed))(range);
  return union([...denied, ...difference([range], staffed)]);
}

/** The time of the range that a layer's allow rules leave, whatever it denies. */
export function allowedTime({ allow, excused = [] }: ScopedLayer, range: Span): readonly Span[] {
  if (allow === 'always') return [range];
  return union(clip([...allow.flatMap(({ windows }) => windows(range)), ...excused], range));
}

function openTime(layer: ScopedLayer, range: Span): readonly Span[] {
  const allowed = allowedTime(layer, range);
  return allowed.length === 0 ? [] : difference(allowed, deniedTime(layer, range));
}

function speaksOf(rule: CalendarRule, { kind, tags = [] }: RuleScope): boolean {
  const ofKind = kind === undefined || (rule.kinds?.includes(kind) ?? true);
  return ofKind && (rule.tags?.every((each) => tags.includes(each)) ?? true);
}

/** The policy is the vendor's too. */
const layersOfTheVendor: readonly string[] = ['vendor', 'policy'];

const emptyCalendar: Calendar = {
  name: 'unreadable',
  zone: 'UTC',
  allow: [],
  deny: [],
  holidays: {},
  businessDays: usualBusinessDays,
  coverage: null,
};
