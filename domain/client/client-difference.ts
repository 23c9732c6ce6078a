import {
  type ClientColumn,
  clientColumns,
  type ContactColumn,
  contactColumns,
  type SheetColumn,
} from './client-columns.ts';
import type { SheetClient, SheetContact, SheetProblem, SheetReading } from './client-sheet.ts';

export type ClientCells = Readonly<Record<ClientColumn, string>>;
export type ContactCells = Readonly<Record<ContactColumn, string>>;

/** A client as it is now, in the words of the spreadsheet. */
export interface KnownClient {
  readonly cells: ClientCells;
  readonly contacts: readonly ContactCells[];
}

/** What a spreadsheet would change; nothing that it does not mention. */
export interface ClientDifference {
  readonly clients: readonly ChangedClient[];
  readonly contacts: readonly ChangedContact[];
  readonly problems: readonly SheetProblem[];
}

export interface FieldChange {
  readonly field: string;
  /** Null = there was none, or there is none. */
  readonly from: string | null;
  readonly to: string | null;
}

interface Changed {
  readonly change: 'new' | 'changed' | 'same';
  readonly fields: readonly FieldChange[];
}

export interface ChangedClient extends Changed {
  readonly key: string;
  readonly after: ClientCells;
}

export interface ChangedContact extends Changed {
  readonly client: string;
  readonly email: string;
  readonly after: ContactCells;
}

/** Compares a spreadsheet with what is known, and finds what could not be written. */
export function differenceOfSheet(
  sheet: SheetReading,
  known: ReadonlyMap<string, KnownClient>,
  deployers: readonly string[],
): ClientDifference {
  const clients: ChangedClient[] = [];
  const contacts: ChangedContact[] = [];
  const problems: SheetProblem[] = [];
  for (const client of sheet.clients) {
    const before = known.get(client.key);
    const after = { ...(before?.cells ?? emptyClient), ...client.given };
    const cells = { ...after, ...defaultsOf(after) };
    clients.push({
      key: client.key,
      after: cells,
      ...compare(clientColumns, before?.cells, cells),
    });
    problems.push(...clientProblems(client, cells, { before, deployers, places: sheet.places }));
    for (const contact of client.contacts) {
      const changed = compareContact(contact, before, cells);
      contacts.push(changed);
      problems.push(...contactProblems(contact, changed.after, sheet.places));
    }
  }
  return { clients, contacts, problems };
}

/** The difference in a sentence. */
export function sentenceOf(difference: ClientDifference): string {
  const count = (what: readonly Changed[], change: Changed['change']): number =>
    what.filter((each) => each.change === change).length;
  const say = (what: readonly Changed[], one: string, many: string): string =>
    `${count(what, 'new')} new and ${count(what, 'changed')} changed ${what.length === 1 ? one : many}, ${count(what, 'same')} as before`;
  return `${say(difference.clients, 'client', 'clients')}; ${say(difference.contacts, 'contact', 'contacts')}`;
}

const emptyClient = Object.fromEntries(clientColumns.map((column) => [column, ''])) as ClientCells;

function defaultsOf(cells: ClientCells): Partial<Record<ClientColumn, string>> {
  return {
    state: cells.state || 'active',
    locale: cells.locale || 'en',
    preview_probe: cells.preview_url && (cells.preview_probe || '/version.json'),
    production_probe: cells.production_url && (cells.production_probe || '/version.json'),
  };
}

function compareContact(
  contact: SheetContact,
  before: KnownClient | undefined,
  client: ClientCells,
): ChangedContact {
  const known = before?.contacts.find((each) => each.contact_email === contact.email);
  const said = { ...(known ?? emptyContact), ...contact.given };
  const after = {
    ...said,
    contact_locale: said.contact_locale || client.locale,
    contact_zone: said.contact_zone || client.zone,
  };
  const changed = compare(contactColumns, known, after);
  return { client: client.key, email: contact.email, after, ...changed };
}

const emptyContact = Object.fromEntries(
  contactColumns.map((column) => [column, '']),
) as ContactCells;

function compare<Column extends SheetColumn>(
  columns: readonly Column[],
  before: Readonly<Record<Column, string>> | undefined,
  after: Readonly<Record<Column, string>>,
): Changed {
  const fields = columns
    .filter((column) => (before?.[column] ?? '') !== after[column])
    .map((column) => ({
      field: column,
      from: orNone(before?.[column] ?? ''),
      to: orNone(after[column]),
    }));
  if (before === undefined) return { change: 'new', fields };
  return { change: fields.length === 0 ? 'same' : 'changed', fields };
}

function orNone(cell: string): string | null {
  return cell === '' ? null : cell;
}

function clientProblems(
  client: SheetClient,
  after: ClientCells,
  around: {
    readonly before: KnownClient | undefined;
    readonly deployers: readonly string[];
    readonly places: SheetReading['places'];
  },
): readonly SheetProblem[] {
  const { line } = client;
  const problems: SheetProblem[] = [];
  const at = (heading: ClientColumn, message: string): void => {
    problems.push({ line, column: around.places[heading] ?? 1, heading, message });
  };
  for (const column of ['name', 'zone'] as const) {
    if (after[column] === '') at(column, 'is needed and empty');
  }
  for (const site of ['preview', 'production'] as const) {
    for (const [heading, message] of siteProblems(site, after, around)) at(heading, message);
  }
  return problems;
}

function siteProblems(
  site: 'preview' | 'production',
  after: ClientCells,
  around: { readonly before: KnownClient | undefined; readonly deployers: readonly string[] },
): readonly (readonly [ClientColumn, string])[] {
  const [url, deployer] = [`${site}_url`, `${site}_deployer`] as const;
  const had = around.before?.cells[url] ?? '';
  const rules: readonly (readonly [boolean, ClientColumn, string])[] = [
    [after[url] === '' && had !== '', url, 'cannot be cleared: a site with a history stays'],
    [after[url] === '' && after[deployer] !== '', url, `is needed: ${deployer} is not empty`],
    [
      after[url] !== '' && after[deployer] === '',
      deployer,
      'is needed where a site has an address',
    ],
    [
      after[deployer] !== '' && !around.deployers.includes(after[deployer]),
      deployer,
      `there is no deployer "${after[deployer]}"; add it first`,
    ],
  ];
  return rules.flatMap(([isBroken, heading, message]) =>
    isBroken ? [[heading, message] as const] : [],
  );
}

function contactProblems(
  { line }: SheetContact,
  after: ContactCells,
  places: SheetReading['places'],
): readonly SheetProblem[] {
  if (after.contact_name !== '') return [];
  const column = places.contact_name ?? places.contact_email ?? 1;
  return [{ line, column, heading: 'contact_name', message: 'is needed and empty' }];
}
