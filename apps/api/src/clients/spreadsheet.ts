import { CsvError, type Info, parse } from 'csv-parse/sync';
import type { Sheet } from '../../../../domain/client/client-sheet.ts';

/** A spreadsheet with what was found out about how it was saved. */
export interface Spreadsheet {
  readonly sheet: Sheet;
  readonly delimiter: ',' | ';' | 'tab';
  readonly encoding: 'utf-8' | 'utf-16' | 'windows-1252';
}

/** A file that is no spreadsheet at all, and where it stops being one. */
export class UnreadableSpreadsheet extends Error {
  override readonly name = 'UnreadableSpreadsheet';
  readonly line: number;

  constructor(message: string, line: number) {
    super(message);
    this.line = line;
  }
}

/**
 * Reads what Excel and others write: with or without a byte order mark, UTF-8 or Windows-1252, comma, semicolon or
 * tab, quoted cells with line breaks.
 * @throws UnreadableSpreadsheet where quotes do not end or there is no heading
 */
export function readSpreadsheet(file: Buffer | string): Spreadsheet {
  const { text, encoding } = typeof file === 'string' ? decoded(Buffer.from(file)) : decoded(file);
  const delimiter = delimiterOf(text);
  const records = recordsOf(text, delimiter);
  const [head, ...rows] = records.filter(({ cells }) => cells.some((cell) => cell.trim() !== ''));
  if (head === undefined) throw new UnreadableSpreadsheet('the file is empty', 1);
  return {
    sheet: { headings: head.cells, rows },
    delimiter: delimiter === '\t' ? 'tab' : delimiter,
    encoding,
  };
}

function decoded(bytes: Buffer): Pick<Spreadsheet, 'encoding'> & { readonly text: string } {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) {
    return { text: new TextDecoder('utf-16le').decode(bytes), encoding: 'utf-16' };
  }
  try {
    return { text: new TextDecoder('utf-8', { fatal: true }).decode(bytes), encoding: 'utf-8' };
  } catch {
    // Every byte is a character there, so this cannot fail.
    return { text: new TextDecoder('windows-1252').decode(bytes), encoding: 'windows-1252' };
  }
}

/** The one that stands most often in the first line outside of quotes. */
function delimiterOf(text: string): ',' | ';' | '\t' {
  const [firstLine = ''] = text.trimStart().split(/\r\n?|\n/, 1);
  const bare = firstLine.replace(/"[^"]*"/g, '');
  const count = (mark: string): number => bare.split(mark).length;
  return ([',', ';', '\t'] as const).reduce((a, b) => (count(b) > count(a) ? b : a));
}

function recordsOf(text: string, delimiter: string): Sheet['rows'] {
  let endedAt = 0;
  try {
    const records: unknown = parse(text, {
      delimiter,
      relax_column_count: true,
      skip_empty_lines: false,
      info: true,
    });
    return (records as { record: string[]; info: Info }[]).map(({ record, info }) => {
      const line = endedAt + 1;
      // Counts line breaks inside of quotes as well; a record starts where the one before it ended.
      endedAt = info.lines;
      return { line, cells: record };
    });
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    const line = Number(error['lines'] ?? 1);
    throw new UnreadableSpreadsheet(sayings[error.code] ?? error.message, line);
  }
}

const sayings: Readonly<Record<string, string>> = {
  CSV_QUOTE_NOT_CLOSED: 'a quote is opened and never closed',
  CSV_INVALID_CLOSING_QUOTE: 'a quote ends in the middle of a cell; double it where it is meant',
  INVALID_OPENING_QUOTE: 'a quote starts in the middle of a cell; quote the whole cell',
};
