import fc from 'fast-check';
import type { ClientId } from '../../../../domain/ids.ts';
import { bestCuts } from '../../../../domain/rollout/planning/best-cuts.ts';
import { bestPlacing } from '../../../../domain/rollout/planning/best-placing.ts';
import type { Candidate } from '../../../../domain/rollout/planning/crowd.ts';
import { freePlaces } from '../../../../domain/rollout/planning/places.ts';
import type { Planning } from '../../../../domain/rollout/planning/planning.ts';
import { planClient } from '../plan-input-of.ts';

/** A client of a cohort that may start only then; work takes ten, and as long again is observed. */
function candidate(key: string, cohort: number, starts: readonly number[]): Candidate {
  const client = planClient(key, { cohort, clientId: key as ClientId });
  const open = starts.map((start) => ({ first: start, last: start, stretchEnd: start + 10 }));
  return { client, open, from: 0 } as unknown as Candidate;
}

/** Three cohorts, one client at once. */
function planningWith(candidates: readonly Candidate[]): Planning {
  const limits = { vendor: 1, rollout: 1, cohorts: [1, 1, 1] };
  const cohorts = ['Pilot', 'Staged', 'Rest'].map((name) => ({ name, maxInFlight: null }));
  const times = { plannedMs: 0, worstCaseMs: 10, observationMs: 10 };
  const places = freePlaces(limits, 10);
  return { input: { cohorts }, ...times, limits, places, candidates } as unknown as Planning;
}

function startsOf(candidates: readonly Candidate[]): Record<string, number> {
  const { starts } = bestPlacing(planningWith(candidates));
  return Object.fromEntries([...starts].map(([{ client }, start]) => [client.key, start]));
}

it('cuts two cohorts short where only both cuts together help the third', () => {
  const candidates = [
    candidate('ash', 0, [0]),
    candidate('birch', 0, [70]),
    candidate('cedar', 1, [20, 90]),
    candidate('dogwood', 1, [100]),
    ...[40, 50, 60].map((start) => candidate(`elm ${start}`, 2, [start])),
  ];

  expect(bestCuts(planningWith(candidates), 4)).toEqual([0, 20, Infinity]);
  expect(startsOf(candidates)).toEqual({
    ash: 0,
    cedar: 20,
    'elm 40': 40,
    'elm 50': 50,
    'elm 60': 60,
  });
});

it('leaves a cohort without any date where all of its starts are too late for the others', () => {
  const candidates = [
    candidate('ash', 0, [50]),
    candidate('birch', 1, [0]),
    candidate('cedar', 2, [30]),
  ];

  expect(startsOf(candidates)).toEqual({ birch: 0, cedar: 30 });
});

it.each<readonly [string, number, Record<string, number>]>([
  ['lets others have its dates where theirs are earlier', 70, { ash: 0, cedar: 20 }],
  ['keeps its dates where others would only have later ones', 15, { ash: 0, birch: 15 }],
  ['keeps its dates where others would have the same', 20, { ash: 0, birch: 20 }],
])('a cohort %s, if as many are placed', (_, late, expected) => {
  const candidates = [
    candidate('ash', 0, [0]),
    candidate('birch', 0, [late]),
    candidate('cedar', 1, [20]),
  ];

  expect(startsOf(candidates)).toEqual(expected);
});

const even = [60, 70, 80, 90, 100];
const gum = ['gum', 'hazel', 'iris'].map((key) => candidate(key, 1, even));

it('lets those go first who came off worst, in cohorts that are cut short and in others', () => {
  const fir = candidate('fir', 1, [65]);
  const all = { fir: 65, gum: 80, hazel: 90, iris: 100 };

  expect(startsOf([fir, ...gum])).toEqual(all);
  // Elm would make the whole second cohort wait.
  const elm = [candidate('ash', 0, [0]), candidate('elm', 0, [200])];
  expect(startsOf([...elm, fir, ...gum])).toEqual({ ash: 0, ...all });
});

it('cuts no cohort where more than two thousand clients are placed', () => {
  const closed = Array.from({ length: 1_998 }, (_, index) => candidate(`x${index}`, 2, []));
  const some = [candidate('ash', 0, [0]), candidate('birch', 0, [70]), candidate('cedar', 1, [20])];

  expect(startsOf([...some, ...closed.slice(1)])).toEqual({ ash: 0, cedar: 20 });
  expect(startsOf([...some, ...closed])).toEqual({ ash: 0, birch: 70 });
});

it('cuts nobody short where that many dates are out of reach', () => {
  const candidates = [candidate('ash', 0, [0]), candidate('birch', 0, [0])];

  expect(bestCuts(planningWith(candidates), 1)).toEqual([Infinity, Infinity, Infinity]);
  expect(bestCuts(planningWith(candidates), 2)).toBeNull();
  expect(bestCuts(planningWith(candidates), 3)).toBeNull();
});

it('does not look for cuts longer than they are worth', () => {
  const many = Array.from({ length: 60_000 }, (_, index) => candidate(`c${index}`, 0, [0]));

  expect(bestCuts(planningWith(many), 1)).toEqual([Infinity, Infinity, Infinity]);
  expect(bestCuts(planningWith([...many, candidate('one more', 0, [0])]), 1)).toBeNull();
});

it('places as many as any way of placing would, and those as early, cohorts and all', () => {
  const anyClients = fc.array(
    fc.record({
      cohort: fc.integer({ min: 0, max: 2 }),
      starts: fc.uniqueArray(fc.integer({ min: 0, max: 7 }), { minLength: 1, maxLength: 3 }),
    }),
    { minLength: 1, maxLength: 7 },
  );
  fc.assert(
    fc.property(anyClients, (clients) => {
      const candidates = clients
        .toSorted((a, b) => a.cohort - b.cohort)
        .map(({ cohort, starts }, index) => {
          const sorted = starts.toSorted().map((each) => each * 10);
          return candidate(`c${index}`, cohort, sorted);
        });

      const found = Object.values(startsOf(candidates));

      expect([found.length, sum(found)]).toEqual(optimum(candidates, []));
    }),
    { numRuns: 200 },
  );
});

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, each) => total + each, 0);
}

/** Every way of placing, one client after the other in the order of cohorts: how many at most, at what least sum. */
function optimum(
  candidates: readonly Candidate[],
  before: readonly { readonly cohort: number; readonly start: number }[],
): readonly [number, number] {
  const [next, ...others] = candidates;
  if (next === undefined) return [0, 0];
  const { cohort } = next.client;
  const ways = next.open
    .map(({ first }) => first)
    .filter((start) =>
      before.every((each) =>
        each.cohort === cohort ? each.start !== start : each.start + 20 <= start,
      ),
    )
    .map((start) => {
      const [count, total] = optimum(others, [...before, { cohort, start }]);
      return [count + 1, total + start] as const;
    });
  const all = [optimum(others, before), ...ways];
  return all.toSorted(([n, total], [m, other]) => m - n || total - other)[0] ?? [0, 0];
}
