import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { runCli, startCli } from './run-cli.ts';

const folder = mkdtempSync(join(tmpdir(), 'daymark-cli-'));
afterAll(() => {
  rmSync(folder, { recursive: true });
});

const isBusinessDay = (id: number, date: string): string =>
  JSON.stringify({ id, ask: 'isBusinessDay', calendar: { zone: 'UTC' }, date });

describe('calendar ask', () => {
  it('answers every line in order, an unreadable one with its number', async () => {
    const input = [
      isBusinessDay(1, '2026-11-25'),
      '',
      'nonsense',
      isBusinessDay(2, '2026-11-28'),
      JSON.stringify({
        id: 3,
        ask: 'dates',
        calendar: { zone: 'UTC' },
        on: { monthDays: [1] },
        from: '2026-11-01',
        to: '2026-11-30',
      }),
    ].join('\n');

    const run = await runCli(['calendar', 'ask'], { input, folder });

    const answers = run.output
      .trim()
      .split('\n')
      .map((each) => JSON.parse(each) as unknown);
    expect(run).toMatchObject({ exitCode: 0, errors: '' });
    expect(answers).toMatchObject([
      { id: 1, businessDay: true },
      { id: null, line: 3, error: { code: 'unreadable-line' } },
      { id: 2, businessDay: false },
      { id: 3, dates: ['2026-11-01'] },
    ]);
  });

  it('answers a question before the next one is asked', async () => {
    const child = startCli(['calendar', 'ask'], { folder });

    child.stdin.write(`${isBusinessDay(1, '2026-11-25')}\n`);
    const [answer] = (await once(child.stdout, 'data')) as [Buffer];
    child.stdin.end();
    const [exitCode] = (await once(child, 'close')) as [number];

    expect(JSON.parse(answer.toString())).toEqual({ id: 1, businessDay: true });
    expect(exitCode).toBe(0);
  });

  it('keeps the order of many answers for a slow reader', async () => {
    const count = 20_000;
    const ids = Array.from({ length: count }, (_, index) => index);
    const input = ids.map((id) => isBusinessDay(id, '2026-11-25')).join('\n');

    const run = await runCli(['calendar', 'ask'], { input, folder });

    const answered = run.output
      .trim()
      .split('\n')
      .map((each) => (JSON.parse(each) as { id: number }).id);
    expect(answered).toEqual(ids);
  });
});

describe('calendar test', () => {
  it.each([
    ['calendar', 240],
    ['policies', 106],
  ])('passes the published facts of %s', async (name, count) => {
    const file = fileURLToPath(new URL(`../../cases/${name}.ndjson`, import.meta.url));

    const run = await runCli(['calendar', 'test', file], { folder });

    expect(run).toEqual({ exitCode: 0, output: `${count} passed, 0 failed\n`, errors: '' });
  });

  it('prints a failure with both answers and is 1', async () => {
    const question = JSON.parse(isBusinessDay(1, '2026-11-28')) as object;
    const file = join(folder, 'wrong.ndjson');
    writeFileSync(file, JSON.stringify({ ...question, expect: { businessDay: true } }));

    const run = await runCli(['calendar', 'test', file], { folder });

    expect(run.exitCode).toBe(1);
    expect(run.output).toContain('"expected":true,"actual":false');
    expect(run.output).toContain('0 passed, 1 failed');
  });

  it('is 2 for a file that is not there', async () => {
    const run = await runCli(['calendar', 'test', 'nowhere.ndjson'], { folder });

    expect(run.exitCode).toBe(2);
    expect(run.errors).toContain('nowhere.ndjson');
  });
});

describe('help', () => {
  it.each([
    [['clients', 'import']],
    [['sites', 'survey']],
    [['changes', 'announce']],
    [['rollouts', 'plan']],
    [['rollouts', 'hold']],
    [['approvals', 'record']],
    [['calendar', 'ask']],
    [['live', 'on']],
    [['tokens', 'create']],
  ])('of %j ends with an example of it', async (words) => {
    const run = await runCli([...words, '--help'], { folder });

    expect(run.exitCode).toBe(0);
    expect(run.output).toMatch(new RegExp(`Example:\\n.*daymark ${words.join(' ')}`));
  });

  it.each(['bash', 'zsh', 'fish'])('completes in %s', async (shell) => {
    const run = await runCli(['completion', shell], { folder });

    expect(run.exitCode).toBe(0);
    expect(run.output).toContain('rollouts');
  });
});
