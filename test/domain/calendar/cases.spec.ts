import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { askLine } from '../../../domain/calendar/ask.ts';
import { compareExpectation } from '../../../domain/calendar/compare-expectation.ts';

interface Case {
  readonly id: string;
  readonly expect: Readonly<Record<string, unknown>>;
}

const files = ['calendar', 'policies'].map(
  (name) => new URL(`../../cases/${name}.ndjson`, import.meta.url),
);
const rows = files.flatMap(casesIn);

describe('facts from public test suites and published policies', () => {
  it.each(rows)('$id', ({ line, index, expect: expected }) => {
    const answer = askLine(line, index + 1);

    const gaps = compareExpectation(answer ?? {}, expected);

    expect(gaps).toEqual([]);
  });

  it('holds every fact exactly once', () => {
    const ids = rows.map((each) => each.id);

    expect(new Set(ids).size).toBe(ids.length);
    expect(files.map((each) => casesIn(each).length)).toEqual([240, 106]);
  });
});

describe('the host', () => {
  const script = `
    import { readFileSync } from 'node:fs';
    import { askLine } from '${new URL('../../../domain/calendar/ask.ts', import.meta.url).href}';
    const lines = ${JSON.stringify(files.map((each) => each.href))}.flatMap((file) =>
      readFileSync(new URL(file), 'utf8').trim().split('\\n'));
    console.log(JSON.stringify([new Date(0).getHours(), lines.map((line, i) => askLine(line, i + 1))]));`;

  function answersIn(zone: string): readonly [number, readonly unknown[]] {
    const output = execFileSync(
      process.execPath,
      ['--no-warnings', '--input-type=module', '--eval', script],
      { env: { ...process.env, TZ: zone, NODE_OPTIONS: '' }, encoding: 'utf8', maxBuffer: 1e8 },
    );
    return JSON.parse(output) as readonly [number, readonly unknown[]];
  }

  const [hourInUtc, inUtc] = answersIn('UTC');

  it.each(['Pacific/Kiritimati', 'Australia/Lord_Howe', 'America/St_Johns'])(
    'gives the same answers in %s as in UTC',
    (zone) => {
      const [hour, answers] = answersIn(zone);

      expect(hour).not.toBe(hourInUtc);
      expect(answers).toHaveLength(rows.length);
      expect(answers).toEqual(inUtc);
    },
  );
});

function casesIn(file: URL): readonly (Case & { readonly line: string; readonly index: number })[] {
  const lines = readFileSync(file, 'utf8').trim().split('\n');
  return lines.map((line, index) => ({ ...(JSON.parse(line) as Case), line, index }));
}
