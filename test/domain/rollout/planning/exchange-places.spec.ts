import { type Candidate, type Crowd, crowdsOf } from '../../../../domain/rollout/planning/crowd.ts';
import { exchanges } from '../../../../domain/rollout/planning/exchange-places.ts';
import { freePlaces, type Places } from '../../../../domain/rollout/planning/places.ts';
import { candidateOf, spansOf } from './candidate-of.ts';

const limits = (most: number) => ({ vendor: most, rollout: most, cohorts: [most] });

interface World {
  readonly candidates: readonly Candidate[];
  /** Who has which places. */
  readonly given: Readonly<Record<string, readonly number[]>>;
  readonly places?: Places;
}

/** A free place is offered to the crowds of some clients. */
function offer(
  start: number,
  keys: readonly string[],
  { candidates, given, places = freePlaces(limits(1), 10) }: World,
) {
  const crowds = crowdsOf(candidates, 0);
  const crowdOf = (key: string): Crowd => {
    const found = crowds.find(({ members }) => members.some(({ client }) => client.key === key));
    if (found === undefined) throw new Error(`no crowd of ${key}`);
    return found;
  };
  const { give, makeUseOf } = exchanges(crowds, places);
  for (const [key, starts] of Object.entries(given)) {
    for (const each of starts) give(crowdOf(key), each);
  }
  const isUsed = makeUseOf(start, keys.map(crowdOf));
  const wide = places.copy(limits(9));
  const seat = { cohort: 0, deployer: 'a', deployerLimit: 9 };
  return {
    isUsed,
    slots: Object.fromEntries(
      crowds.map(({ members, slots }) => [
        members.map(({ client }) => client.key).join(' '),
        Object.fromEntries(slots),
      ]),
    ),
    left: crowds.reduce((sum, crowd) => sum + crowd.left, 0),
    taken: (...moments: readonly number[]) => moments.map((each) => 9 - wide.free(seat, each)),
    takenBy: (deployer: string, each: number) =>
      9 - places.copy(limits(99)).free({ ...seat, deployer }, each),
  };
}

it('gives somebody the place of a client that moves to the free one', () => {
  const { isUsed, slots, left, taken } = offer(10, ['ash'], {
    candidates: [candidateOf('ash', spansOf(0, 10)), candidateOf('birch', spansOf(0))],
    given: { ash: [0] },
  });

  expect(isUsed).toBe(true);
  expect(slots).toEqual({ ash: { 10: 1 }, birch: { 0: 1 } });
  expect(left).toBe(0);
  expect(taken(0, 10, 20)).toEqual([1, 1, 0]);
});

it('lets several move along, each to the place of the one before', () => {
  const { isUsed, slots, taken } = offer(20, ['ash'], {
    candidates: [
      candidateOf('ash', spansOf(10, 20)),
      candidateOf('birch', spansOf(0, 10)),
      candidateOf('cedar', spansOf(0)),
    ],
    given: { ash: [10], birch: [0] },
  });

  expect(isUsed).toBe(true);
  expect(slots).toEqual({ ash: { 20: 1 }, birch: { 10: 1 }, cedar: { 0: 1 } });
  expect(taken(0, 10, 20, 30)).toEqual([1, 1, 1, 0]);
});

it('takes the shortest way, and reaches nobody twice on it', () => {
  const open = spansOf(0, 10, 20, 30);
  const { isUsed, slots } = offer(40, ['ash'], {
    candidates: [
      candidateOf('ash', spansOf(0, 40)),
      candidateOf('birch', spansOf(0, 10, 20)),
      candidateOf('cedar', open),
      candidateOf('cherry', open),
      candidateOf('dogwood', spansOf(30)),
    ],
    given: { ash: [0], birch: [10], cedar: [20, 30] },
  });

  expect(isUsed).toBe(true);
  expect(slots).toEqual({
    ash: { 40: 1 },
    birch: { 10: 1 },
    'cedar cherry': { 0: 1, 20: 1 },
    dogwood: { 30: 1 },
  });
});

it('moves one member of a crowd, and no more', () => {
  const open = spansOf(0, 10, 20);
  const { isUsed, slots } = offer(20, ['ash'], {
    candidates: [
      candidateOf('ash', open),
      candidateOf('birch', open),
      candidateOf('cedar', spansOf(0)),
    ],
    given: { ash: [0, 0] },
    places: freePlaces(limits(2), 10),
  });

  expect(isUsed).toBe(true);
  expect(slots).toEqual({ 'ash birch': { 0: 1, 20: 1 }, cedar: { 0: 1 } });
});

it.each<readonly [string, World]>([
  [
    'nobody waits for a place',
    { candidates: [candidateOf('ash', spansOf(0, 10))], given: { ash: [0] } },
  ],
  [
    'whoever waits could use none of the places',
    {
      candidates: [candidateOf('ash', spansOf(0, 10)), candidateOf('birch', spansOf(5))],
      given: { ash: [0] },
    },
  ],
  [
    'whoever waits may begin only later',
    {
      candidates: [
        candidateOf('ash', spansOf(0, 10)),
        candidateOf('birch', spansOf([0, 50]), { from: 11 }),
      ],
      given: { ash: [0] },
    },
  ],
  [
    'the deployer of the one that would move has no room',
    {
      candidates: [
        candidateOf('ash', spansOf(0, 10), { deployerLimit: 1 }),
        candidateOf('birch', spansOf(0)),
        candidateOf('cedar', spansOf(10), { deployerLimit: 1 }),
      ],
      given: { ash: [0], cedar: [10] },
      places: freePlaces(limits(2), 10),
    },
  ],
  [
    'the deployer of the one that waits has no room',
    {
      candidates: [
        candidateOf('ash', spansOf(0, 10)),
        candidateOf('birch', spansOf(0), { deployer: 'b', deployerLimit: 1 }),
        candidateOf('cedar', spansOf(5), { deployer: 'b', deployerLimit: 1 }),
      ],
      given: { ash: [0], cedar: [5] },
      places: freePlaces(limits(2), 10),
    },
  ],
])('leaves a place free where %s', (_, world) => {
  const { isUsed, slots } = offer(10, ['ash'], world);

  expect(isUsed).toBe(false);
  expect(slots).toMatchObject({ ash: { 0: 1 } });
});

it('lets clients of one deployer change places though it has no other room', () => {
  const { isUsed, slots, takenBy } = offer(10, ['ash'], {
    candidates: [
      candidateOf('ash', spansOf(0, 10), { deployerLimit: 1 }),
      candidateOf('birch', spansOf(0), { deployerLimit: 1 }),
    ],
    given: { ash: [0] },
    places: freePlaces(limits(2), 10),
  });

  expect(isUsed).toBe(true);
  expect(slots).toEqual({ ash: { 10: 1 }, birch: { 0: 1 } });
  expect([takenBy('a', 0), takenBy('a', 10)]).toEqual([1, 1]);
});

it('gives a place to another one where the deployer of the first has no room', () => {
  const { isUsed, slots } = offer(10, ['ash'], {
    candidates: [
      candidateOf('ash', spansOf(0, 10)),
      candidateOf('birch', spansOf(0), { deployer: 'b', deployerLimit: 1 }),
      candidateOf('cedar', spansOf(5), { deployer: 'b', deployerLimit: 1 }),
      candidateOf('dogwood', spansOf(0)),
    ],
    given: { ash: [0], cedar: [5] },
    places: freePlaces(limits(2), 10),
  });

  expect(isUsed).toBe(true);
  expect(slots).toEqual({ ash: { 10: 1 }, birch: {}, cedar: { 5: 1 }, dogwood: { 0: 1 } });
});

it('lets clients of other deployers change places where these have room', () => {
  const { isUsed, takenBy } = offer(10, ['ash'], {
    candidates: [
      candidateOf('ash', spansOf(0, 10)),
      candidateOf('birch', spansOf(0), { deployer: 'b', deployerLimit: 1 }),
    ],
    given: { ash: [0] },
  });

  expect(isUsed).toBe(true);
  expect([takenBy('a', 0), takenBy('b', 0), takenBy('a', 10)]).toEqual([0, 1, 1]);
});

it('leaves a crowd where it is while members of it wait themselves', () => {
  const open = spansOf(0, 10);
  const { isUsed } = offer(10, ['ash'], {
    candidates: [
      candidateOf('ash', open),
      candidateOf('birch', open),
      candidateOf('cedar', spansOf(0)),
    ],
    given: { ash: [0] },
  });

  expect(isUsed).toBe(false);
});

it('takes everything back where all moves together exceed the limit of a deployer', () => {
  const one = { deployer: 'b', deployerLimit: 1 };
  const { isUsed, slots, left, takenBy } = offer(60, ['ash'], {
    candidates: [
      candidateOf('ash', spansOf(0, 60)),
      candidateOf('birch', spansOf(0, 40), one),
      candidateOf('cedar', spansOf(5, 40)),
      candidateOf('dogwood', spansOf(5), one),
    ],
    // Birch would come to 0 and dogwood to 5: each has room alone, and not beside the other.
    given: { ash: [0], birch: [40], cedar: [5] },
    places: freePlaces(limits(2), 10),
  });

  expect(isUsed).toBe(false);
  expect(slots).toEqual({ ash: { 0: 1 }, birch: { 40: 1 }, cedar: { 5: 1 }, dogwood: {} });
  expect(left).toBe(1);
  expect([takenBy('a', 0), takenBy('b', 0), takenBy('a', 60)]).toEqual([2, 0, 0]);
  expect([takenBy('b', 40), takenBy('a', 40)]).toEqual([1, 0]);
});
