import { monthNames } from '../../words/dates.ts';

/** Whole months that are shown together. */
export interface ShownSpan {
  readonly from: string;
  readonly to: string;
  readonly title: string;
}

export type SpanSize = 'month' | 'quarter';

/** The month or quarter around a date (`2026-11-25`), moved by whole spans. */
export function spanAround(date: string, size: SpanSize, moved: number): ShownSpan {
  const width = size === 'month' ? 1 : 3;
  const [year = 0, month = 1] = date.split('-').map(Number);
  const first = Math.floor((month - 1) / width) * width + moved * width;
  const start = new Date(Date.UTC(year, first, 1));
  const end = new Date(Date.UTC(year, first + width, 0));
  const startYear = start.getUTCFullYear();
  const title =
    size === 'month'
      ? `${monthNames[start.getUTCMonth()] ?? ''} ${startYear}`
      : `Quarter ${start.getUTCMonth() / 3 + 1} of ${startYear}`;
  return { from: isoDate(start), to: isoDate(end), title };
}

/** Days cut into months, in order. */
export function byMonth<Day extends { readonly date: string }>(
  days: readonly Day[],
): readonly { readonly month: string; readonly title: string; readonly days: readonly Day[] }[] {
  const months = new Map<string, Day[]>();
  for (const day of days) {
    const month = day.date.slice(0, 7);
    months.set(month, [...(months.get(month) ?? []), day]);
  }
  return [...months].map(([month, inside]) => ({ month, title: titleOf(month), days: inside }));
}

/** How many empty cells stand before the first day in a week that begins on Monday. */
export function cellsBefore(date: string): number {
  return (new Date(`${date}T00:00Z`).getUTCDay() + 6) % 7;
}

function titleOf(month: string): string {
  const [year = '', place = '1'] = month.split('-');
  return `${monthNames[Number(place) - 1] ?? ''} ${year}`;
}

function isoDate(at: Date): string {
  return at.toISOString().slice(0, 10);
}
