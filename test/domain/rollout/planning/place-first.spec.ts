import type { Candidate } from '../../../../domain/rollout/planning/crowd.ts';
import { placeCohortWell } from '../../../../domain/rollout/planning/place-first.ts';
import { freePlaces, type Places } from '../../../../domain/rollout/planning/places.ts';
import { candidateOf, spansOf } from './candidate-of.ts';

const limits = (most: number) => ({ vendor: most, rollout: most, cohorts: [most] });
const bounds = { cohort: 0, earliest: 0, latest: Infinity, waiting: 0 };

/** Where everybody starts that has a place, by key; work takes ten. */
function placeWell(
  candidates: readonly Candidate[],
  more: Partial<typeof bounds> = {},
  places: Places = freePlaces(limits(1), 10),
) {
  const { placed } = placeCohortWell(candidates, places, { ...bounds, ...more });
  return Object.fromEntries(
    [...placed].map(([{ client }, start]) => [client.key, start] as const).sort(),
  );
}

/** Clients whose windows follow each other, so that they take every place from a moment on. */
function row(keys: string, from: number): readonly Candidate[] {
  const open = spansOf(...[0, 10, 20, 30, 40].map((each) => from + each));
  return keys.split(' ').map((key) => candidateOf(key, open));
}

/** Clients of different kinds whose only place others have. */
function hopeless(count: number): readonly Candidate[] {
  return Array.from({ length: count }, (_, index) =>
    candidateOf(`h${index}`, spansOf(900), { tags: [`t${index}`] }),
  );
}

function placesTakenAt(...starts: readonly number[]): Places {
  const places = freePlaces(limits(1), 10);
  for (const each of starts) places.takeForOther('z', each, each + 10);
  return places;
}

it('lets one after the other go first, as long as each time more are placed', () => {
  const candidates = [
    candidateOf('ash', spansOf(5)),
    candidateOf('elm', spansOf(105), { tags: ['late'] }),
    ...row('birch cedar dogwood', 0),
    ...row('fir gum hazel', 100),
  ];

  expect(placeWell(candidates)).toEqual({
    ...{ ash: 5, birch: 20, cedar: 30, dogwood: 40 },
    ...{ elm: 105, fir: 120, gum: 130, hazel: 140 },
  });
});

it('lets whoever starts late go first where all together are earlier then', () => {
  const candidates = [candidateOf('ash', spansOf(5, 100)), candidateOf('birch', spansOf(0, 20))];

  expect(placeWell(candidates)).toEqual({ ash: 5, birch: 20 });
});

it.each([
  // Ash is 95 earlier, and birch 99 later.
  [0, { ash: 100, birch: 0 }],
  [4, { ash: 100, birch: 0 }],
  [5, { ash: 5, birch: 99 }],
])('counts the end once for each of %s who wait for it', (waiting, starts) => {
  const candidates = [candidateOf('ash', spansOf(5, 100)), candidateOf('birch', spansOf(0, 99))];

  expect(placeWell(candidates, { waiting })).toEqual(starts);
});

it('tries first who starts last', () => {
  const candidates = [
    candidateOf('ash', spansOf(6, 90), { tags: ['other'] }),
    candidateOf('birch', spansOf(5, 100)),
    candidateOf('cedar', spansOf(0, 20)),
  ];

  expect(placeWell(candidates)).toEqual({ ash: 90, birch: 5, cedar: 20 });
});

it('tries those who start at the same time by their keys', () => {
  const places = freePlaces(limits(2), 10);
  places.takeForOther('z', 0, 90);
  const candidates = [
    candidateOf('birch', spansOf(6, 100), { tags: ['other'] }),
    candidateOf('cedar', spansOf(0, 20)),
    candidateOf('ash', spansOf(5, 100)),
  ];

  expect(placeWell(candidates, {}, places)).toEqual({ ash: 5, birch: 100, cedar: 20 });
});

it('gives up after sixteen tries', () => {
  const others = [candidateOf('zelkova', spansOf(5)), ...row('birch cedar dogwood', 0)];
  const placed = (count: number) =>
    placeWell([...hopeless(count), ...others], {}, placesTakenAt(900));

  expect(placed(15)).toStrictEqual({ zelkova: 5, birch: 20, cedar: 30, dogwood: 40 });
  expect(placed(16)).toStrictEqual({ birch: 0, cedar: 10, dogwood: 20 });
});

it('spends no try on clients without any start in the turn of their cohort', () => {
  const others = [candidateOf('zelkova', spansOf(1005)), ...row('birch cedar dogwood', 1000)];
  const over = hopeless(20);

  expect(placeWell([...over, ...others], { earliest: 950 })).toEqual({
    ...{ zelkova: 1005, birch: 1020, cedar: 1030, dogwood: 1040 },
  });
});

it('spends no try on clients that start as early as they could', () => {
  // Twenty kinds that begin at once, and late ones by whose key they would be tried before.
  const early = Array.from({ length: 20 }, (_, index) =>
    candidateOf(`e${index}`, spansOf(500 + 10 * index), { tags: [`t${index}`] }),
  );
  const late = [candidateOf('ash', spansOf(5, 100)), candidateOf('birch', spansOf(0, 20))];

  expect(placeWell([...early, ...late])).toMatchObject({ ash: 5, birch: 20 });
});

it('tries no cohort again that has more than four hundred clients', () => {
  const some = [candidateOf('ash', spansOf(5)), ...row('birch cedar dogwood', 0)];
  const closed = Array.from({ length: 397 }, (_, index) => candidateOf(`x${index}`, []));

  expect(placeWell([...some, ...closed.slice(1)])).toMatchObject({ ash: 5, birch: 20 });
  expect(placeWell([...some, ...closed])).toEqual({ birch: 0, cedar: 10, dogwood: 20 });
});

it('lets nobody go first before its own time, its turn, or where all is taken', () => {
  const late = candidateOf('ash', spansOf(5, 15, 100), { from: 6 });
  const candidates = [late, candidateOf('birch', spansOf(10, 30))];

  expect(placeWell(candidates)).toEqual({ ash: 15, birch: 30 });
  expect(placeWell(candidates, { earliest: 16 })).toEqual({ ash: 100, birch: 30 });
  expect(placeWell(candidates, { latest: 29 })).toEqual({ birch: 10 });
});

it('takes the places that it gives', () => {
  const places = freePlaces(limits(1), 10);
  const candidates = [candidateOf('ash', spansOf(5, 100)), candidateOf('birch', spansOf(0, 20))];

  placeWell(candidates, {}, places);

  const isFree = (start: number) =>
    places.isFree({ cohort: 0, deployer: 'a', deployerLimit: 9 }, start);
  expect([-10, -5, 5, 15, 20, 30, 100].map(isFree)).toEqual([
    true,
    true,
    false,
    false,
    false,
    true,
    true,
  ]);
});
