import fc from 'fast-check';
import type { ClientId } from '../../../../domain/ids.ts';
import type { Candidate } from '../../../../domain/rollout/planning/crowd.ts';
import { placeCohort } from '../../../../domain/rollout/planning/place-cohort.ts';
import { placeCohortWell } from '../../../../domain/rollout/planning/place-first.ts';
import { freePlaces } from '../../../../domain/rollout/planning/places.ts';
import { planClient } from '../plan-input-of.ts';
import { candidateOf, spansOf } from './candidate-of.ts';

/** A client that may start only then; work takes ten. */
function candidate(
  key: string,
  starts: readonly number[],
  deployer = 'a',
  deployerLimit = 9,
): Candidate {
  const client = planClient(key, { deployer, deployerLimit, clientId: key as ClientId });
  const open = starts.map((start) => ({ first: start, last: start, stretchEnd: start + 10 }));
  return { client, open, from: 0 } as unknown as Candidate;
}

const limits = (most: number) => ({ vendor: most, rollout: most, cohorts: [most] });
const bounds = { cohort: 0, earliest: 0, latest: Infinity, waiting: 0 };

function place(candidates: readonly Candidate[], most: number, more: Partial<typeof bounds> = {}) {
  const { placed } = placeCohort(candidates, freePlaces(limits(most), 10), { ...bounds, ...more });
  return Object.fromEntries([...placed].map(([{ client }, start]) => [client.key, start]));
}

it('lets somebody change places, so that another fits', () => {
  const candidates = [
    candidate('ash', [0]),
    candidate('birch', [0, 10]),
    candidate('cedar', [10, 20]),
  ];

  expect(place(candidates, 1)).toEqual({ ash: 0, birch: 10, cedar: 20 });
});

it('lets a whole chain of clients change places', () => {
  const candidates = [
    candidate('ash', [0, 10]),
    candidate('birch', [0, 20]),
    candidate('cedar', [10, 20, 30]),
    candidate('dogwood', [0]),
  ];

  expect(place(candidates, 1)).toEqual({ dogwood: 0, ash: 10, birch: 20, cedar: 30 });
});

it('keeps within the limit of a deployer when places change', () => {
  const candidates = [
    candidate('ash', [0, 10], 'a', 1),
    candidate('birch', [0, 10], 'a', 1),
    candidate('cedar', [0], 'b', 1),
    candidate('dogwood', [0], 'a', 1),
  ];

  const starts = place(candidates, 2);

  expect(starts).toEqual({ cedar: 0, dogwood: 0, ash: 10 });
});

it('starts nobody before the earliest or after the latest start', () => {
  const candidates = [candidate('ash', [0, 10, 20]), candidate('birch', [30])];

  expect(place(candidates, 1, { earliest: 5, latest: 29 })).toEqual({ ash: 10 });
  expect(place(candidates, 1, { earliest: 10, latest: 30 })).toEqual({ ash: 10, birch: 30 });
});

/** A client that may start between those moments, both included. */
function between(key: string, ...open: readonly (readonly [number, number])[]): Candidate {
  return candidateOf(key, spansOf(...open));
}

it('gives the next place the moment that the work before ends, up to the last start', () => {
  const open = spansOf([0, 20]);
  const candidates = ['ash', 'birch', 'cedar', 'dogwood'].map((key) => candidateOf(key, open));

  expect(place(candidates, 1)).toEqual({ ash: 0, birch: 10, cedar: 20 });
  expect(place(candidates, 1, { latest: 19 })).toEqual({ ash: 0, birch: 10 });
  expect(place(candidates, 1, { latest: 10 })).toEqual({ ash: 0, birch: 10 });
});

it('gives a place to whoever can use it for the shortest time', () => {
  expect(place([between('ash', [0, 5]), between('birch', [0, 4])], 1)).toEqual({ birch: 0 });
});

it('gives a place to whoever has the fewest others left, among those who can use it as long', () => {
  const candidates = [
    between('ash', [20, 25], [40, 45]),
    candidateOf('birch', spansOf([-20, -15], [0, 5], [20, 25]), { from: 10 }),
  ];

  expect(place(candidates, 1, { latest: 25 })).toEqual({ birch: 20 });
});

it('gives a place to the first key where all choices are equal', () => {
  const candidates = [between('birch', [0, 20]), between('ash', [5, 20])];
  const places = freePlaces(limits(1), 10);
  places.takeForOther('z', 0, 10);

  const { placed } = placeCohort(candidates, places, bounds);

  expect([...placed].map(([{ client }, start]) => [client.key, start])).toEqual([
    ['ash', 10],
    ['birch', 20],
  ]);
});

it('passes over clients whose deployer is busy', () => {
  const candidates = [
    candidate('ash', [0, 10], 'b', 1),
    candidate('birch', [0, 10], 'b', 1),
    candidate('cedar', [0, 10, 20], 'a', 9),
  ];

  expect(place(candidates, 2)).toEqual({ ash: 0, birch: 10, cedar: 0 });
});

const anyCandidates = fc.array(
  fc.record({
    starts: fc.uniqueArray(fc.integer({ min: 0, max: 4 }), { minLength: 1, maxLength: 4 }),
    deployer: fc.constantFrom('a', 'b'),
  }),
  { minLength: 1, maxLength: 6 },
);

it('places as many as possible, and those as early as possible, where windows follow each other', () => {
  fc.assert(
    fc.property(anyCandidates, fc.integer({ min: 1, max: 2 }), (clients, most) => {
      const candidates = clients.map(({ starts }, index) =>
        candidate(
          `c${index}`,
          starts.toSorted().map((each) => each * 10),
        ),
      );

      const found = Object.values(place(candidates, most));

      expect([found.length, sum(found)]).toEqual(optimum(candidates, most));
    }),
    { numRuns: 200 },
  );
});

it('is never worse for having tried who goes first', () => {
  fc.assert(
    fc.property(anyCandidates, fc.integer({ min: 0, max: 9 }), (clients, shift) => {
      const candidates = clients.map(({ starts, deployer }, index) => {
        const uneven = starts.toSorted().map((each) => each * 10 + (index % 2) * shift);
        return candidate(`c${index}`, uneven, deployer, 1);
      });
      const plain = placeCohort(candidates, freePlaces(limits(2), 10), bounds).placed;
      const places = freePlaces(limits(2), 10);
      const { placed, unplaced } = placeCohortWell(candidates, places, bounds);

      expect(placed.size + unplaced.length).toBe(candidates.length);
      expect(placed.size).toBeGreaterThanOrEqual(plain.size);
      if (placed.size === plain.size) {
        expect(sum([...placed.values()])).toBeLessThanOrEqual(sum([...plain.values()]));
      }
      for (const [{ client }, start] of placed) places.release(client, start);
      expect(places.free({ cohort: 0, deployer: 'a', deployerLimit: 1 }, 0)).toBe(1);
    }),
    { numRuns: 100 },
  );
});

it('lets a client go first whose only start no even row of work would leave free', () => {
  const even = [0, 10, 20, 30, 40, 50];
  const candidates = [
    candidate('ash', [5]),
    ...['birch', 'cedar', 'dogwood'].map((key) => candidate(key, even)),
  ];

  const { placed } = placeCohortWell(candidates, freePlaces(limits(1), 10), bounds);

  expect([...placed].map(([{ client }, start]) => [client.key, start])).toEqual([
    ['ash', 5],
    ['birch', 20],
    ['cedar', 30],
    ['dogwood', 40],
  ]);
});

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, each) => total + each, 0);
}

/** Every way of placing, one after the other: how many at most, and at what least sum. */
function optimum(
  candidates: readonly Candidate[],
  most: number,
  taken: readonly number[] = [],
): readonly [number, number] {
  const [next, ...others] = candidates;
  if (next === undefined) return [0, 0];
  const ways = next.open
    .map(({ first }) => first)
    .filter((start) => taken.filter((each) => each === start).length < most)
    .map((start) => {
      const [count, total] = optimum(others, most, [...taken, start]);
      return [count + 1, total + start] as const;
    });
  const all = [optimum(others, most, taken), ...ways];
  return all.toSorted(([n, total], [m, other]) => m - n || total - other)[0] ?? [0, 0];
}
