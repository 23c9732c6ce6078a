import { describe, expect, it } from '@jest/globals';
import { compareExpectation } from '../../../domain/calendar/compare-expectation.ts';

type Row = readonly [what: string, actual: unknown, expected: unknown];

/** Whether the answer to a calendar test is what it expects of that field. */
function passes(name: string, actual: unknown, expected: unknown): boolean {
  return compareExpectation({ [name]: actual }, { [name]: expected }).length === 0;
}

it('names every field that differs, with both values', () => {
  const answer = { closed: true, nextOpen: '2026-11-25T20:00:00Z', horizon: 1 };

  const gaps = compareExpectation(answer, { closed: false, nextOpen: null, date: 'x', horizon: 1 });

  expect(gaps).toEqual([
    { path: 'closed', expected: false, actual: true },
    { path: 'nextOpen', expected: null, actual: '2026-11-25T20:00:00Z' },
    { path: 'date', expected: 'x', actual: undefined },
  ]);
});

it('looks at no field that the test does not name', () => {
  expect(compareExpectation({ closed: true, reasons: [] }, { closed: true })).toEqual([]);
  expect(compareExpectation({ closed: true }, {})).toEqual([]);
});

describe('a value', () => {
  const start = '2026-11-25T20:00:00Z';

  it.each<Row>([
    ['is the same', 7, 7],
    ['is nothing where nothing is expected', undefined, null],
    ['is null where nothing is expected', null, null],
    ['has no field where nothing is expected of it', { code: 'x' }, { at: null }],
    ['has more fields than are expected', { code: 'x', message: 'y' }, { code: 'x' }],
    ['is a list of the same length in the same order', ['a', { b: 1, c: 2 }], ['a', { b: 1 }]],
    ['is an empty list', [], []],
    ['is a time with seconds that were left out', start, '2026-11-25T20:00Z'],
    ['is a time with a fraction of zero', '2026-11-25T20:00:00.000Z', start],
    [
      'is a time with zeros behind its fraction',
      '2026-11-25T20:00:00.250Z',
      '2026-11-25T20:00:00.25Z',
    ],
    [
      'is a time to nine digits',
      '2026-11-25T20:00:00.123456789Z',
      '2026-11-25T20:00:00.123456789Z',
    ],
    ['is a local time with seconds that were left out', '2026-11-25T20:00:00', '2026-11-25T20:00'],
    ['is a time inside a list', [start], ['2026-11-25T20:00Z']],
  ])('passes when it %s', (_what, actual, expected) => {
    expect(passes('value', actual, expected)).toBe(true);
  });

  it.each<Row>([
    ['is another', 7, 8],
    ['is the same word of another type', 7, '7'],
    ['is there where nothing is expected', false, null],
    ['is there where nothing is expected of a field', { at: 'x' }, { at: null }],
    ['is missing', undefined, 'x'],
    ['is null where an object is expected', null, { code: 'x' }],
    ['is a list where an object is expected', ['x'], { 0: 'x' }],
    ['is an object where a list is expected', { 0: 'x', length: 1 }, ['x']],
    ['has a field of another value', { code: 'x', at: 'y' }, { code: 'x', at: 'z' }],
    ['is a longer list', ['a', 'b'], ['a']],
    ['is a shorter list', ['a'], ['a', 'b']],
    ['is a list in another order', ['a', 'b'], ['b', 'a']],
    ['is a list of which one entry differs', ['a', 'b'], ['a', 'c']],
    ['is a time of another minute', start, '2026-11-25T20:01:00Z'],
    ['is a time of another second', start, '2026-11-25T20:00:01Z'],
    ['is a time of another nanosecond', start, '2026-11-25T20:00:00.000000001Z'],
    ['is an instant where a local time is expected', start, '2026-11-25T20:00:00'],
    ['has a time in a longer text', `at ${start}`, 'at 2026-11-25T20:00Z'],
    ['has a time before other text', `${start} sharp`, '2026-11-25T20:00Z sharp'],
    ['has ten digits of a second', '2026-11-25T20:00:00.0000000000Z', start],
  ])('fails when it %s', (_what, actual, expected) => {
    expect(passes('value', actual, expected)).toBe(false);
  });
});

describe('reasons', () => {
  const [freeze, early] = [
    { layer: 'vendor', rule: 'freeze', until: '2026-12-25T00:00:00Z' },
    { layer: 'client', rule: 'too early' },
  ];

  it.each<Row>([
    ['in any order', [freeze, early], [early, freeze]],
    ['by the named fields', [freeze, early], [{ rule: 'freeze' }, { rule: 'too early' }]],
    [
      'of which one speaks for two',
      [early, { ...early, layer: 'policy' }],
      [{ rule: 'too early' }],
    ],
  ])('pass %s', (_what, actual, expected) => {
    expect(passes('reasons', actual, expected)).toBe(true);
  });

  it.each<Row>([
    ['one is missing', [freeze], [freeze, early]],
    ['one is too much', [freeze, early], [freeze]],
    ['there are none', undefined, [freeze]],
    ['none is expected', [freeze], []],
  ])('fail when %s', (_what, actual, expected) => {
    expect(passes('reasons', actual, expected)).toBe(false);
  });
});

describe('windows', () => {
  const window = (from: string, to: string, rule?: string): object => ({
    start: `2026-11-25T${from}Z`,
    end: `2026-11-25T${to}Z`,
    ...(rule !== undefined && { rule }),
  });
  const [day, night] = [
    window('08:00:00', '12:00:00', 'day'),
    window('11:00:00', '15:00:00', 'night'),
  ];

  it.each<Row>([
    ['in any order', [night, day], [day, night]],
    ['cut in two', [day], [window('08:00', '10:00', 'day'), window('10:00', '12:00', 'day')]],
    ['joined', [window('09:00', '12:00'), window('08:00', '10:00')], [window('08:00', '12:00')]],
    [
      'one within another',
      [window('08:00', '12:00'), window('09:00', '10:00'), window('11:00', '13:00')],
      [window('08:00', '13:00')],
    ],
    ['of any rule when the test names none', [day, night], [window('08:00', '15:00')]],
    [
      'of two rules at once',
      [day, window('08:00', '12:00', 'night')],
      [window('08:00', '12:00', 'night'), window('08:00', '12:00', 'day')],
    ],
    ['none', [], []],
  ])('pass %s', (_what, actual, expected) => {
    expect(passes('windows', actual, expected)).toBe(true);
  });

  it.each<Row>([
    ['a rule that the test names is another', [day], [window('08:00', '12:00', 'night')]],
    ['one is missing', [day], [day, night]],
    ['one is too much', [day, night], [day]],
    [
      'time lies between two',
      [window('08:00', '09:00'), window('09:01', '12:00')],
      [window('08:00', '12:00')],
    ],
    ['one ends later', [window('08:00', '12:01')], [window('08:00', '12:00')]],
    ['one begins earlier', [window('07:59', '12:00')], [window('08:00', '12:00')]],
    ['only one of them names its rule', [day, night], [day, window('11:00', '15:00')]],
    ['they are no objects', ['day'], [day]],
    ['they are no list', undefined, [day]],
  ])('fail when %s', (_what, actual, expected) => {
    expect(passes('windows', actual, expected)).toBe(false);
  });
});
