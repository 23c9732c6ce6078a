import {
  earliestOf,
  epochMsOf,
  instantOf,
  latestOf,
  parseInstant,
  plusMs,
} from '../../domain/instant.ts';

it.each([
  ['2026-11-25T20:00Z', '2026-11-25T20:00:00.000Z'],
  ['2026-11-25T20:00:01Z', '2026-11-25T20:00:01.000Z'],
  ['2026-11-25T20:00:00.5Z', '2026-11-25T20:00:00.500Z'],
  ['2026-11-25T20:00:00-05:00', '2026-11-26T01:00:00.000Z'],
  ['2026-11-25T01:15:00+05:45', '2026-11-24T19:30:00.000Z'],
  ['2028-02-29T00:00:00Z', '2028-02-29T00:00:00.000Z'],
])('reads %s', (text, instant) => {
  expect(parseInstant(text)).toBe(instant);
});

it.each([
  '',
  'now',
  '2026-11-25',
  '2026-11-25T20:00',
  '2026-11-25 20:00Z',
  '2026-13-01T00:00Z',
  '2026-11-25T25:00Z',
])('refuses "%s"', (text) => {
  expect(() => parseInstant(text)).toThrow(`"${text}" is no instant`);
});

it('is in text order when it is in time order', () => {
  const instants = [-1, 0, 999, 1_000, 86_400_000, 1_796_000_000_000].map(instantOf);

  expect(instants.toSorted()).toEqual(instants);
  expect(instants.map(epochMsOf)).toEqual([-1, 0, 999, 1_000, 86_400_000, 1_796_000_000_000]);
});

it('moves by milliseconds in both directions', () => {
  const midnight = parseInstant('2027-01-01T00:00Z');

  expect(plusMs(midnight, -1)).toBe('2026-12-31T23:59:59.999Z');
  expect(plusMs(midnight, 1)).toBe('2027-01-01T00:00:00.001Z');
});

it('finds the earliest and the latest, wherever it stands', () => {
  const [first, second, third] = [instantOf(1), instantOf(2), instantOf(3)];

  expect(latestOf(second, third, first)).toBe(third);
  expect(earliestOf(second, third, first)).toBe(first);
  expect(latestOf(second)).toBe(second);
  expect(earliestOf(second)).toBe(second);
});
