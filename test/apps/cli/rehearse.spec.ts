import { runCli, type ScriptedServer, serve } from './run-cli.ts';

const rehearsal = {
  seed: 7,
  runs: 50,
  completeRuns: 48,
  completion: { p50: '2026-12-09T01:20:00.000Z', p90: null },
  clients: 12,
  placed: 12,
  verified: { min: 10, median: 12, max: 12 },
  timeline: [{ at: '2026-11-24T17:00:00.000Z', text: 'the first preview is prepared' }],
  messages: [{ kind: 'notice', count: 17 }],
  busiestHour: null,
  sources: ['an answer takes 4 h in the middle (assumed)'],
  sentence: '12 of 12 clients have a date.',
};

let server: ScriptedServer | null = null;

afterEach(async () => {
  await server?.close();
  server = null;
});

async function rehearse(...words: readonly string[]) {
  server = await serve(() => ({ body: rehearsal }));
  const { environment, received } = server;
  return { run: await runCli(['rollouts', 'rehearse', ...words], { environment }), received };
}

it('prints the sentence first, then when it ends, what happens and what was supposed', async () => {
  const { run, received } = await rehearse('plan-1', '--seed', '7', '--runs', '50');

  expect(run).toMatchObject({ exitCode: 0, errors: '' });
  expect(run.output).toMatch(/^12 of 12 clients have a date\./);
  expect(run.output).toMatch(/Nine of ten by +not within a year/);
  expect(run.output).toContain('the first preview is prepared');
  expect(run.output).toContain('an answer takes 4 h in the middle (assumed)');
  expect(received[0]).toMatchObject({
    method: 'POST',
    path: '/v1/plans/plan-1/rehearsal',
    body: { seed: 7, runs: 50 },
  });
});

it('prints nothing but JSON when asked', async () => {
  const { run } = await rehearse('plan-1', '--json');

  expect(JSON.parse(run.output)).toEqual(rehearsal);
});

it('refuses more than a hundred percent before it asks anybody', async () => {
  const { run, received } = await rehearse('plan-1', '--failures', '120');

  expect(run.exitCode).not.toBe(0);
  expect(run.errors).toContain('Write a number from 0 to 100');
  expect(received).toEqual([]);
});
