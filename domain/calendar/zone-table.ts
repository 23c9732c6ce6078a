import { zoneRows } from './zone-data.ts';

/** All offsets that a zone has ever had, ready for binary search. */
export interface ZoneTable {
  /** Instants, in epoch milliseconds, at which the offset changes. */
  readonly changes: readonly number[];
  /** Milliseconds east of UTC; `offsets[i]` holds before `changes[i]`, the last one for ever. */
  readonly offsets: readonly number[];
  /** The wall clock time at which each offset begins to be shown. */
  readonly localStarts: readonly number[];
}

/** The instants that show a wall clock time: one, the two ends of an overlap, or the first after a gap. */
export interface ResolvedLocal {
  readonly first: number;
  readonly last: number;
  readonly resolved: 'exact' | 'gap' | 'overlap';
}

const tables = new Map<string, ZoneTable>();
let rows: ReadonlyMap<string, string> | undefined;

/** The table of an IANA zone or of a fixed offset such as `-05:00`; nothing when there is no such zone. */
export function zoneTable(name: string): ZoneTable | undefined {
  const known = tables.get(name);
  if (known) return known;
  const table = fixedTable(name) ?? compiledTable(name);
  if (table) tables.set(name, table);
  return table;
}

/** The IANA zones of the bundled data that have rules of their own; aliases follow them. */
export function zonesWithRules(): readonly string[] {
  rows ??= rowsByName();
  return [...rows].filter(([, row]) => row.includes('|')).map(([name]) => name);
}

/** Milliseconds east of UTC at an instant. */
export function offsetAt(table: ZoneTable, epochMs: number): number {
  return table.offsets[countUpTo(table.changes, epochMs)] ?? 0;
}

/** The instants at which the clocks of a zone show that time. */
export function resolveLocal(table: ZoneTable, localMs: number): ResolvedLocal {
  const index = countUpTo(table.localStarts, localMs);
  const offset = table.offsets[index] ?? 0;
  const before = index > 0 ? showsStill(table, index - 1, localMs) : undefined;
  const end = table.changes[index];
  if (end !== undefined && localMs >= end + offset) {
    return { first: end, last: end, resolved: 'gap' };
  }
  const last = localMs - offset;
  return before === undefined
    ? { first: last, last, resolved: 'exact' }
    : { first: before, last, resolved: 'overlap' };
}

/** The instant that shows the time under that offset, when the offset lasted until then. */
function showsStill(table: ZoneTable, index: number, localMs: number): number | undefined {
  const instant = localMs - (table.offsets[index] ?? 0);
  return instant < (table.changes[index] ?? 0) ? instant : undefined;
}

/** How many of the sorted numbers are at most the limit. */
function countUpTo(sorted: readonly number[], limit: number): number {
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((sorted[middle] ?? Infinity) <= limit) low = middle + 1;
    else high = middle;
  }
  return low;
}

function fixedTable(name: string): ZoneTable | undefined {
  const match = /^([+-])(0\d|1[0-8]):([0-5]\d)$/.exec(name);
  if (!match) return undefined;
  const minutes = Number(match[2]) * 60 + Number(match[3]);
  return tableOf([], [(match[1] === '-' ? -minutes : minutes) * 60_000]);
}

function compiledTable(name: string): ZoneTable | undefined {
  rows ??= rowsByName();
  const row = rows.get(name);
  if (row === undefined) return undefined;
  if (!row.includes('|')) return zoneTable(row);
  const [offsetsText = '', order = '', stepsText = ''] = row.split('|');
  const used = offsetsText.split(' ').map(secondsOf);
  let at = 0;
  const changes =
    stepsText === '' ? [] : stepsText.split(' ').map((step) => (at += secondsOf(step)));
  return tableOf(
    changes.map((each) => each * 1000),
    Array.from(order, (each) => (used[parseInt(each, 36)] ?? 0) * 1000),
  );
}

function tableOf(changes: readonly number[], offsets: readonly number[]): ZoneTable {
  const localStarts = changes.map((at, index) => at + (offsets[index + 1] ?? 0));
  return { changes, offsets, localStarts };
}

/** Base 36: quarter hours, or seconds behind a point. */
function secondsOf(token: string): number {
  return token.startsWith('.') ? parseInt(token.slice(1), 36) : parseInt(token, 36) * 900;
}

function rowsByName(): ReadonlyMap<string, string> {
  const entries = zoneRows
    .trim()
    .split('\n')
    .map((row): [string, string] => {
      const [name = ''] = row.split(/[|=]/, 1);
      return [name, row.slice(name.length + 1)];
    });
  return new Map(entries);
}
