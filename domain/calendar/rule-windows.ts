import type { Calendar, CalendarRule, RuleTime, RuleTiming } from './calendar-document.ts';
import { CalendarError } from './calendar-error.ts';
import { dayMs, dayOfLocalMs } from './local-time.ts';
import { remembered, type DayTest } from './remembered-days.ts';
import { startDateTest, type SelectorFacts } from './select-days.ts';
import type { Span, SpanSource } from './span.ts';
import { tableOfZone } from './zone.ts';
import { offsetAt, resolveLocal, type ZoneTable } from './zone-table.ts';

/** A rule with its windows in one zone. */
export interface PlacedRule {
  readonly rule: CalendarRule;
  /** One window per start date, in order; windows of a rule may overlap. */
  readonly windows: SpanSource;
}

/** A calendar with the windows of its rules in one zone. */
export interface PlacedCalendar {
  readonly allow: 'always' | readonly PlacedRule[];
  readonly deny: readonly PlacedRule[];
}

const placed = new WeakMap<Calendar, Map<string, PlacedCalendar>>();

/**
 * The calendar's rules in its own zone, or in the client's when it says `client`.
 * @throws CalendarError when the client's zone is needed and missing or unknown.
 */
export function placeCalendar(calendar: Calendar, clientZone: string | undefined): PlacedCalendar {
  const zone = zoneOfCalendar(calendar, clientZone);
  const byZone = placed.get(calendar) ?? new Map<string, PlacedCalendar>();
  placed.set(calendar, byZone);
  const known = byZone.get(zone);
  if (known) return known;
  const table = tableOfZone(zone);
  const place = (rule: CalendarRule): PlacedRule => ({
    rule,
    windows: windowsOf(rule, { facts: calendar, table }),
  });
  const fresh = {
    allow: calendar.allow === 'always' ? calendar.allow : calendar.allow.map(place),
    deny: calendar.deny.map(place),
  };
  byZone.set(zone, fresh);
  return fresh;
}

/**
 * The zone in which a calendar's times are meant.
 * @throws CalendarError when it is the client's and that is missing.
 */
export function zoneOfCalendar(calendar: Calendar, clientZone: string | undefined): string {
  if (calendar.zone !== 'client') return calendar.zone;
  if (clientZone !== undefined) return clientZone;
  throw new CalendarError(
    'client-zone-missing',
    `calendar "${calendar.name}" is in each client's own zone; say clientZone`,
    'clientZone',
  );
}

/** In whose zone a rule's times are meant, and what its selectors look at. */
export interface RulePlace {
  readonly facts: SelectorFacts;
  readonly table: ZoneTable;
}

/** One window per start date, in order; they may overlap. */
export function windowsOf(timing: RuleTiming, { facts, table }: RulePlace): SpanSource {
  const picks = startDateTest(timing, facts);
  return timing.when.kind === 'span'
    ? windowOfSpan(timing.when, picks, table)
    : windowsOfDays(timing.when, picks, table);
}

function windowOfSpan(
  { startLocalMs, endLocalMs }: RuleTime & { kind: 'span' },
  isValid: DayTest,
  table: ZoneTable,
): SpanSource {
  const window = instantsOf(startLocalMs, endLocalMs, table);
  if (!isValid(dayOfLocalMs(startLocalMs)) || window.start >= window.end) return () => [];
  return (range) => (touches(window, range) ? [window] : []);
}

function windowsOfDays(
  { fromMinutes, toMinutes }: RuleTime & { kind: 'days' },
  picks: DayTest,
  table: ZoneTable,
): SpanSource {
  // A window may begin this many days before it ends; two more for zones that skip or repeat a date.
  const reach = Math.ceil(toMinutes / (24 * 60)) + 2;
  const windowOn = remembered((day) => {
    if (!picks(day)) return null;
    const midnight = day * dayMs;
    const [start, end] = [midnight + fromMinutes * 60_000, midnight + toMinutes * 60_000];
    const window = instantsOf(start, end, table);
    return window.start < window.end ? window : null;
  });
  return (range) => {
    const windows: Span[] = [];
    const lastDay = dayOfLocalMs(range.end + offsetAt(table, range.end)) + 2;
    const firstDay = dayOfLocalMs(range.start + offsetAt(table, range.start)) - reach;
    for (let day = firstDay; day <= lastDay; day++) {
      const window = windowOn(day);
      if (window !== null && touches(window, range)) windows.push(window);
    }
    return windows;
  };
}

/** In an overlap a window spans both occurrences; what lies in a gap moves to the first instant after it. */
function instantsOf(startLocalMs: number, endLocalMs: number, table: ZoneTable): Span {
  return {
    start: resolveLocal(table, startLocalMs).first,
    end: resolveLocal(table, endLocalMs).last,
  };
}

function touches(window: Span, range: Span): boolean {
  return window.start < range.end && window.end > range.start;
}
