import type { Calendar, CalendarRule, RuleTime } from './calendar-document.ts';
import { CalendarError } from './calendar-error.ts';
import { dayMs, dayOfLocalMs } from './local-time.ts';
import { dayTest, validTest } from './select-days.ts';
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
    windows: windowsOf(rule, calendar, table),
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

function windowsOf(rule: CalendarRule, calendar: Calendar, table: ZoneTable): SpanSource {
  const { when } = rule;
  return when.kind === 'span'
    ? windowOfSpan(when, validTest(rule.valid), table)
    : windowsOfDays(when, {
        table,
        picks: bothOf(dayTest(when.on, calendar.holidays), validTest(rule.valid)),
      });
}

type DayTest = (day: number) => boolean;

function bothOf(left: DayTest, right: DayTest): DayTest {
  return (day) => left(day) && right(day);
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
  { table, picks }: { table: ZoneTable; picks: DayTest },
): SpanSource {
  // A window may begin this many days before it ends; two more for zones that skip or repeat a date.
  const reach = Math.ceil(toMinutes / (24 * 60)) + 2;
  return (range) => {
    const windows: Span[] = [];
    const lastDay = dayOfLocalMs(range.end + offsetAt(table, range.end)) + 2;
    const firstDay = dayOfLocalMs(range.start + offsetAt(table, range.start)) - reach;
    for (let day = firstDay; day <= lastDay; day++) {
      if (!picks(day)) continue;
      const midnight = day * dayMs;
      const window = instantsOf(
        midnight + fromMinutes * 60_000,
        midnight + toMinutes * 60_000,
        table,
      );
      if (window.start < window.end && touches(window, range)) windows.push(window);
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
