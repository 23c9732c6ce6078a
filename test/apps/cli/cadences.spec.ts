import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Received, runCli, type ScriptedServer, serve } from './run-cli.ts';

const cadence = {
  name: 'monthly',
  title: 'Second Thursday',
  revision: 3,
  document: { title: 'Second Thursday', zone: 'UTC', on: { monthly: { nth: 2, weekday: 'thu' } } },
  nextDates: ['2026-12-10', '2027-01-14', '2027-02-11', '2027-03-11'],
  last: '2026-11-12',
  savedBy: 'dana',
  savedAt: '2026-11-01T10:00:00.000Z',
};

let server: ScriptedServer | null = null;
let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'cadences-'));
});
afterEach(async () => {
  await server?.close();
  server = null;
  await rm(folder, { recursive: true });
});

async function run(words: readonly string[], answer: (request: Received) => unknown) {
  server = await serve((request) => ({ body: answer(request) }));
  const { environment, received } = server;
  return { ...(await runCli(['cadences', ...words], { environment, folder })), received };
}

it('lists cadences with their next days', async () => {
  const { output, exitCode } = await run(['list'], () => ({ items: [cadence] }));

  expect(exitCode).toBe(0);
  expect(output).toMatch(
    /monthly +Second Thursday +2026-12-10, 2027-01-14, 2027-02-11 +2026-11-12/,
  );
});

it('says how to begin while there is none', async () => {
  const { output } = await run(['list'], () => ({ items: [] }));

  expect(output).toContain('No cadence. "daymark cadences save" writes one down.');
});

it('shows the document and the next days, or that there are none', async () => {
  const { output } = await run(['show', 'monthly'], () => cadence);
  await server?.close();
  const over = await run(['show', 'monthly'], () => ({ ...cadence, nextDates: [] }));

  expect(output).toContain('"nth": 2');
  expect(output).toContain('The next days: 2026-12-10, 2027-01-14, 2027-02-11, 2027-03-11.');
  expect(over.output).toContain('It has no day within the next two years.');
});

it('saves what a YAML file holds', async () => {
  await writeFile(
    join(folder, 'monthly.yaml'),
    'title: Second Thursday\nzone: UTC\non: { monthly: { nth: 2, weekday: thu } }\n',
  );
  const { output, received } = await run(['save', 'monthly', 'monthly.yaml'], () => cadence);

  expect(output).toContain('monthly is saved as revision 3. The next days: 2026-12-10');
  expect(received[0]).toMatchObject({
    method: 'PUT',
    path: '/v1/cadences/monthly',
    body: { document: cadence.document },
  });
});

it('sends nothing of a file that holds no document', async () => {
  await writeFile(join(folder, 'list.yaml'), '- 1\n');
  const { exitCode, errors, received } = await run(['save', 'monthly', 'list.yaml'], () => cadence);

  expect(exitCode).not.toBe(0);
  expect(errors).toContain('list.yaml holds no document.');
  expect(received).toEqual([]);
});

it('asks for the next rollout with a change, and prints JSON when asked', async () => {
  const plan = { id: 'p', clients: [] };
  const { output, received } = await run(['propose', 'monthly', '8.4.0', '--json'], () => plan);

  expect(JSON.parse(output)).toEqual(plan);
  expect(received[0]).toMatchObject({
    method: 'POST',
    path: '/v1/cadences/monthly/propose',
    body: { change: '8.4.0' },
  });
});
