import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'csv-parse/sync';

/** The client whose approval a plain start leaves to the reader: English, and in the last cohort. */
export const readersClient = 'false-creek';

/** The sample clients as a spreadsheet, with the addresses of this installation's sites. */
export function sampleClients(root: string, sites: readonly string[]): string {
  const text = readFileSync(join(root, 'apps', 'standalone', 'demo', 'sample-clients.csv'), 'utf8');
  return text.replaceAll(/http:\/\/127\.0\.0\.1:\{site:(\d+)\}/g, (_, index: string) => {
    const address = sites[Number(index)];
    if (address === undefined) throw new Error(`There is no site ${index} for the sample clients`);
    return address;
  });
}

/** Who approves for a sample client. */
export function approversOf(root: string, client: string): readonly string[] {
  const rows = parse(sampleClients(root, placeholders), { columns: true }) as readonly Row[];
  return rows
    .filter(({ key, contact_roles }) => key === client && contact_roles.includes('approver'))
    .map(({ contact_email }) => contact_email);
}

interface Row {
  readonly key: string;
  readonly contact_email: string;
  readonly contact_roles: string;
}

const placeholders = Array.from({ length: 24 }, () => 'http://site.example');
