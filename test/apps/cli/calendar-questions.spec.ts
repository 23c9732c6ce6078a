import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { linesOf } from '../../../apps/cli/lines-of.ts';
import { runCli, serve, type ScriptedServer } from './run-cli.ts';

const folder = mkdtempSync(join(tmpdir(), 'daymark-cli-'));
afterAll(() => {
  rmSync(folder, { recursive: true });
});

const stored = { id: 'stored', ask: 'isBusinessDay', calendar: 'support-days', date: '2026-11-25' };
const own = { id: 'own', ask: 'isBusinessDay', calendar: { zone: 'UTC' }, date: '2026-11-28' };

function answersOf(output: string): readonly unknown[] {
  return output
    .trim()
    .split('\n')
    .map((each) => JSON.parse(each) as unknown);
}

describe('a question that names what is stored', () => {
  let daymark: ScriptedServer;

  beforeAll(async () => {
    daymark = await serve(({ body }) => {
      const [question] = (body as { questions: readonly { id: string }[] }).questions;
      return { body: { answers: [{ id: question?.id, businessDay: true }] } };
    });
  });
  afterAll(async () => {
    await daymark.close();
  });

  it('is put to Daymark, alone and in its turn', async () => {
    const byClient = { id: 'client', ask: 'state', client: 'north', at: '2026-11-25T20:00:00Z' };
    const input = [own, stored, byClient].map((each) => JSON.stringify(each)).join('\n');

    const run = await runCli(['calendar', 'ask'], { input, folder, ...daymark });

    expect(answersOf(run.output)).toEqual([
      { id: 'own', businessDay: false },
      { id: 'stored', businessDay: true },
      { id: 'client', businessDay: true },
    ]);
    expect(daymark.received.map(({ path, body }) => ({ path, body }))).toEqual([
      { path: '/v1/calendars/ask', body: { questions: [stored] } },
      { path: '/v1/calendars/ask', body: { questions: [byClient] } },
    ]);
  });

  it('is answered with an error when there is no Daymark, and the others all the same', async () => {
    const input = [stored, own].map((each) => JSON.stringify(each)).join('\n');
    const environment = { DAYMARK_URL: 'http://127.0.0.1:1', DAYMARK_TOKEN: 'none' };

    const run = await runCli(['calendar', 'ask'], { input, folder, environment });

    expect(run.exitCode).toBe(0);
    expect(answersOf(run.output)).toMatchObject([
      { id: 'stored', error: { code: 'unreachable', at: 'calendar' } },
      { id: 'own', businessDay: false },
    ]);
  });

  it('may be a calendar test', async () => {
    const file = join(folder, 'stored.ndjson');
    writeFileSync(file, `${JSON.stringify({ ...stored, expect: { businessDay: false } })}\n`);

    const run = await runCli(['calendar', 'test', file], { folder, ...daymark });

    expect(run.exitCode).toBe(1);
    expect(run.output).toContain('"actual":true');
  });
});

describe('lines', () => {
  async function read(chunks: readonly (string | Uint8Array)[]): Promise<readonly string[]> {
    const encoder = new TextEncoder();
    async function* stream(): AsyncGenerator<Uint8Array> {
      for (const chunk of chunks) {
        yield await Promise.resolve(typeof chunk === 'string' ? encoder.encode(chunk) : chunk);
      }
    }
    const lines: string[] = [];
    for await (const line of linesOf(stream())) lines.push(line);
    return lines;
  }

  it.each<[string, readonly (string | Uint8Array)[], readonly string[]]>([
    ['end with a line feed, the last one may do without', ['a\nb'], ['a', 'b']],
    ['may be blank', ['a\n\n\nb\n'], ['a', '', '', 'b']],
    ['may end as on Windows, also across chunks', ['a\r', '\nb\r\n'], ['a', 'b']],
    ['may come in many chunks', ['a', 'b', 'c\nd', 'e'], ['abc', 'de']],
    [
      'are not cut by separators that JSON keeps inside its texts',
      ['"a\u2028b\u2029c\u0085d"\ne'],
      ['"a\u2028b\u2029c\u0085d"', 'e'],
    ],
    ['may be cut inside a letter', [Uint8Array.of(0xc3), Uint8Array.of(0xa9, 0x0a)], ['é']],
    ['may begin with a mark of their encoding', [Uint8Array.of(0xef, 0xbb, 0xbf, 0x61)], ['a']],
    ['are none of nothing', [], []],
  ])('%s', async (_what, chunks, expected) => {
    expect(await read(chunks)).toEqual(expected);
  });
});
