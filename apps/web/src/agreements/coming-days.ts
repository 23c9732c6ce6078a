import type { TimelineDay } from '../api/types.ts';
import { closingOf, hoursOf } from '../calendars/view/day-look.ts';

/** Days in a row that read the same: a window each, or closed by the same rules. */
export interface ComingDays {
  readonly from: string;
  readonly to: string;
  /** “20:00–23:00”; none = closed. */
  readonly hours: readonly string[];
  readonly reasons: readonly string[];
  /** Rollouts whose date lies there. */
  readonly planned: readonly { readonly rollout: string; readonly rolloutId: string }[];
}

/** The days on which something may happen, or could if no rule closed them; days of no rollout are left out. */
export function comingDays(days: readonly TimelineDay[]): readonly ComingDays[] {
  const found: ComingDays[] = [];
  for (const day of days) {
    const next = readDay(day);
    const last = found.at(-1);
    if (last !== undefined && goesOn(last, next)) found.splice(-1, 1, { ...last, to: next.to });
    else if (next.hours.length + next.reasons.length + next.planned.length > 0) found.push(next);
  }
  return found;
}

/** Whole weeks from a date, the last day included. */
export function weeksFrom(
  from: string,
  weeks: number,
): { readonly from: string; readonly to: string } {
  return { from, to: moved(from, weeks * 7 - 1) };
}

/** The date at a place now. */
export function todayIn(zone: string, now: Date = new Date()): string {
  return new Intl.DateTimeFormat('sv-SE', { timeZone: zone }).format(now);
}

function readDay(day: TimelineDay): ComingDays {
  return {
    from: day.date,
    to: day.date,
    hours: day.open.map((each) => hoursOf(each)),
    reasons: closingOf(day).map(({ text }) => text),
    planned: day.slots.map(({ rollout, rolloutId }) => ({ rollout, rolloutId })),
  };
}

/** Closed days in a row are one line; a window is always a line of its own. */
function goesOn(last: ComingDays, next: ComingDays): boolean {
  const areClosed = [last, next].every(
    ({ hours, planned, reasons }) => hours.length + planned.length === 0 && reasons.length > 0,
  );
  return (
    areClosed && next.from === moved(last.to, 1) && next.reasons.join() === last.reasons.join()
  );
}

function moved(date: string, days: number): string {
  return new Date(Date.parse(`${date}T00:00Z`) + days * 86_400_000).toISOString().slice(0, 10);
}
