import { join } from 'node:path';
import { parse } from 'csv-parse/sync';
import {
  approversOf,
  readersClient,
  sampleClients,
} from '../../../apps/standalone/demo/sample-clients.ts';
import { sampleFleet } from '../../../apps/sandbox/sites/fleet.ts';

const root = join(import.meta.dirname, '../../..');
const sites = Array.from({ length: 24 }, (_, index) => `http://127.0.0.1:${5000 + index}`);

type Row = Readonly<Record<string, string>>;

function rows(): readonly Row[] {
  return parse(sampleClients(root, sites), { columns: true });
}

it('gives every sample client the two sites that the sandbox serves for it', () => {
  for (const [index, { key }] of sampleFleet.entries()) {
    const row = rows().find((each) => each['key'] === key);

    expect(row?.['preview_url']).toBe(`http://127.0.0.1:${5000 + 2 * index}`);
    expect(row?.['production_url']).toBe(`http://127.0.0.1:${5001 + 2 * index}`);
  }
});

it('names the clients as their own sites do', () => {
  const names = new Map(rows().map((row) => [row['key'], row['name']]));

  expect(Object.fromEntries(names)).toEqual(
    Object.fromEntries(sampleFleet.map(({ key, name }) => [key, name])),
  );
});

it('has eight zones, two languages, and addresses that belong to nobody', () => {
  expect(new Set(rows().map((row) => row['zone'])).size).toBe(8);
  expect(new Set(rows().map((row) => row['locale']))).toEqual(new Set(['en', 'fr']));
  expect(rows().every((row) => row['contact_email']?.endsWith('.example'))).toBe(true);
});

it('makes cohorts of two, four and six clients', () => {
  const tags = new Map(rows().map((row) => [row['key'], row['tags'] ?? '']));
  const count = (tag: string) => [...tags.values()].filter((each) => each === tag).length;

  expect([count('pilot'), count('staged'), count('')]).toEqual([2, 4, 6]);
});

it('leaves to the reader an English client of the last cohort, with one approver', () => {
  const row = rows().find((each) => each['key'] === readersClient);

  expect(row).toMatchObject({ locale: 'en', tags: '' });
  expect(approversOf(root, readersClient)).toHaveLength(1);
});
