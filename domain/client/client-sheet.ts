import {
  type ClientColumn,
  clientColumns,
  type ContactColumn,
  contactColumns,
  isSheetColumn,
  readCell,
  type SheetColumn,
  sheetColumns,
} from './client-columns.ts';

/** A spreadsheet as it was read: headings, and rows with the line they start at. */
export interface Sheet {
  readonly headings: readonly string[];
  readonly rows: readonly { readonly line: number; readonly cells: readonly string[] }[];
}

/** Something wrong in a spreadsheet, where a person finds it. Columns are counted from 1. */
export interface SheetProblem {
  readonly line: number;
  readonly column: number;
  readonly heading: string;
  readonly message: string;
}

/** What a spreadsheet says about one client; a column that is not there says nothing, an empty cell says "none". */
export interface SheetClient {
  readonly key: string;
  readonly line: number;
  readonly given: Readonly<Partial<Record<ClientColumn, string>>>;
  readonly contacts: readonly SheetContact[];
}

export interface SheetContact {
  readonly email: string;
  readonly line: number;
  readonly given: Readonly<Partial<Record<ContactColumn, string>>>;
}

/** All that a spreadsheet says, and all that is wrong with it. */
export interface SheetReading {
  readonly clients: readonly SheetClient[];
  readonly problems: readonly SheetProblem[];
  /** Where each of our columns stands, from 1; for problems that are found later. */
  readonly places: Readonly<Partial<Record<SheetColumn, number>>>;
}

/** Maps a heading to nothing: the column is left out on purpose. */
export const leftOut = '-';

/** Reads a client list; `map` names our heading for each of the file's own. */
export function readClientSheet(
  sheet: Sheet,
  map: Readonly<Record<string, string>> = {},
): SheetReading {
  const head = readHeadings(sheet.headings, map);
  if (head.problems.length > 0) return { clients: [], problems: head.problems, places: {} };
  const problems: SheetProblem[] = [];
  const drafts = new Map<string, ClientDraft>();
  for (const row of sheet.rows) {
    const read = readRow(row, head.columns, problems);
    if (read !== null) addRow(drafts, read, head.places, problems);
  }
  const clients = [...drafts.values()].map(({ contacts, ...client }) => ({
    ...client,
    contacts: [...contacts.values()],
  }));
  return { clients, problems, places: head.places };
}

interface ClientDraft extends Omit<SheetClient, 'contacts'> {
  readonly contacts: Map<string, SheetContact>;
}

interface Head {
  readonly columns: readonly (SheetColumn | null)[];
  readonly places: Partial<Record<SheetColumn, number>>;
  readonly problems: readonly SheetProblem[];
}

function readHeadings(headings: readonly string[], map: Readonly<Record<string, string>>): Head {
  const problems: SheetProblem[] = [];
  const places: Partial<Record<SheetColumn, number>> = {};
  const known = headings.map((each) => each.trim());
  for (const heading of Object.keys(map)) {
    if (known.includes(heading)) continue;
    problems.push(headProblem(0, heading, 'is mapped but there is no such heading'));
  }
  const columns = known.map((heading, index) => {
    const named = Object.hasOwn(map, heading) ? (map[heading] ?? '') : heading.toLowerCase();
    if (named === leftOut) return null;
    if (!isSheetColumn(named)) {
      const help = `is none of ours; map it to one of ${sheetColumns.join(', ')}, or to "${leftOut}"`;
      problems.push(headProblem(index, heading, help));
      return null;
    }
    const before = places[named];
    if (before !== undefined) {
      problems.push(headProblem(index, heading, `stands for ${named}, as column ${before} does`));
    }
    places[named] ??= index + 1;
    return named;
  });
  if (problems.length === 0) problems.push(...missingColumns(places));
  return { columns, places, problems };
}

function missingColumns(places: Head['places']): readonly SheetProblem[] {
  const missing: SheetProblem[] = [];
  if (places.key === undefined) {
    missing.push(headProblem(0, 'key', 'is missing: without it nobody knows whom a row is about'));
  }
  const contactColumn = contactColumns.find((column) => places[column] !== undefined);
  if (contactColumn !== undefined && places.contact_email === undefined) {
    missing.push(headProblem(0, 'contact_email', `is missing, although ${contactColumn} is there`));
  }
  return missing;
}

interface RowReading {
  readonly line: number;
  readonly cells: Partial<Record<SheetColumn, string>>;
}

function readRow(
  row: Sheet['rows'][number],
  columns: Head['columns'],
  problems: SheetProblem[],
): RowReading | null {
  const { line } = row;
  if (row.cells.every((cell) => cell.trim() === '')) return null;
  if (row.cells.length !== columns.length) {
    const message = `has ${row.cells.length} cells, the headings are ${columns.length}`;
    problems.push({
      line,
      column: Math.min(row.cells.length, columns.length),
      heading: '',
      message,
    });
    return null;
  }
  const cells: Partial<Record<SheetColumn, string>> = {};
  for (const [index, column] of columns.entries()) {
    if (column === null) continue;
    const reading = readCell(column, row.cells[index] ?? '');
    if (reading.kind === 'value') cells[column] = reading.value;
    else problems.push({ line, column: index + 1, heading: column, message: reading.message });
  }
  return { line, cells };
}

function addRow(
  drafts: Map<string, ClientDraft>,
  { line, cells }: RowReading,
  places: Head['places'],
  problems: SheetProblem[],
): void {
  const at = (heading: SheetColumn, message: string): void => {
    problems.push({ line, column: places[heading] ?? 1, heading, message });
  };
  const { key } = cells;
  // A key that could not be read was reported with its cell.
  if (key === undefined) return;
  if (key === '') {
    at('key', 'is empty');
    return;
  }
  const given = pick(cells, clientColumns);
  const draft = drafts.get(key);
  if (draft) {
    for (const column of clientColumns) {
      if (given[column] === undefined || given[column] === draft.given[column]) continue;
      if (draft.given[column] === undefined) continue;
      at(column, `differs from line ${draft.line}, which is about the same client`);
    }
  }
  const client = draft ?? { key, line, given, contacts: new Map<string, SheetContact>() };
  drafts.set(key, client);
  addContact(client, { line, cells }, at);
}

function addContact(
  client: ClientDraft,
  { line, cells }: RowReading,
  at: (heading: SheetColumn, message: string) => void,
): void {
  const email = cells.contact_email;
  if (email === undefined) return;
  const given = pick(cells, contactColumns);
  if (email === '') {
    const lonely = contactColumns.find((column) => (given[column] ?? '') !== '');
    if (lonely !== undefined) at('contact_email', `is empty, although ${lonely} is not`);
    return;
  }
  const before = client.contacts.get(email);
  if (before === undefined) {
    client.contacts.set(email, { email, line, given });
    return;
  }
  const other = contactColumns.find((column) => before.given[column] !== given[column]);
  if (other === undefined) return;
  at(other, `differs from line ${before.line}, which is about the same contact`);
}

function pick<Column extends SheetColumn>(
  cells: Partial<Record<SheetColumn, string>>,
  columns: readonly Column[],
): Partial<Record<Column, string>> {
  const given: Partial<Record<Column, string>> = {};
  for (const column of columns) {
    const cell = cells[column];
    if (cell !== undefined) given[column] = cell;
  }
  return given;
}

function headProblem(index: number, heading: string, message: string): SheetProblem {
  return { line: 1, column: index + 1, heading, message };
}
