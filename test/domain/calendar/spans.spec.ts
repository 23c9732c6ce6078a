import {
  clip,
  difference,
  intersection,
  touching,
  union,
  walk,
  type Span,
} from '../../../domain/calendar/span.ts';

/** `0-2 5-7` as spans, and back. */
function spans(text: string): readonly Span[] {
  return (text === '' ? [] : text.split(' ')).map((each) => {
    const [start = 0, end = 0] = each.split('-').map(Number);
    return { start, end };
  });
}

function text(found: Iterable<Span>): string {
  return [...found].map(({ start, end }) => `${start}-${end}`).join(' ');
}

it.each([
  ['nothing', '', ''],
  ['what lies apart', '5-7 0-2', '0-2 5-7'],
  ['what touches', '2-5 0-2', '0-5'],
  ['what overlaps', '0-4 2-5', '0-5'],
  ['what lies inside', '0-9 2-5 8-9', '0-9'],
])('joins %s', (_what, given, expected) => {
  expect(text(union(spans(given)))).toBe(expected);
});

it.each([
  ['nothing', '', '0-9', ''],
  ['what lies apart', '0-2', '2-4', ''],
  ['a common part', '0-4', '2-6', '2-4'],
  ['several parts', '0-9', '1-2 4-6 8-12', '1-2 4-6 8-9'],
  ['parts cut by both', '0-3 5-9', '2-6 8-10', '2-3 5-6 8-9'],
])('finds in both %s', (_what, left, right, expected) => {
  expect(text(intersection(spans(left), spans(right)))).toBe(expected);
  expect(text(intersection(spans(right), spans(left)))).toBe(expected);
});

it.each([
  ['nothing', '0-9', '', '0-9'],
  ['what lies apart', '2-4', '0-2 4-9', '2-4'],
  ['a beginning', '2-6', '0-4', '4-6'],
  ['an end', '2-6', '4-9', '2-4'],
  ['a middle', '0-9', '4-5', '0-4 5-9'],
  ['several parts of one', '0-9', '0-1 2-3 8-9', '1-2 3-8'],
  ['one part of several', '0-3 4-6 8-9', '2-8', '0-2 8-9'],
  ['everything', '0-3 4-6', '0-9', ''],
  ['what reaches into the next', '0-3 4-9', '2-5 6-7', '0-2 5-6 7-9'],
  ['nothing of what lies behind it', '0-10', '20-30', '0-10'],
  ['nothing of what begins as it ends', '0-10 15-16', '10-12', '0-10 15-16'],
  ['nothing of what lies before it', '5-10', '0-2 3-5', '5-10'],
])('takes away %s', (_what, from, taken, expected) => {
  expect(text(difference(spans(from), spans(taken)))).toBe(expected);
});

it.each([
  ['none before or after', '0-2 6-9', '2-6', ''],
  ['those that share time', '0-2 3-4 5-7 8-9', '1-6', '0-2 3-4 5-7'],
  ['one around', '0-9', '4-5', '0-9'],
  ['none of nothing', '', '0-9', ''],
])('finds around a range %s', (_what, given, range, expected) => {
  const [around = { start: 0, end: 0 }] = spans(range);

  expect(text(touching(spans(given), around))).toBe(expected);
});

it('cuts to a range and drops what is left empty', () => {
  expect(text(clip(spans('0-3 4-6 8-12 12-14'), { start: 3, end: 12 }))).toBe('4-6 8-12');
});

describe('walking', () => {
  const dayMs = 86_400_000;
  const year = { start: 0, end: 366 * dayMs };

  it('joins what touches across the parts it reads', () => {
    const days = (range: Span): readonly Span[] => {
      const first = Math.floor(range.start / dayMs);
      const count = Math.ceil(range.end / dayMs) - first;
      return Array.from({ length: count }, (_, index) => ({
        start: (first + index) * dayMs,
        end: (first + index + 1) * dayMs,
      }));
    };

    expect(text(walk(days, year))).toBe(text([year]));
  });

  it('ends a span where a part it reads begins with nothing', () => {
    const week = { start: 3 * dayMs, end: 7 * dayMs };
    const later = { start: 21 * dayMs, end: 22 * dayMs };

    expect(text(walk(() => [week, later], year))).toBe(text([week, later]));
  });

  it('reads no further than it is asked to, and never much at once', () => {
    const read: Span[] = [];
    const source = (range: Span): readonly Span[] => {
      read.push(range);
      return range.start < 100 * dayMs ? [] : [range];
    };

    const [first] = walk(source, { start: 0, end: 4000 * dayMs });

    expect(read.slice(0, 4).map(({ start, end }) => (end - start) / dayMs)).toEqual([
      7, 14, 28, 56,
    ]);
    expect(Math.max(...read.map(({ start, end }) => (end - start) / dayMs))).toBe(112);
    expect(first).toEqual({ start: 105 * dayMs, end: 4000 * dayMs });
  });

  it('ends with its range', () => {
    expect(text(walk(() => [{ start: -5, end: 999 }], { start: 0, end: 10 }))).toBe('0-10');
    expect(text(walk(() => [{ start: -5, end: 999 }], { start: 10, end: 10 }))).toBe('');
  });
});
