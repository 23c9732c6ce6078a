import moment from 'moment-timezone';
import { pickedDates } from './brute-force-days.ts';
import type {
  CalendarDocument,
  CalendarRuleDocument,
} from '../../../domain/calendar/calendar-document.ts';

/** The grid on which every instant is tried: all rules and clock changes of the samples lie on it. */
export const stepMs = 15 * 60_000;

const dayMs = 86_400_000;
const hourMs = 3_600_000;

interface Window {
  readonly start: number;
  readonly end: number;
}

/** A rule as the instants it covers, found without anything of `domain/calendar`. */
export interface TriedRule {
  readonly name: string;
  readonly windows: readonly Window[];
}

/** A calendar as the instants that its rules cover. */
export interface TriedCalendar {
  readonly allow: 'always' | readonly TriedRule[];
  readonly deny: readonly TriedRule[];
}

/** Every window of every rule that starts between the two dates of the range, by trying every date. */
export function tryCalendar(document: CalendarDocument, range: Window): TriedCalendar {
  const { allow = [], deny = [], zone } = document;
  const tried = (rules: readonly CalendarRuleDocument[], list: string): readonly TriedRule[] =>
    rules.map((rule, index) => ({
      name: rule.name ?? `${list}[${index}]`,
      windows: windowsOf(rule, { zone, range, document }),
    }));
  return {
    allow: allow === 'always' ? allow : tried(allow, 'allow'),
    deny: tried(deny, 'deny'),
  };
}

/** The names of all rules that close the instant. */
export function closedBy({ allow, deny }: TriedCalendar, at: number): readonly string[] {
  const names = deny.filter((rule) => covers(rule, at)).map(({ name }) => name);
  const allowed = allow === 'always' || allow.some((rule) => covers(rule, at));
  return allowed ? names : [...names, 'no allow rule'];
}

/** Whether every step of the work lies in open time. */
export function stays(isOpen: (at: number) => boolean, at: number, lengthMs: number): boolean {
  for (let each = at; each < at + Math.max(lengthMs, 1); each += stepMs) {
    if (!isOpen(each)) return false;
  }
  return true;
}

/** The first step of the range that passes. */
export function firstStep(range: Window, passes: (at: number) => boolean): number | undefined {
  for (let at = range.start; at < range.end; at += stepMs) if (passes(at)) return at;
  return undefined;
}

/** Tries every step of two days for the ones whose wall clock shows that time. */
export function instantsShowing(zone: string, localMs: number): Window {
  const shown: number[] = [];
  let afterGap: number | undefined;
  for (let at = localMs - 26 * hourMs; at <= localMs + 26 * hourMs; at += stepMs) {
    const local = localAt(zone, at);
    if (local === localMs) shown.push(at);
    if (local > localMs && localAt(zone, at - stepMs) < localMs) afterGap ??= at;
  }
  const [first] = shown;
  if (first !== undefined) return { start: first, end: shown.at(-1) ?? first };
  if (afterGap === undefined) throw new Error(`${zone} never shows ${localMs}`);
  return { start: afterGap, end: afterGap };
}

interface Place {
  readonly zone: string;
  readonly range: Window;
  readonly document: CalendarDocument;
}

function windowsOf(rule: CalendarRuleDocument, place: Place): readonly Window[] {
  const { zone, range, document } = place;
  if (rule.between) return windowsOfSpan(rule, rule.between, zone);
  const { from = '00:00', to = '24:00' } = rule;
  const days = rule.plusDays ?? (minutesOf(to) <= minutesOf(from) ? 1 : 0);
  const firstDay = Math.floor(range.start / dayMs) * dayMs - 8 * dayMs;
  const picked = startDates(rule, document, [firstDay / dayMs, range.end / dayMs + 9]);
  const windows: Window[] = [];
  for (let day = firstDay; day < range.end + 8 * dayMs; day += dayMs) {
    if (!picked(new Date(day).toISOString().slice(0, 10)) || !isValid(rule, day)) continue;
    const start = day + minutesOf(from) * 60_000;
    windows.push(...windowOf(zone, start, day + days * dayMs + minutesOf(to) * 60_000));
  }
  return windows;
}

function windowsOfSpan(
  rule: CalendarRuleDocument,
  between: readonly [string, string],
  zone: string,
): readonly Window[] {
  const [start, end] = [Date.parse(`${between[0]}Z`), Date.parse(`${between[1]}Z`)];
  return isValid(rule, start) ? windowOf(zone, start, end) : [];
}

function windowOf(zone: string, startLocal: number, endLocal: number): readonly Window[] {
  const { start } = instantsShowing(zone, startLocal);
  const { end } = instantsShowing(zone, endLocal);
  return start < end ? [{ start, end }] : [];
}

/** The rule's own dates, but the published ones in the spans where those stand instead. */
function startDates(
  { on, replace = [] }: CalendarRuleDocument,
  document: CalendarDocument,
  [first, last]: readonly [number, number],
): (date: string) => boolean {
  const own = on === undefined ? null : pickedDates(on, document, [first, Math.ceil(last)]);
  return (date) => {
    const span = replace.find(({ from, to }) => from <= date && date <= to);
    return span === undefined ? (own?.has(date) ?? true) : span.dates.includes(date);
  };
}

function isValid({ valid = {} }: CalendarRuleDocument, local: number): boolean {
  const date = new Date(local).toISOString().slice(0, 10);
  return date >= (valid.since ?? '') && date <= (valid.until ?? '9999');
}

function covers({ windows }: TriedRule, at: number): boolean {
  return windows.some(({ start, end }) => start <= at && at < end);
}

function minutesOf(text: string): number {
  return Number(text.slice(0, 2)) * 60 + Number(text.slice(3));
}

const offsets = new Map<string, Map<number, number>>();

function localAt(zone: string, at: number): number {
  const known = offsets.get(zone) ?? new Map<number, number>();
  offsets.set(zone, known);
  let west = known.get(at);
  if (west === undefined) {
    west =
      moment.tz.zone(zone)?.utcOffset(at) ??
      -moment.parseZone(`2026-01-01T00:00${zone}`).utcOffset();
    known.set(at, west);
  }
  return at - west * 60_000;
}
