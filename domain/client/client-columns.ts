import { isZone } from '../calendar/zone.ts';

/** The headings of a client list, in the order of an export: one row per contact, client columns repeated. */
export const clientColumns = [
  'key',
  'name',
  'state',
  'zone',
  'locale',
  'support_level',
  'tags',
  'modules',
  'owner',
  'preview_url',
  'preview_deployer',
  'preview_probe',
  'production_url',
  'production_deployer',
  'production_probe',
] as const;
export type ClientColumn = (typeof clientColumns)[number];

export const contactColumns = [
  'contact_email',
  'contact_name',
  'contact_locale',
  'contact_zone',
  'contact_roles',
] as const;
export type ContactColumn = (typeof contactColumns)[number];

export type SheetColumn = ClientColumn | ContactColumn;
export const sheetColumns: readonly SheetColumn[] = [...clientColumns, ...contactColumns];

/** Whether a heading is one of ours. */
export function isSheetColumn(heading: string): heading is SheetColumn {
  return (sheetColumns as readonly string[]).includes(heading);
}

/** A cell in the one way of writing it, or what is wrong with it. An empty cell is the empty text. */
export type CellReading =
  | { readonly kind: 'value'; readonly value: string }
  | { readonly kind: 'wrong'; readonly message: string };

/** Reads one cell of a column; equal values come out as equal texts. */
export function readCell(column: SheetColumn, raw: string): CellReading {
  const text = raw.trim();
  if (text === '') return { kind: 'value', value: '' };
  if (text.length > longest) return wrong(`is longer than ${longest} characters`);
  if (/\p{Cc}/u.test(text) && column !== 'name') return wrong('must be one line');
  return readers[column](text.replace(/\s+/gu, ' '));
}

/** The items of a list cell. */
export function listIn(cell: string): readonly string[] {
  return cell === '' ? [] : cell.split('|');
}

const longest = 2_000;
const roles = ['approver', 'informed', 'technical'];

const asWritten = (text: string): CellReading => value(text);
const list = (text: string): CellReading => value(itemsOf(text).join('|'));

const readers: Readonly<Record<SheetColumn, (text: string) => CellReading>> = {
  key: (text) =>
    /^[a-z0-9][a-z0-9._-]{0,79}$/.test(text)
      ? value(text)
      : wrong('write lower-case letters, digits, dot, dash or underscore'),
  name: asWritten,
  state: oneOf(['onboarding', 'active', 'leaving']),
  zone: readZone,
  locale: oneOf(['en', 'fr']),
  support_level: asWritten,
  tags: list,
  modules: list,
  owner: readAddress,
  preview_url: readUrl,
  preview_deployer: asWritten,
  preview_probe: asWritten,
  production_url: readUrl,
  production_deployer: asWritten,
  production_probe: asWritten,
  contact_email: readAddress,
  contact_name: asWritten,
  contact_locale: oneOf(['en', 'fr']),
  contact_zone: readZone,
  contact_roles: (text) => {
    const strange = itemsOf(text.toLowerCase()).find((role) => !roles.includes(role));
    if (strange !== undefined) return wrong(`"${strange}" is no role; write ${roles.join(', ')}`);
    return value(itemsOf(text.toLowerCase()).join('|'));
  },
};

function readZone(text: string): CellReading {
  return isZone(text)
    ? value(text)
    : wrong(`"${text}" is no time zone; write one such as America/Toronto`);
}

function readAddress(text: string): CellReading {
  return /^[^\s@<>,;"]+@[^\s@<>,;"]+\.[^\s@<>,;".]+$/.test(text) && text.length <= 254
    ? value(text.toLowerCase())
    : wrong(`"${text}" is no e-mail address`);
}

function readUrl(text: string): CellReading {
  return /^https?:\/\/[^\s/?#@]+([/?#]\S*)?$/i.test(text)
    ? value(text)
    : wrong(`"${text}" is no http or https address`);
}

function oneOf(words: readonly string[]): (text: string) => CellReading {
  return (text) =>
    words.includes(text.toLowerCase())
      ? value(text.toLowerCase())
      : wrong(`"${text}" is none of ${words.join(', ')}`);
}

function itemsOf(text: string): readonly string[] {
  const items = text.split('|').map((item) => item.trim());
  return [...new Set(items.filter((item) => item !== ''))];
}

function value(text: string): CellReading {
  return { kind: 'value', value: text };
}

function wrong(message: string): CellReading {
  return { kind: 'wrong', message };
}
