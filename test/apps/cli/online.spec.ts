import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { findConnection } from '../../../apps/cli/connection.ts';
import { type Received, runCli, type ScriptedServer, serve } from './run-cli.ts';

const folder = mkdtempSync(join(tmpdir(), 'daymark-cli-'));
let server: ScriptedServer | null = null;

afterEach(async () => {
  await server?.close();
  server = null;
});
afterAll(() => {
  rmSync(folder, { recursive: true });
});

async function answering(script: Parameters<typeof serve>[0]): Promise<ScriptedServer> {
  server = await serve(script);
  return server;
}

const harbour = {
  key: 'harbour',
  name: 'Harbour Bank',
  state: 'active',
  zone: 'America/Toronto',
  tags: ['pilot'],
  production: { version: '1.9.3' },
  coming: null,
};

describe('what people and programs read', () => {
  it('prints a table over all pages, under the token that was given', async () => {
    const { environment, received } = await answering(({ path }) =>
      path.includes('cursor=')
        ? { body: { items: [{ ...harbour, key: 'citadel' }], nextCursor: null } }
        : { body: { items: [harbour], nextCursor: 'page-2' } },
    );

    const run = await runCli(['clients', 'list', '--tag', 'pilot'], { environment, folder });

    expect(run).toMatchObject({ exitCode: 0, errors: '' });
    expect(run.output).toMatch(/^KEY +NAME +STATE/);
    expect(run.output).toMatch(
      /harbour +Harbour Bank +active +America\/Toronto +pilot +1\.9\.3 +—/,
    );
    expect(run.output).toContain('citadel');
    expect(received[0]?.headers.authorization).toBe('Bearer token-of-a-test');
    expect(received[0]?.path).toContain('tag=pilot');
  });

  it('prints nothing but JSON when asked', async () => {
    const { environment } = await answering(() => ({
      body: { items: [harbour], nextCursor: null },
    }));

    const run = await runCli(['clients', 'list', '--json'], { environment, folder });

    expect(JSON.parse(run.output)).toEqual({ items: [harbour] });
  });

  it('says of an empty list what to do first', async () => {
    const { environment } = await answering(() => ({ body: { items: [], nextCursor: null } }));

    const run = await runCli(['clients', 'list'], { environment, folder });

    expect(run.output).toContain('"daymark clients import FILE"');
  });
});

describe('exit codes', () => {
  it.each([
    [400, 2],
    [401, 1],
    [403, 3],
    [404, 1],
    [409, 3],
    [422, 3],
    [500, 1],
    [503, 4],
  ])('turns %i into %i and prints the detail and each error', async (status, exitCode) => {
    const errors = [
      { path: 'csv', message: 'is no zone', line: 7, column: 3, heading: 'zone' },
      { path: 'map', message: 'names no column' },
    ];
    const problem = { code: 'SOME_CODE', title: 'No', status, detail: 'Not like this.', errors };
    const { environment } = await answering(() => ({ status, body: problem }));

    const forPeople = await runCli(['changes', 'show', '8.3.0'], { environment, folder });
    const forPrograms = await runCli(['changes', 'show', '8.3.0', '--json'], {
      environment,
      folder,
    });

    expect(forPeople).toEqual({
      exitCode,
      output: '',
      errors: 'Not like this.\n  line 7, column 3 (zone): is no zone\n  map: names no column\n',
    });
    expect(forPrograms.exitCode).toBe(exitCode);
    expect(JSON.parse(forPrograms.errors)).toEqual(problem);
  });

  it('is 4 when nobody listens, and names the address', async () => {
    const { environment } = await answering(() => ({ body: {} }));
    await server?.close();
    server = null;

    const run = await runCli(['rollouts', 'list'], { environment, folder });

    expect(run.exitCode).toBe(4);
    expect(run.errors).toContain(environment['DAYMARK_URL']);
    expect(run.errors).toContain('npm start');
  });

  it.each([
    ['an unknown noun', ['clouds', 'list']],
    ['an unknown verb', ['clients', 'lst']],
    ['a missing argument', ['changes', 'show']],
    ['a missing reason', ['rollouts', 'pause', 'some-id']],
    ['a file that is not there', ['clients', 'import', 'nowhere.csv']],
  ])('is 2 for %s, and nothing is asked', async (_name, words) => {
    const { environment, received } = await answering(() => ({ body: {} }));

    const run = await runCli(words, { environment, folder });

    expect(run.exitCode).toBe(2);
    expect(run.errors).not.toBe('');
    expect(received).toEqual([]);
  });
});

describe('where Daymark is', () => {
  it('is not reachable, and "npm start" is named, when nothing says so', () => {
    const nowhere = { current: join(folder, 'none'), installation: join(folder, 'none') };
    const expected = {
      kind: 'unreachable',
      message: expect.stringContaining('npm start') as string,
    };

    expect(() => findConnection({}, nowhere)).toThrow(expect.objectContaining(expected));
  });

  it('is found in the file of a folder above', async () => {
    const { environment } = await answering(() => ({ body: { items: [] } }));
    const below = join(folder, 'shop', 'a', 'b');
    mkdirSync(below, { recursive: true });
    mkdirSync(join(folder, 'shop', '.daymark'));
    const { DAYMARK_URL: url, DAYMARK_TOKEN: token } = environment;
    writeFileSync(join(folder, 'shop', '.daymark', 'cli.json'), JSON.stringify({ url, token }));

    const run = await runCli(['rollouts', 'list'], { folder: below });

    expect(run).toMatchObject({ exitCode: 0, errors: '' });
  });

  it('is not guessed from half of the settings', async () => {
    const run = await runCli(['rollouts', 'list'], {
      environment: { DAYMARK_URL: 'http://127.0.0.1:9' },
      folder,
    });

    expect(run.exitCode).toBe(2);
    expect(run.errors).toContain('DAYMARK_TOKEN');
  });
});

describe('importing clients', () => {
  const file = join(folder, 'clients.csv');
  const difference = {
    clients: [
      { key: 'harbour', change: 'new', fields: [{ field: 'zone', from: null, to: 'UTC' }] },
    ],
    contacts: [],
  };
  const script = ({ body }: Received): { readonly body: unknown } => ({
    body: { applied: isApplying(body), difference, summary: '1 new client' },
  });
  const isApplying = (body: unknown): boolean => (body as { apply: boolean }).apply;

  beforeAll(() => {
    writeFileSync(file, Buffer.from('Kunde;zone\nM\xfcller;UTC\n', 'latin1'));
  });

  it('shows the difference and changes nothing when nobody can be asked', async () => {
    const { environment, received } = await answering(script);

    const run = await runCli(['clients', 'import', file], { environment, folder });

    expect(run.exitCode).toBe(3);
    expect(run.errors).toContain('harbour  zone: — → UTC');
    expect(run.errors).toContain('--yes');
    expect(received.map(({ body }) => isApplying(body))).toEqual([false]);
  });

  it('applies with --yes: the bytes of the file as they are, each act under a key of its own', async () => {
    const { environment, received } = await answering(script);
    const words = ['clients', 'import', file, '--map', 'Kunde=key', '--yes'];

    const run = await runCli(words, { environment, folder });

    expect(run.exitCode).toBe(0);
    expect(run.output).toBe('Applied: 1 new client\n');
    expect(received.map(({ body }) => isApplying(body))).toEqual([false, true]);
    const { csvBase64, map } = received[1]?.body as { csvBase64: string; map: unknown };
    expect(Buffer.from(csvBase64, 'base64').toString('latin1')).toContain('M\xfcller');
    expect(map).toEqual({ Kunde: 'key' });
    const keys = received.map(({ headers }) => headers['idempotency-key']);
    expect(new Set(keys).size).toBe(2);
    expect(keys).not.toContain(undefined);
  });
});

it('prints the story of a rollout to its end', async () => {
  const entry = (position: number, text: string): object => ({
    position,
    at: '2026-11-25T20:00:00.000Z',
    text,
    client: { key: 'harbour', name: 'Harbour Bank' },
  });
  const { environment } = await answering(({ path }) => {
    if (path.includes('/story')) {
      const items = path.includes('cursor=') ? [] : [entry(1, 'was planned'), entry(2, 'is done')];
      return { body: { items, nextCursor: null } };
    }
    return { body: { state: 'done' } };
  });

  const run = await runCli(['rollouts', 'watch', 'some-id'], { environment, folder });

  expect(run.exitCode).toBe(0);
  expect(run.output).toBe(
    '2026-11-25 20:00 UTC  Harbour Bank: was planned\n2026-11-25 20:00 UTC  Harbour Bank: is done\n',
  );
});
