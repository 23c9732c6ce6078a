import type { Address } from './records.ts';

/** Why a list of addresses cannot be read: the part that is wrong. */
export interface UnreadableAddress {
  readonly unreadable: string;
}

/** Reads `a@b.c, "Doe, Jane" <jane@b.c>`; empty text is an empty list. */
export function parseAddresses(text: string): readonly Address[] | UnreadableAddress {
  if (/[\r\n]/.test(text)) return { unreadable: text.replace(/[\r\n]+/g, ' ') };
  const found: Address[] = [];
  for (const part of splitList(text)) {
    const address = parseOne(part);
    if (!address) return { unreadable: part };
    found.push(address);
  }
  return found;
}

/** Writes an address as a mail header does. */
export function writeAddress({ Name, Email }: Address): string {
  return Name === '' ? Email : `"${Name.replace(/["\\]/g, '\\$&')}" <${Email}>`;
}

function parseOne(text: string): Address | undefined {
  const named = /^(.*?)\s*<([^<>]*)>$/.exec(text);
  const [, name = '', Email = ''] = named ?? ['', '', text.trim()];
  if (!/^[^\s@"(),:;<>[\]\\]+@[a-z0-9-]+(\.[a-z0-9-]+)+$/i.test(Email)) return undefined;
  return { Email, Name: unquote(name) };
}

function unquote(name: string): string {
  const trimmed = name.trim();
  const quoted = /^"(.*)"$/.exec(trimmed);
  return quoted?.[1] === undefined ? trimmed : quoted[1].replace(/\\(.)/g, '$1');
}

/** A comma inside quotes belongs to a name. */
function splitList(text: string): readonly string[] {
  const parts = text.match(/(?:"(?:[^"\\]|\\.)*"|[^,])+/g) ?? [];
  return parts.map((part) => part.trim()).filter((part) => part !== '');
}
