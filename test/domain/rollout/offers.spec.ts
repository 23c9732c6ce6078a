import { type LocalDate, parseInstant } from '../../../domain/instant.ts';
import type { ClientId } from '../../../domain/ids.ts';
import { judgeChosenDate, offersFor } from '../../../domain/rollout/offers.ts';
import { plan } from '../../../domain/rollout/plan.ts';
import { planCapacity } from '../../../domain/rollout/plan-capacity.ts';
import { planClient, planInput, policyOf } from './plan-input-of.ts';

const start = parseInstant('2026-12-04T01:00:00Z');
const latestEnd = parseInstant('2026-12-04T04:00:00Z');
const slot = { start, latestEnd };
const any = { count: 3, earliest: null, latest: null };

function localStarts(offers: ReturnType<typeof offersFor>): readonly string[] {
  return offers.map(({ localStart }) => localStart);
}

it('offers the next evenings, one place on each first', () => {
  const input = planInput({ clients: [planClient('ash', { current: slot })] });

  const offers = offersFor(input, 'ash', any);

  expect(offers[0]).toEqual({ start, latestEnd, localStart: '2026-12-03T20:00:00', free: 5 });
  expect(localStarts(offers)).toEqual([
    '2026-12-03T20:00:00',
    '2026-12-08T20:00:00',
    '2026-12-09T20:00:00',
  ]);
});

it('offers a second place of an evening only when the evenings do not suffice', () => {
  const input = planInput();
  const wish = {
    count: 3,
    earliest: '2026-12-08' as LocalDate,
    latest: '2026-12-09' as LocalDate,
  };

  expect(localStarts(offersFor(input, 'ash', wish))).toEqual([
    '2026-12-08T20:00:00',
    '2026-12-08T20:45:00',
    '2026-12-09T20:00:00',
  ]);
});

it('offers no place that another client of the rollout or another rollout has', () => {
  const cohorts = [{ name: 'All', maxInFlight: 1 }];
  const taken = [{ clientId: 'id-ash' as ClientId, deployer: 'other', start, end: latestEnd }];
  const birch = planClient('birch', { keeps: { ...slot, why: 'told' } });

  const beside = planInput({ cohorts, clients: [planClient('ash'), birch] });
  const busy = planInput({ taken });

  expect(localStarts(offersFor(beside, 'ash', any))[0]).toBe('2026-12-03T20:45:00');
  expect(localStarts(offersFor(busy, 'ash', any))[0]).toBe('2026-12-08T20:00:00');
});

it('gives the last place to one and tells the other that it is taken', () => {
  const cohorts = [{ name: 'All', maxInFlight: 1 }];
  const clients = [planClient('ash'), planClient('birch')];
  const first = planInput({ cohorts, clients });
  const pinned = { ...slot, by: 'client' } as const;
  const second = planInput({
    cohorts,
    clients: [planClient('ash', { pinned }), planClient('birch')],
  });

  expect(judgeChosenDate(first, 'birch', { start })).toMatchObject({
    kind: 'ok',
    offer: { free: 1 },
  });
  expect(judgeChosenDate(second, 'birch', { start })).toEqual({
    kind: 'refused',
    why: 'no place',
    detail: '3 December 20:00 is taken: the limit of the cohort All (1 at once).',
  });
});

it.each([
  ['closed', '2026-12-05T01:00:00Z', '4 December 20:00 is closed: no allow rule (policy).'],
  ['too soon', '2026-12-02T01:00:00Z', 'The first date possible is 3 December 00:00.'],
  [
    'outside the policy',
    '2027-02-03T01:00:00Z',
    '2 February 20:00 lies beyond the latest date that may be chosen.',
  ],
])('refuses a date that is %s', (why, at, detail) => {
  const chosen = judgeChosenDate(planInput(), 'ash', { start: parseInstant(at) });

  expect(chosen).toEqual({ kind: 'refused', why, detail });
});

it('binds clients, but not people, to how dates may be moved', () => {
  const clientMoves = { times: 1, noticeHours: 24 * 13, latestDays: 7 };
  const policy = policyOf('transparent-release', { clientMoves });
  const input = planInput({ policy, clients: [planClient('ash', { current: slot })] });

  expect(localStarts(offersFor(input, 'ash', any))).toEqual([
    '2026-12-08T20:00:00',
    '2026-12-09T20:00:00',
    '2026-12-10T20:00:00',
  ]);
  expect(offersFor(input, 'ash', { ...any, earliest: '2026-12-11' as LocalDate })).toEqual([]);
  expect(offersFor(input, 'ash', { ...any, by: 'person' })[0]?.start).toBe(start);
});

it('offers a client of a later cohort nothing before the cohorts before it were observed', () => {
  const cohorts = ['Pilot', 'Rest'].map((name) => ({ name, maxInFlight: null }));
  const clients = [planClient('ash', { current: slot }), planClient('birch', { cohort: 1 })];

  const [first] = offersFor(planInput({ cohorts, clients }), 'birch', any);

  expect(first?.localStart).toBe('2026-12-08T20:00:00');
});

it('offers nothing to a client whose production has begun', () => {
  const clients = [planClient('ash', { keeps: { ...slot, why: 'begun' } })];

  expect(offersFor(planInput({ clients }), 'ash', any)).toEqual([]);
  expect(judgeChosenDate(planInput({ clients }), 'ash', { start }).kind).toBe('refused');
});

it('counts per day of the vendor how many slots it has and how many are at work at once', () => {
  const clients = ['ash', 'birch', 'cedar'].map((key) => planClient(key));
  const taken = [{ clientId: 'other' as ClientId, deployer: 'other', start, end: latestEnd }];
  const input = planInput({ clients, taken, cohorts: [{ name: 'All', maxInFlight: 2 }] });

  expect(planCapacity(input, plan(input))).toEqual([
    {
      date: '2026-12-03',
      slots: 3,
      clients: ['Client ash', 'Client birch', 'Client cedar'],
      busiest: 3,
      limit: 20,
    },
  ]);
});
