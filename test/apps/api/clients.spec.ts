import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { pluck, type Reply, startApi, type TestApi } from '../../support/api.ts';
import { insertDeployer } from '../../support/fixtures.ts';

const headings =
  'key,name,state,zone,locale,support_level,tags,modules,owner,preview_url,preview_deployer,preview_probe,production_url,production_deployer,production_probe,contact_email,contact_name,contact_locale,contact_zone,contact_roles';

const row = (
  key: string,
  contact = 'ana@a.example',
  over: Readonly<Record<string, string>> = {},
): string => {
  const cells: Record<string, string> = {
    key,
    name: `Client ${key}`,
    state: 'active',
    zone: 'America/Toronto',
    locale: 'en',
    support_level: 'premium',
    tags: 'pilot|ontario',
    modules: 'map',
    owner: 'pm@parkwise.example',
    preview_url: `https://preview.${key}.example`,
    preview_deployer: 'fleet',
    preview_probe: '/version.json',
    production_url: `https://${key}.example`,
    production_deployer: 'fleet',
    production_probe: '/version.json',
    contact_email: contact,
    contact_name: 'Ana',
    contact_locale: 'en',
    contact_zone: 'America/Toronto',
    contact_roles: 'approver|informed',
    ...over,
  };
  return headings
    .split(',')
    .map((heading) => `"${(cells[heading] ?? '').replaceAll('"', '""')}"`)
    .join(',');
};

const sheet = (...rows: readonly string[]): string => [headings, ...rows].join('\r\n');

describe('a list of clients', () => {
  let api: TestApi;

  beforeAll(async () => {
    api = await startApi();
    await insertDeployer(api.pool);
  });

  beforeEach(async () => {
    await api.pool.rows('delete from contact');
    await api.pool.rows('delete from site');
    await api.pool.rows('delete from client');
  });

  afterAll(async () => {
    await api.close();
  });

  const take = (csv: string, more: object = {}): Promise<Reply> =>
    api.post('/v1/clients/import', { csv, apply: true, ...more });
  const problems = (reply: Reply): readonly string[] =>
    pluck(reply.body.errors, 'message').map(
      (message, index) => `${reply.body.errors[index].path} ${String(message)}`,
    );

  it('shows what it would change before anything is changed', async () => {
    const shown = await take(sheet(row('a')), { apply: false });

    expect(shown.status).toBe(200);
    expect(shown.body).toMatchObject({
      applied: false,
      delimiter: ',',
      encoding: 'utf-8',
      rows: 1,
    });
    expect(shown.body.difference.clients[0]).toMatchObject({ key: 'a', change: 'new' });
    expect((await api.get('/v1/clients')).body.items).toEqual([]);
  });

  it('takes over several contacts of one client', async () => {
    const taken = await take(sheet(row('a'), row('a', 'bob@a.example', { contact_name: 'Bob' })));
    const shown = await api.get('/v1/clients/a');

    expect(taken.body.applied).toBe(true);
    expect(shown.body).toMatchObject({
      key: 'a',
      tags: ['pilot', 'ontario'],
      preview: { url: 'https://preview.a.example', deployer: 'fleet' },
      approvers: 2,
    });
    expect(pluck(shown.body.contacts, 'email')).toEqual(['ana@a.example', 'bob@a.example']);
  });

  it('comes back from an export unchanged', async () => {
    await take(
      sheet(row('a', 'ana@a.example', { name: 'Stationnement "Québec",\nville' }), row('b')),
    );
    const exported = await api.get('/v1/clients/export');

    const again = await take(exported.text);
    const exportedAgain = await api.get('/v1/clients/export');

    const { clients, contacts } = again.body.difference;
    const changes = pluck([...clients, ...contacts], 'change');
    expect(exported.headers.get('content-type')).toMatch(/^text\/csv/);
    expect(changes).toEqual(['same', 'same', 'same', 'same']);
    expect(exportedAgain.text).toBe(exported.text);
  });

  it('is read as Excel writes it: semicolons, Windows-1252, line breaks in quotes', async () => {
    const text = `key;name;zone;contact_email;contact_name\r\nqc;"Ville de Québec\r\nStationnement";America/Toronto;é@qc.example;Hélène`;
    const csvBase64 = Buffer.from(text, 'latin1').toString('base64');

    const taken = await api.post('/v1/clients/import', { csvBase64, apply: true });
    const shown = await api.get('/v1/clients/qc');

    expect(taken.body).toMatchObject({ applied: true, delimiter: ';', encoding: 'windows-1252' });
    expect(shown.body.name).toBe('Ville de Québec Stationnement');
    expect(shown.body.contacts[0]).toMatchObject({ name: 'Hélène', zone: 'America/Toronto' });
  });

  it('is read with a byte order mark and tabs', async () => {
    const csvBase64 = Buffer.from('\ufeffkey\tname\tzone\na\tA\tEurope/London').toString('base64');

    const taken = await api.post('/v1/clients/import', { csvBase64, apply: true });

    expect(taken.body).toMatchObject({ delimiter: 'tab', encoding: 'utf-8', applied: true });
  });

  it('changes nothing where a column or a row is absent, and clears where a cell is empty', async () => {
    await take(sheet(row('a'), row('b')));

    const changed = await take('key,owner\na,');
    const [a, b] = await Promise.all([api.get('/v1/clients/a'), api.get('/v1/clients/b')]);

    expect(changed.body.difference.clients).toEqual([
      {
        key: 'a',
        change: 'changed',
        fields: [{ field: 'owner', from: 'pm@parkwise.example', to: null }],
      },
    ]);
    expect(a.body).toMatchObject({ owner: null, supportLevel: 'premium' });
    expect(a.body.contacts).toHaveLength(1);
    expect(b.body.owner).toBe('pm@parkwise.example');
  });

  it('knows a contact by its client and its address in any case', async () => {
    await take(sheet(row('a', 'Ana@A.example')));

    await take(sheet(row('a', 'ANA@a.example', { contact_name: 'Ana Maria' })));

    const shown = await api.get('/v1/clients/a');
    expect(shown.body.contacts).toHaveLength(1);
    expect(shown.body.contacts[0]).toMatchObject({ email: 'ana@a.example', name: 'Ana Maria' });
  });

  it('takes other headings by a map, and leaves out what is mapped to nothing', async () => {
    const map = { Kürzel: 'key', Kunde: 'name', Zeitzone: 'zone', Notiz: '-' };

    const taken = await take('Kürzel;Kunde;Zeitzone;Notiz\nbern;Bern;Europe/Zurich;egal', { map });

    expect(taken.status).toBe(200);
    expect((await api.get('/v1/clients/bern')).body.name).toBe('Bern');
  });

  it.each([
    [
      'a heading stands twice',
      'key,name,name,zone\na,A,B,UTC',
      ['1:3 stands for name, as column 2 does'],
    ],
    [
      'the key is missing',
      'name,zone\nA,UTC',
      ['1:1 is missing: without it nobody knows whom a row is about'],
    ],
    [
      'a heading is unknown',
      'key,name,zone,colour\na,A,UTC,red',
      [expect.stringMatching(/^1:4 is none of ours/)],
    ],
    [
      'a zone is unknown',
      'key,name,zone\na,A,Mars/Olympus',
      [expect.stringMatching(/^2:3 "Mars\/Olympus" is no time zone/)],
    ],
    ['cells are missing', 'key,name,zone\na,A', ['2:2 has 2 cells, the headings are 3']],
    ['a quote never ends', 'key,name,zone\na,"A,UTC', [expect.stringMatching(/never closed/)]],
    ['a new client lacks a name', 'key,zone\na,UTC', ['2:1 is needed and empty']],
    [
      'a deployer is unknown',
      'key,name,zone,preview_url,preview_deployer\na,A,UTC,https://a.example,ghost',
      ['2:5 there is no deployer "ghost"; add it first'],
    ],
    ['it is empty', '', ['1:1 the file is empty']],
  ])('is refused with line and column when %s', async (_, csv, expected) => {
    const reply = await take(csv);

    expect(reply.status).toBe(422);
    expect(reply.body.code).toBe('IMPORT_REFUSED');
    expect(problems(reply)).toEqual(expected);
  });

  it('is refused as a whole, with all problems, and nothing of it is taken over', async () => {
    const bad = sheet(
      row('a'),
      row('a', 'bob@a.example', { zone: 'Europe/London' }),
      row('b', 'no address'),
      row('c', 'c@c.example', { contact_roles: 'boss', locale: 'de' }),
    );

    const reply = await take(bad);

    expect(problems(reply)).toEqual([
      '3:4 differs from line 2, which is about the same client',
      '4:16 "no address" is no e-mail address',
      '5:5 "de" is none of en, fr',
      '5:20 "boss" is no role; write approver, informed, technical',
    ]);
    expect((await api.get('/v1/clients')).body.items).toEqual([]);
  });

  it('finds clients by name, tag and state, page by page', async () => {
    await take(sheet(row('a'), row('b', 'b@b.example', { tags: 'late' }), row('c')));

    const late = await api.get('/v1/clients?tag=late');
    const named = await api.get('/v1/clients?search=CLIENT%20c');
    const first = await api.get('/v1/clients?limit=2');
    const rest = await api.get(`/v1/clients?limit=2&cursor=${first.body.nextCursor}`);

    const keys = (reply: Reply) => pluck(reply.body.items, 'key');
    expect([keys(late), keys(named), keys(first), keys(rest)]).toEqual([
      ['b'],
      ['c'],
      ['a', 'b'],
      ['c'],
    ]);
    expect(rest.body.nextCursor).toBeNull();
  });
});
