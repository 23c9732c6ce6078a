import { epochMsOf, instantOf, type Instant } from '../instant.ts';
import { CalendarError } from './calendar-error.ts';
import { localMsOf, localTextOf } from './local-time.ts';
import { tableOfZone } from './zone.ts';
import { offsetAt, resolveLocal, type ZoneTable } from './zone-table.ts';

/** A wall clock time that people chose, and the instant that was derived from it. */
export interface DerivedTime {
  readonly zone: string;
  /** `2026-11-25T20:00:00` */
  readonly local: string;
  readonly instant: Instant;
}

/** What the zone data at hand make of it. */
export type Rederived =
  /** The clocks still show the chosen time at that instant, once or twice. */
  | { readonly kind: 'same' }
  | {
      readonly kind: 'moved';
      readonly instant: Instant;
      readonly minutesLater: number;
      readonly text: string;
    }
  | { readonly kind: 'unknown-zone'; readonly text: string };

/** Derives a stored time again; a difference is told, never applied by itself. */
export function rederive(
  { zone, local, instant }: DerivedTime,
  tableOf: (zone: string) => ZoneTable = tableOfZone,
): Rederived {
  const table = tableIn(zone, tableOf);
  const localMs = localMsOf(local);
  if (table === undefined || localMs === undefined) {
    return { kind: 'unknown-zone', text: `"${zone}" or "${local}" cannot be read any more` };
  }
  const stored = epochMsOf(instant);
  const { first, last } = resolveLocal(table, localMs);
  if (stored === first || stored === last) return { kind: 'same' };
  const minutesLater = (first - stored) / 60_000;
  const shown = localTextOf(stored + offsetAt(table, stored));
  const way = minutesLater > 0 ? 'later' : 'earlier';
  const text = `planned for ${words(local)} in ${zone}; the clocks will show ${words(shown)} then, so ${words(local)} is ${Math.abs(minutesLater)} minutes ${way}`;
  return { kind: 'moved', instant: instantOf(first), minutesLater, text };
}

function tableIn(zone: string, tableOf: (zone: string) => ZoneTable): ZoneTable | undefined {
  try {
    return tableOf(zone);
  } catch (error) {
    if (error instanceof CalendarError) return undefined;
    throw error;
  }
}

function words(local: string): string {
  return local.slice(0, 16).replace('T', ' ');
}
