import {
  firstStartFrom,
  latestEndOf,
  nextMidnight,
  spanAt,
  startsBeside,
  startsBetween,
  startsWithin,
} from '../../../../domain/rollout/planning/start-span.ts';

const zone = 'America/Toronto';
const hour = 3_600_000;
const at = (text: string): number => Date.parse(`${text}:00Z`);
const text = (ms: number): string => new Date(ms).toISOString().slice(0, 16);

function spans(from: string, to: string, worstCaseMs: number): readonly (readonly string[])[] {
  const found = startsWithin([{ start: at(from), end: at(to) }], { worstCaseMs, zone });
  return found.map(({ first, last }) => [text(first), text(last)]);
}

it('lets work start as long as it ends with the evening', () => {
  expect(spans('2026-12-04T01:00', '2026-12-04T04:00', hour)).toEqual([
    ['2026-12-04T01:00', '2026-12-04T03:00'],
  ]);
  expect(spans('2026-12-04T01:00', '2026-12-04T02:00', hour)).toEqual([
    ['2026-12-04T01:00', '2026-12-04T01:00'],
  ]);
  expect(spans('2026-12-04T01:00', '2026-12-04T01:59', hour)).toEqual([]);
});

it('cuts a stretch longer than a day at the midnights of the client, its last day aside', () => {
  // From Friday 18:00 to Monday 6:00 in Toronto.
  expect(spans('2026-12-04T23:00', '2026-12-07T11:00', hour)).toEqual([
    ['2026-12-04T23:00', '2026-12-05T04:00'],
    ['2026-12-05T05:00', '2026-12-06T04:00'],
    ['2026-12-06T05:00', '2026-12-06T10:59'],
    ['2026-12-06T11:00', '2026-12-07T10:00'],
  ]);
});

it('lets work of exactly a day start at each midnight, and a day before the end', () => {
  expect(spans('2026-12-04T23:00', '2026-12-07T11:00', 24 * hour)).toEqual([
    ['2026-12-05T05:00', '2026-12-05T05:00'],
    ['2026-12-06T05:00', '2026-12-06T05:00'],
    ['2026-12-06T11:00', '2026-12-06T11:00'],
  ]);
});

it('lets work of more than a day use the whole stretch', () => {
  expect(spans('2026-12-04T23:00', '2026-12-07T11:00', 30 * hour)).toEqual([
    ['2026-12-04T23:00', '2026-12-06T05:00'],
  ]);
});

it('lets work of exactly a day begin with a date, or in the last day', () => {
  expect(spans('2026-12-04T23:00', '2026-12-07T11:00', 24 * hour)).toEqual([
    ['2026-12-05T05:00', '2026-12-05T05:00'],
    ['2026-12-06T05:00', '2026-12-06T05:00'],
    ['2026-12-06T11:00', '2026-12-06T11:00'],
  ]);
});

it.each([
  ['in an evening', '2026-12-04T02:00', '2026-12-04T04:00', hour, '2026-12-04T04:00'],
  ['in a long stretch', '2026-12-04T23:00', '2026-12-07T11:00', hour, '2026-12-05T05:00'],
  ['just before midnight', '2026-12-06T04:30', '2026-12-07T11:00', hour, '2026-12-06T05:00'],
  ['in its last day', '2026-12-06T11:00', '2026-12-07T11:00', hour, '2026-12-07T11:00'],
  // As a person may have promised it: over midnight, or longer than what is left of the date.
  ['over midnight', '2026-12-05T04:30', '2026-12-07T11:00', hour, '2026-12-05T05:00'],
  ['for a day', '2026-12-04T23:00', '2026-12-07T11:00', 24 * hour, '2026-12-05T05:00'],
  ['for more than a day', '2026-12-04T23:00', '2026-12-07T11:00', 30 * hour, '2026-12-06T05:00'],
])(
  'ends a slot %s at the latest where it was announced to',
  (_, start, end, worstCaseMs, latest) => {
    const stretchEnd = at(end);

    expect(text(latestEndOf(at(start), { stretchEnd, worstCaseMs, zone }))).toBe(latest);
  },
);

it.each([
  ['America/Toronto', '2026-12-04T04:59', '2026-12-04T05:00'],
  ['America/Toronto', '2026-12-04T05:00', '2026-12-05T05:00'],
  // Midnight does not exist on the day the clocks go forward, and comes twice when they go back.
  ['Asia/Beirut', '2026-03-28T21:59', '2026-03-28T22:00'],
  ['America/Havana', '2025-11-02T03:59', '2025-11-02T04:00'],
  // The clocks went back a minute after midnight: the date that had begun is not begun again.
  ['America/St_Johns', '2010-11-07T02:29', '2010-11-07T02:30'],
  ['America/St_Johns', '2010-11-07T02:45', '2010-11-08T03:30'],
  // One minute after midnight the clocks go back to 23:01 of the old date, whose end has been already.
  ['America/St_Johns', '2010-11-07T02:29', '2010-11-07T02:30'],
  ['America/St_Johns', '2010-11-07T02:45', '2010-11-08T03:30'],
  ['Pacific/Apia', '2011-12-30T09:59', '2011-12-30T10:00'],
])('knows the next midnight in %s after %s', (where, after, midnight) => {
  expect(text(nextMidnight(at(after), where))).toBe(midnight);
});

const two = [
  { first: 10, last: 20, stretchEnd: 30 },
  { first: 40, last: 50, stretchEnd: 60 },
];

it.each([
  [0, 10],
  [10, 10],
  [15, 15],
  [20, 20],
  [21, 40],
  [50, 50],
  [51, undefined],
])('finds the first start from %s on', (from, first) => {
  expect(firstStartFrom(two, from)).toBe(first);
});

it.each([
  [9, undefined],
  [10, 10],
  [20, 10],
  [21, undefined],
  [50, 40],
])('knows which span %s lies in', (start, first) => {
  expect(spanAt(two, start)?.first).toBe(first);
});

it('leaves out starts that would meet what is busy', () => {
  const left = startsBeside(two, [{ start: 17, end: 43 }], 3);

  expect(left.map(({ first, last }) => [first, last])).toEqual([
    [10, 14],
    [43, 50],
  ]);
  expect(startsBeside(two, [{ start: 60, end: 70 }], 3)).toEqual(two);
  expect(startsBeside(two, [{ start: 13, end: 14 }], 3)).toHaveLength(3);
});

it('cuts starts to what lies between two instants, both included', () => {
  const left = startsBetween(two, 20, 40);

  expect(left.map(({ first, last }) => [first, last])).toEqual([
    [20, 20],
    [40, 40],
  ]);
  expect(startsBetween(two, 21, 39)).toEqual([]);
});
