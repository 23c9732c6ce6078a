import type { Plan, PlanDifference, PlanRow } from '../../api/types.ts';
import { shortDay } from '../../words/dates.ts';
import { countOf } from '../../words/terms.ts';

export type PlanFilter = 'all' | 'unplaced' | 'differs' | 'moved';

/** What somebody looks for in a plan. */
export interface PlanSearch {
  readonly filter: PlanFilter;
  readonly cohort: string | null;
  readonly text: string;
}

/** The rows that are looked for: by cohort, then by date; who has none comes first in each. */
export function rowsOf(plan: Plan, search: PlanSearch): readonly PlanRow[] {
  const order = new Map(plan.cohorts.map(({ name }, index) => [name, index]));
  const wanted = search.text.trim().toLowerCase();
  return plan.clients
    .filter((row) => isLookedFor(row, search, wanted))
    .toSorted(
      (one, other) =>
        (order.get(one.cohort) ?? 0) - (order.get(other.cohort) ?? 0) ||
        (one.slotStart ?? '').localeCompare(other.slotStart ?? '') ||
        one.name.localeCompare(other.name),
    );
}

/** How many rows each filter finds. */
export function countsOf({ clients }: Plan): Readonly<Record<PlanFilter, number>> {
  return {
    all: clients.length,
    unplaced: clients.filter((row) => isFound(row, 'unplaced')).length,
    differs: clients.filter((row) => isFound(row, 'differs')).length,
    moved: clients.filter((row) => isFound(row, 'moved')).length,
  };
}

/** The days a plan reaches over, whole days in UTC, with room at both ends. */
export interface PlanSpan {
  readonly startMs: number;
  readonly endMs: number;
}

/** From the day the plan was made to its last slot. */
export function spanOf({ plannedAt, clients }: Plan): PlanSpan {
  const ends = clients.flatMap((row) => (row.slotLatestEnd === null ? [] : [row.slotLatestEnd]));
  const last = ends.reduce((latest, end) => (end > latest ? end : latest), plannedAt);
  const startMs = Math.floor(Date.parse(plannedAt) / dayMs) * dayMs;
  const endMs = (Math.floor(Date.parse(last) / dayMs) + 2) * dayMs;
  return { startMs, endMs };
}

/** Where an instant lies in a span, in per cent. */
export function placeIn({ startMs, endMs }: PlanSpan, at: string): number {
  const share = (Date.parse(at) - startMs) / (endMs - startMs);
  return Math.round(Math.min(Math.max(share, 0), 1) * 10_000) / 100;
}

/** The dates that are written over the days: every week, every second one where there are many. */
export function ticksOf({ startMs, endMs }: PlanSpan): readonly string[] {
  const days = (endMs - startMs) / dayMs;
  const step = days <= 12 ? 1 : days <= 45 ? 7 : days <= 120 ? 14 : 30;
  return Array.from({ length: Math.ceil(days / step) }, (_, index) =>
    new Date(startMs + index * step * dayMs).toISOString(),
  );
}

/** The days of a weekend inside a span. */
export interface Weekend {
  readonly at: string;
  readonly days: number;
}

/** Saturdays and Sundays of a span; one it begins or ends in counts with the days that lie inside. */
export function weekendsOf({ startMs, endMs }: PlanSpan): readonly Weekend[] {
  const weekday = new Date(startMs).getUTCDay();
  const saturday = startMs + ((6 - weekday) % 7) * dayMs;
  const first = weekday === 0 ? startMs - dayMs : saturday;
  const weekends: Weekend[] = [];
  for (let at = first; at < endMs; at += 7 * dayMs) {
    const from = Math.max(at, startMs);
    const days = (Math.min(at + 2 * dayMs, endMs) - from) / dayMs;
    weekends.push({ at: new Date(from).toISOString(), days });
  }
  return weekends;
}

/** How full a day is, in per cent of its limit. */
export function shareOf({
  busiest,
  limit,
}: Pick<Plan['capacity'][number], 'busiest' | 'limit'>): number {
  return limit <= 0 ? 100 : Math.min(100, Math.round((busiest / limit) * 100));
}

/** A line of the timeline: the heading of a cohort, or one of its clients. */
export type PlanLine =
  | { readonly kind: 'cohort'; readonly name: string; readonly text: string }
  | { readonly kind: 'client'; readonly row: PlanRow };

/** The rows under the headings of their cohorts; each heading says how many have a date, and when. */
export function linesOf(rows: readonly PlanRow[]): readonly PlanLine[] {
  const cohorts = new Map<string, PlanRow[]>();
  for (const row of rows) {
    const lane = cohorts.get(row.cohort);
    if (lane === undefined) cohorts.set(row.cohort, [row]);
    else lane.push(row);
  }
  return [...cohorts].flatMap(([name, lane]): readonly PlanLine[] => [
    { kind: 'cohort', name, text: laneText(lane) },
    ...lane.map((row) => ({ kind: 'client', row }) as const),
  ]);
}

/** Whom each warning is about: thousands of them are a handful of sentences. */
export function clientsByWarning(
  warnings: Plan['warnings'],
): ReadonlyMap<string, readonly Plan['warnings'][number][]> {
  const groups = new Map<string, Plan['warnings']>();
  for (const each of warnings) {
    const group = groups.get(each.warning);
    if (group === undefined) groups.set(each.warning, [each]);
    else group.push(each);
  }
  return groups;
}

/** What differs between two plans that were shown, client by client. */
export function differenceOf(before: Plan, after: Plan): PlanDifference {
  const earlier = new Map(before.clients.map((row) => [row.key, row]));
  const moves = after.clients.flatMap((row): PlanDifference['moves'] => {
    const old = earlier.get(row.key);
    if (old?.slotStart === row.slotStart) return [];
    return [
      {
        key: row.key,
        name: row.name,
        from: old?.slotStart ?? null,
        to: row.slotStart,
        fromLocal: old?.localStart ?? null,
        toLocal: row.localStart,
        reason: row.whyMoved ?? row.reasons[0] ?? 'another date is the first that fits now',
        toldAgain: false,
      },
    ];
  });
  return { moves, same: after.clients.length - moves.length };
}

const dayMs = 86_400_000;

function laneText(lane: readonly PlanRow[]): string {
  const dates = lane.flatMap(({ localStart }) => localStart?.slice(0, 10) ?? []).toSorted();
  const [first, last] = [dates[0], dates.at(-1)];
  const placed = `${dates.length} of ${countOf(lane.length, 'client')} with a date`;
  if (first === undefined || last === undefined) return placed;
  const days = first === last ? shortDay(first) : `${shortDay(first)} – ${shortDay(last)}`;
  return `${placed} · ${days}`;
}

function isLookedFor(row: PlanRow, { filter, cohort }: PlanSearch, wanted: string): boolean {
  if (!isFound(row, filter) || (cohort !== null && row.cohort !== cohort)) return false;
  return wanted === '' || `${row.name} ${row.key}`.toLowerCase().includes(wanted);
}

function isFound(row: PlanRow, filter: PlanFilter): boolean {
  switch (filter) {
    case 'all':
      return true;
    case 'unplaced':
      return !row.placed;
    case 'differs':
      return row.differs.length > 0;
    case 'moved':
      return row.whyMoved !== null || row.pinned !== null;
  }
}
