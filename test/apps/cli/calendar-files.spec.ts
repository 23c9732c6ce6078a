import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parse } from 'yaml';
import { startApi, type TestApi } from '../../support/api.ts';
import { insertDeployer } from '../../support/fixtures.ts';
import { insertRollout } from '../../support/rollout-fixture.ts';
import { type CliRun, runCli } from './run-cli.ts';

const evenings = {
  zone: 'America/Toronto',
  allow: [{ on: { weekdays: ['tue'] }, from: '20:00', to: '23:00' }],
  deny: [{ on: { holidays: 'ca-on' } }],
  holidays: { 'ca-on': ['2025-12-25', '2026-07-02'] },
};

let api: TestApi;
let folder: string;
let file: string;

beforeAll(async () => {
  api = await startApi();
  folder = mkdtempSync(join(tmpdir(), 'daymark-cli-'));
  file = join(folder, 'support-days.json');
  writeFileSync(file, JSON.stringify(evenings));
});

afterAll(async () => {
  await api.close();
  rmSync(folder, { recursive: true });
});

async function daymark(...words: readonly string[]): Promise<CliRun> {
  const environment = { DAYMARK_URL: api.url, DAYMARK_TOKEN: 'dm_test-token-of-pm-0123456789' };
  return await runCli(words, { environment, folder });
}

async function stored(name: string): Promise<unknown> {
  return (await api.get(`/v1/calendars/${name}`)).body.document;
}

describe('calendars as files', () => {
  it('saves a file, writes it out as YAML and JSON, and takes both back unchanged', async () => {
    const saved = await daymark('calendar', 'save', 'evenings', file);
    const yaml = join(folder, 'out.yaml');
    const written = await daymark('calendar', 'export', 'evenings', '-o', yaml);
    const json = await daymark('calendar', 'export', 'evenings', '--format', 'json');
    const again = await daymark('calendar', 'save', 'evenings', yaml);

    expect(saved).toMatchObject({ exitCode: 0, errors: 'Nobody would move.\n' });
    expect(saved.output).toBe('evenings is saved as revision 1.\n');
    expect(written.exitCode).toBe(0);
    expect(parse(readFileSync(yaml, 'utf8'))).toEqual(evenings);
    expect(JSON.parse(json.output)).toEqual(evenings);
    expect(again.output).toBe('evenings is saved as revision 2.\n');
    expect(await stored('evenings')).toEqual(evenings);
  });

  it('lists who saved a calendar when', async () => {
    const { output } = await daymark('calendar', 'revisions', 'evenings');

    expect(output).toMatch(/^REVISION +SAVED +BY\n.*\n2 .*token:pm\n1 /);
  });

  it('names every problem of a file with its path, without any Daymark', async () => {
    const bad = join(folder, 'bad.yaml');
    writeFileSync(bad, 'zone: Mars\nallow: [{ "on": { weekdays: [someday] } }]\n');
    const run = await runCli(['calendar', 'validate', bad], { folder });
    const fine = await runCli(['calendar', 'validate', file], { folder });
    const saved = await daymark('calendar', 'save', 'bad', bad);

    expect(run.exitCode).toBe(3);
    expect(run.errors).toMatch(/^ {2}zone: /m);
    expect(run.errors).toMatch(/^ {2}allow\[0\]\.on\.weekdays\[0\]: /m);
    expect(fine).toMatchObject({ exitCode: 0, output: `${file} is a calendar.\n` });
    expect(saved).toMatchObject({ exitCode: 3, output: '' });
    expect(saved.errors).toContain('zone: ');
  });

  it('tells the effect as JSON when asked', async () => {
    const { output } = await daymark('calendar', 'effect', 'evenings', file, '--json');

    expect(JSON.parse(output)).toMatchObject({ valid: true, moved: 0, rollouts: [] });
  });
});

describe('holidays for review', () => {
  it('prints what is suggested and why something is not', async () => {
    const run = await daymark('holidays', 'propose', 'CA', 'ON', '--years', '2026');

    expect(run.exitCode).toBe(0);
    expect(run.output).toMatch(/^\+ +2026-12-28 mon +Boxing Day \(substitute day\)/m);
    expect(run.output).toMatch(/^ +2026-04-06 mon +Easter Monday .*Employment Standards/m);
  });

  it('writes nothing without a yes', async () => {
    const words = ['holidays', 'propose', 'CA', 'ON', '--years', '2026'];
    const run = await daymark(...words, '--into', 'evenings', '--set', 'ca-on');

    expect(run.exitCode).toBe(3);
    expect(await stored('evenings')).toEqual(evenings);
  });

  it('writes the suggested days of those years into a set and leaves other years alone', async () => {
    const words = ['holidays', 'propose', 'CA', 'ON', '--years', '2026', '--yes'];
    const run = await daymark(...words, '--into', 'evenings', '--set', 'ca-on');
    const document = (await stored('evenings')) as typeof evenings;

    expect(run).toMatchObject({ exitCode: 0, output: 'evenings is saved as revision 3.\n' });
    expect(document.holidays['ca-on'].slice(0, 2)).toEqual(['2025-12-25', '2026-01-01']);
    expect(document.holidays['ca-on']).toContain('2026-12-28');
    expect(document.holidays['ca-on']).not.toContain('2026-07-02');
    expect(document.allow).toEqual(evenings.allow);
  });
});

describe('agreements from the command line', () => {
  it('writes one down, lists it, and ends it', async () => {
    await insertDeployer(api.pool);
    await insertRollout(api.pool, { clients: [{ key: 'north' }] });
    const told = ['--source', 'call on 24 November', '--owner', 'Dana', '--yes'];
    const days = ['--from', '2099-01-01T00:00', '--to', '2099-01-20T00:00'];
    const words = [
      'agreements',
      'add-freeze',
      'north',
      ...days,
      '--reason',
      'stocktaking',
      ...told,
    ];
    const added = await daymark(...words);
    const listed = await daymark('agreements', 'list', 'north');
    const json = await daymark('agreements', 'list', 'north', '--json');
    const { items } = JSON.parse(json.output) as { items: readonly { id: string }[] };
    const shown = await daymark('agreements', 'end', items[0]!.id, '--show', '--json');
    const ended = await daymark('agreements', 'end', items[0]!.id, '--reason', 'lifted');
    const again = await daymark('agreements', 'end', items[0]!.id, '--show');

    expect(added).toMatchObject({ exitCode: 0 });
    expect(added.output).toBe(
      'Agreed with north: no production from 2099-01-01 00:00 to 2099-01-20 00:00: stocktaking.\n',
    );
    expect(listed.output).toContain('call on 24 November');
    expect(ended.output).toMatch(/^Ended for north: no production/);
    expect(shown.exitCode).toBe(0);
    expect(JSON.parse(shown.output)).toMatchObject({ valid: true, moved: 0, toldAgain: 0 });
    expect(again).toMatchObject({ exitCode: 3, output: '' });
  });
});
