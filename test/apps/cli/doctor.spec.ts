import { runCli, serve } from './run-cli.ts';

it('prints the zone data, where the runtime differs, and whose date they would move', async () => {
  const zones = {
    version: '2026f',
    runtime: '2026c',
    differing: [{ zone: 'America/Winnipeg', from: '', bundled: '', other: '' }],
    slots: 2,
    moved: [{ text: 'planned for 2027-01-12 20:00 in America/Winnipeg' }],
    summary: '1 of 2 dates ahead derive to another instant under 2026f',
  };
  const installation = {
    settings: [],
    schema: 'current',
    temporal: { address: 'here', reachable: true, detail: 'answers' },
    zoneData: '2026f',
    wakesOwed: 0,
    durability: { fsync: 'on', synchronousCommit: 'on' },
  };
  const server = await serve(({ path }) => ({
    body: path === '/v1/zone-data' ? zones : installation,
  }));

  const { environment } = server;
  const run = await runCli(['doctor'], { environment });
  await server.close();

  expect(run).toMatchObject({ exitCode: 0, errors: '' });
  expect(run.output).toContain('2026c, which differs for America/Winnipeg and is not used');
  expect(run.output).toContain('1 of 2 dates ahead');
  expect(run.output).toContain('planned for 2027-01-12 20:00 in America/Winnipeg');
});
