import type { Candidate } from '../../../../domain/rollout/planning/crowd.ts';
import { makeRoom } from '../../../../domain/rollout/planning/make-room.ts';
import { freePlaces, type Places } from '../../../../domain/rollout/planning/places.ts';
import { candidateOf, spansOf } from './candidate-of.ts';

const limits = (most: number) => ({ vendor: most, rollout: most, cohorts: [most] });
const seat = { cohort: 0, deployer: 'a', deployerLimit: 9 };
const always = { earliest: 0, latest: Infinity };

interface World {
  readonly unplaced: readonly Candidate[];
  readonly movable: readonly (readonly [Candidate, number])[];
  readonly bounds?: typeof always;
  readonly places?: Places;
}

/** Who has moved, where those start that were given a date, and how many are at work at each of some moments. */
function roomFor({
  unplaced,
  movable,
  bounds = always,
  places = freePlaces(limits(1), 10),
}: World) {
  for (const [{ client }, start] of movable) places.take(client, start);
  const starts = new Map<Candidate, number>();
  const asked = movable.map(([candidate, start]) => ({ candidate, start }));
  const moved = makeRoom(unplaced, asked, { places, starts, bounds });
  const wide = places.copy(limits(9));
  return {
    moved: moved.map(({ client }) => client.key),
    starts: Object.fromEntries([...starts].map(([{ client }, start]) => [client.key, start])),
    taken: (...moments: readonly number[]) => moments.map((each) => 9 - wide.free(seat, each)),
  };
}

it('moves one client for another that fits nowhere else', () => {
  const ash = candidateOf('ash', spansOf(0));
  const birch = candidateOf('birch', spansOf(0, 20));

  const { moved, starts, taken } = roomFor({ unplaced: [ash], movable: [[birch, 0]] });

  expect(moved).toEqual(['birch']);
  expect(starts).toEqual({ ash: 0, birch: 20 });
  expect(taken(0, 10, 20, 30)).toEqual([1, 0, 1, 0]);
});

it.each<readonly [string, Candidate, readonly string[]]>([
  ['is closed to the other', candidateOf('ash', spansOf(0, 20)), []],
  ['comes too early for the other', candidateOf('ash', spansOf([0, 30]), { from: 11 }), []],
  [
    'comes just in time for the other',
    candidateOf('ash', spansOf([0, 30]), { from: 10 }),
    ['birch'],
  ],
])('moves nobody needlessly: its date %s', (_, ash, expected) => {
  const birch = candidateOf('birch', spansOf(10, 40));

  const { moved, starts, taken } = roomFor({ unplaced: [ash], movable: [[birch, 10]] });

  expect(moved).toEqual(expected);
  expect(starts).toEqual(expected.length === 0 ? {} : { ash: 10, birch: 40 });
  expect(taken(10, 40)).toEqual(expected.length === 0 ? [1, 0] : [1, 1]);
});

it('moves nobody whose place the deployer of the other has no room for', () => {
  const ash = candidateOf('ash', spansOf(0), { deployer: 'b', deployerLimit: 1 });
  const birch = candidateOf('birch', spansOf(0, 20));
  const places = freePlaces(limits(2), 10);
  places.takeForOther('b', 5, 15);

  const { moved, starts, taken } = roomFor({ unplaced: [ash], movable: [[birch, 0]], places });

  expect(moved).toEqual([]);
  expect(starts).toEqual({});
  expect(taken(-5, 20)).toEqual([1, 0]);
});

it('moves nobody that would find no other date, and goes on to the next', () => {
  const ash = candidateOf('ash', spansOf(0, 10));
  const birch = candidateOf('birch', spansOf(0));
  const cedar = candidateOf('cedar', spansOf(10, 20));

  const { moved, starts, taken } = roomFor({
    unplaced: [ash],
    movable: [
      [birch, 0],
      [cedar, 10],
    ],
  });

  expect(moved).toEqual(['cedar']);
  expect(starts).toEqual({ ash: 10, cedar: 20 });
  expect(taken(0, 10, 20, 30)).toEqual([1, 1, 1, 0]);
});

it('moves a client once only', () => {
  const [ash, birch] = [candidateOf('ash', spansOf(0)), candidateOf('birch', spansOf(0))];
  const cedar = candidateOf('cedar', spansOf(0, 20, 40));

  const { moved, starts } = roomFor({ unplaced: [ash, birch], movable: [[cedar, 0]] });

  expect(moved).toEqual(['cedar']);
  expect(starts).toEqual({ ash: 0, cedar: 20 });
});

it.each<readonly [string, typeof always, number, number | undefined]>([
  ['the turn of its cohort', { earliest: 15, latest: Infinity }, 0, 20],
  ['the end of its cohort', { earliest: 0, latest: 19 }, 0, 10],
  ['its own answer and notice', always, 25, 30],
  ['all of them', { earliest: 15, latest: 29 }, 25, undefined],
])('looks for the next date within %s', (_, bounds, from, next) => {
  const ash = candidateOf('ash', spansOf(0));
  const birch = candidateOf('birch', spansOf(0, 10, 20, 30), { from });

  const { starts } = roomFor({ unplaced: [ash], movable: [[birch, 0]], bounds });

  expect(starts).toEqual(next === undefined ? {} : { ash: 0, birch: next });
});

it('helps a hundred clients, and leaves more to a person', () => {
  const indices = Array.from({ length: 101 }, (_, index) => index);
  const unplaced = indices.map((each) => candidateOf(`a${each}`, spansOf(10 * each)));
  const movable = indices.map(
    (each) => [candidateOf(`b${each}`, spansOf(10 * each, 2000 + 10 * each)), 10 * each] as const,
  );

  const { moved, taken } = roomFor({ unplaced, movable });

  expect(moved).toHaveLength(100);
  expect(taken(990, 1000, 2990, 3000)).toEqual([1, 1, 1, 0]);
});
