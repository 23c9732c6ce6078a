import {
  byClientKey,
  type Crowd,
  crowdsOf,
  startsOfCrowd,
  suits,
} from '../../../../domain/rollout/planning/crowd.ts';
import { candidateOf, spansOf } from './candidate-of.ts';

const keysOf = (crowds: readonly Crowd[]): readonly string[] =>
  crowds.map(({ members }) => members.map(({ client }) => client.key).join(' '));

const evenings = spansOf([10, 20], [40, 50]);

it.each<readonly [string, readonly string[], Parameters<typeof candidateOf>, number]>([
  ['share their open time', ['ash birch'], ['ash', evenings], 0],
  ['have like hours only', ['ash', 'birch'], ['ash', spansOf([10, 20], [40, 50])], 0],
  ['have other deployers', ['ash', 'birch'], ['ash', evenings, { deployer: 'b' }], 0],
  ['have other limits', ['ash', 'birch'], ['ash', evenings, { deployerLimit: 8 }], 0],
  ['may start from other moments on', ['ash', 'birch'], ['ash', evenings, { from: 15 }], 0],
  ['wait for the same stretch to open', ['ash birch'], ['ash', evenings, { from: 10 }], 0],
  ['wait for the same second stretch', ['ash', 'birch'], ['ash', evenings, { from: 30 }], 0],
  ['wait for their cohort all the same', ['ash birch'], ['ash', evenings, { from: 15 }], 18],
  ['could begin in a stretch that is over', ['ash birch'], ['ash', evenings, { from: 15 }], 30],
])('tells clients apart that %s', (_, crowds, ash, earliest) => {
  // The other one comes first in the list, and second in the order of the keys.
  const candidates = [candidateOf('birch', evenings), candidateOf(...ash)];

  expect(keysOf(crowdsOf(candidates, earliest))).toEqual(crowds);
});

it('leaves out who has no start any more', () => {
  const candidates = [
    candidateOf('ash', spansOf([10, 20])),
    candidateOf('birch', spansOf([10, 21])),
    candidateOf('cedar', []),
    candidateOf('dogwood', spansOf([10, 21]), { from: 22 }),
  ];

  expect(keysOf(crowdsOf(candidates, 21))).toEqual(['birch']);
});

it('begins with what its members have in common, and with nobody placed', () => {
  const candidates = ['cedar', 'ash', 'birch'].map((key) =>
    candidateOf(key, evenings, { from: 5, cohort: 2 }),
  );

  const [crowd] = crowdsOf(candidates, 12);

  expect(crowd).toMatchObject({
    seat: { cohort: 2, deployer: 'a', deployerLimit: 9 },
    from: 12,
    left: 3,
  });
  expect(crowd?.open).toBe(evenings);
  expect(crowd?.slots.size).toBe(0);
  expect(keysOf(crowd ? [crowd] : [])).toEqual(['ash birch cedar']);
});

it.each([
  [9, false],
  [10, false],
  [14, false],
  [15, true],
  [20, true],
  [21, false],
  [40, true],
])('suits a place at %s: %s', (start, isGood) => {
  const [crowd] = crowdsOf([candidateOf('ash', evenings, { from: 15 })], 0);

  expect(crowd && suits(crowd, start)).toBe(isGood);
});

describe('the starts of a crowd', () => {
  const members = ['ash', 'birch', 'cedar'].map((key) => candidateOf(key, evenings));
  const startsWith = (...slots: readonly (readonly [number, number])[]) =>
    startsOfCrowd({
      seat: { cohort: 0, deployer: 'a', deployerLimit: 9 },
      open: evenings,
      from: 0,
      members,
      slots: new Map(slots),
      left: 0,
    }).map(([{ client }, start]) => `${client.key} ${start}`);

  it('go to its members in the order of time, however they were given', () => {
    expect(startsWith([40, 1], [12, 1], [10, 1])).toEqual(['ash 10', 'birch 12', 'cedar 40']);
    expect(startsWith([40, 1], [10, 2])).toEqual(['ash 10', 'birch 10', 'cedar 40']);
  });

  it('leave the last members without one where there are too few', () => {
    expect(startsWith([10, 1])).toEqual(['ash 10']);
    expect(startsWith()).toEqual([]);
  });

  it('are never more than its members', () => {
    expect(startsWith([10, 2], [40, 2])).toEqual(['ash 10', 'birch 10', 'cedar 40']);
  });
});

it('sorts by key', () => {
  const sorted = ['birch', 'cedar', 'ash']
    .map((key) => candidateOf(key, evenings))
    .toSorted(byClientKey);

  expect(sorted.map(({ client }) => client.key)).toEqual(['ash', 'birch', 'cedar']);
});
