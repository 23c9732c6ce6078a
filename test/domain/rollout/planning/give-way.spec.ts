import type { Candidate } from '../../../../domain/rollout/planning/crowd.ts';
import { giveWay } from '../../../../domain/rollout/planning/give-way.ts';
import { freePlaces, type Places } from '../../../../domain/rollout/planning/places.ts';
import { candidateOf, spansOf } from './candidate-of.ts';

const onlyOne = { vendor: 1, rollout: 1, cohorts: [1] };

/** Who starts when after some gave way; work takes ten, and one place is all there is. */
function afterwards(
  before: readonly (readonly [Candidate, number])[],
  unplaced: readonly Candidate[],
  {
    places = freePlaces(onlyOne, 10),
    earliest = 0,
    latest = Infinity,
  }: { places?: Places; earliest?: number; latest?: number } = {},
) {
  for (const [{ client }, start] of before) places.take(client, start);
  const answer = giveWay({ placed: new Map(before), unplaced }, places, {
    ...{ cohort: 0, earliest, latest },
  });
  return {
    starts: Object.fromEntries([...answer.placed].map(([{ client }, at]) => [client.key, at])),
    without: answer.unplaced.map(({ client }) => client.key),
  };
}

const ash = candidateOf('ash', spansOf(205), { tags: ['a'] });
const birch = candidateOf('birch', spansOf(103, 203), { tags: ['b'] });
const cedar = candidateOf('cedar', spansOf(3, 108), { tags: ['c'] });
const dogwood = candidateOf('dogwood', spansOf(0, 195), { tags: ['d'] });

it('lets one give way to another whom it meets only in part, and so on', () => {
  const before = [[dogwood, 0] as const, [cedar, 108] as const, [birch, 203] as const];

  expect(afterwards(before, [ash])).toEqual({
    starts: { ash: 205, birch: 103, cedar: 3, dogwood: 195 },
    without: [],
  });
});

it.each([
  ['before the turn of the cohort', { earliest: 4 }],
  ['after its last start', { latest: 204 }],
])('lets nobody start %s, and leaves all as they were', (_, bounds) => {
  const before = [[dogwood, 195] as const, [cedar, 108] as const];
  const without = [candidateOf('elm', spansOf(3, 205), { tags: ['e'] })];
  const places = freePlaces(onlyOne, 10);
  places.takeForOther('z', 'earliest' in bounds ? 205 : 3, 'earliest' in bounds ? 215 : 13);

  expect(afterwards(before, without, { ...bounds, places })).toEqual({
    starts: { cedar: 108, dogwood: 195 },
    without: ['elm'],
  });
  expect(places.isFree(cedar.client, 108)).toBe(false);
  expect(places.isFree(cedar.client, 118)).toBe(true);
});

it('takes a place that is free without moving anybody', () => {
  const before = [[birch, 103] as const];

  expect(afterwards(before, [ash])).toEqual({ starts: { ash: 205, birch: 103 }, without: [] });
});

it('moves five at most, so that few dates are unsettled', () => {
  // Each can give way to the one before it only.
  const row = (count: number) =>
    Array.from({ length: count }, (_, index) => {
      const key = `r${index}`;
      const last = index * 100;
      return [candidateOf(key, spansOf(last + 5, last + 100), { tags: [key] }), last + 5] as const;
    });
  const first = candidateOf('first', spansOf(0), { tags: ['first'] });

  expect(afterwards(row(5), [first]).without).toEqual([]);
  expect(afterwards(row(6), [first]).without).toEqual(['first']);
});

it('moves up whoever could start earlier after all', () => {
  const elm = candidateOf('elm', spansOf([100, 120]), { tags: ['e'] });
  const before = [[birch, 103] as const, [elm, 113] as const];

  expect(afterwards(before, [candidateOf('fir', spansOf(95), { tags: ['f'] })])).toEqual({
    starts: { birch: 203, elm: 105, fir: 95 },
    without: [],
  });
});
