import { stripVTControlCharacters } from 'node:util';

/** A column of a table: its heading, and what stands in a row. */
export type Columns<Row> = Readonly<Record<string, (row: Row) => string | number | null>>;

const widest = 60;
const gap = '  ';

/** Rows under headings, as wide as their content; `—` where there is nothing. */
export function table<Row>(rows: readonly Row[], columns: Columns<Row>): string {
  const headings = Object.keys(columns);
  const cells = rows.map((row) => Object.values(columns).map((read) => cellOf(read(row))));
  const widths = headings.map((heading, index) =>
    Math.max(widthOf(heading), ...cells.map((row) => widthOf(row[index] ?? ''))),
  );
  const line = (row: readonly string[]): string =>
    row
      .map((cell, index) => cell + ' '.repeat((widths[index] ?? 0) - widthOf(cell)))
      .join(gap)
      .trimEnd();
  return [line(headings), line(widths.map((width) => '─'.repeat(width))), ...cells.map(line)].join(
    '\n',
  );
}

/** Names and values, one a line. */
export function facts(entries: Readonly<Record<string, string | number | null>>): string {
  const width = Math.max(...Object.keys(entries).map(widthOf));
  return Object.entries(entries)
    .map(([name, value]) => `${name.padEnd(width)}  ${value === null ? '—' : String(value)}`)
    .join('\n');
}

function cellOf(value: string | number | null): string {
  const text = value === null || value === '' ? '—' : String(value).replaceAll(/\s+/g, ' ');
  return widthOf(text) > widest ? `${text.slice(0, widest - 1)}…` : text;
}

function widthOf(text: string): number {
  return Array.from(stripVTControlCharacters(text)).length;
}
