import { readFileSync } from 'node:fs';
import { askLine } from '../../../domain/calendar/ask.ts';
import { compareExpectation } from '../../../domain/calendar/compare-expectation.ts';

interface Case {
  readonly id: string;
  readonly expect: Readonly<Record<string, unknown>>;
}

const files = ['calendar', 'policies', 'further'].map(
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
    expect(files.map((each) => casesIn(each).length)).toEqual([240, 106, 370]);
  });
});

function casesIn(file: URL): readonly (Case & { readonly line: string; readonly index: number })[] {
  const lines = readFileSync(file, 'utf8').trim().split('\n');
  return lines.map((line, index) => ({ ...(JSON.parse(line) as Case), line, index }));
}
