import { freePlaces, type Seat } from '../../../../domain/rollout/planning/places.ts';

const limits = { vendor: 4, rollout: 3, cohorts: [2, 3] };
const seat = (cohort: number, deployer: string, deployerLimit = 9): Seat => {
  return { cohort, deployer, deployerLimit };
};

it.each<readonly [string, readonly Seat[], Seat, string | undefined]>([
  ['nothing at first', [], seat(0, 'a'), undefined],
  ['its cohort', [seat(0, 'a'), seat(0, 'b')], seat(0, 'c'), 'cohort'],
  ['no other cohort', [seat(0, 'a'), seat(0, 'b')], seat(1, 'c'), undefined],
  ['the rollout', [seat(0, 'a'), seat(1, 'b'), seat(1, 'b')], seat(1, 'c'), 'rollout'],
  ['its deployer', [seat(0, 'a')], seat(1, 'a', 1), 'deployer'],
  ['no other deployer', [seat(0, 'a')], seat(1, 'b', 1), undefined],
])('is limited by %s', (_, taken, asked, limit) => {
  const places = freePlaces(limits, 10);
  for (const each of taken) places.take(each, 100);

  expect(places.reached(asked, 100)[0]).toBe(limit);
  expect(places.isFree(asked, 100)).toBe(limit === undefined);
  expect(places.free(asked, 100) > 0).toBe(limit === undefined);
});

it('counts other rollouts under vendor and deployer only', () => {
  const places = freePlaces(limits, 10);
  for (let count = 0; count < 3; count++) places.takeForOther('a', 100, 110);

  expect(places.free(seat(0, 'b'), 100)).toBe(1);
  expect(places.reached(seat(0, 'a', 3), 100)).toEqual(['deployer']);
  places.takeForOther('a', 100, 110);
  expect(places.reached(seat(0, 'b'), 100)).toEqual(['vendor']);
  expect(places.hasRoom(0, 100)).toBe(false);
});

it('is free again from the moment the work before ends, and until the work after begins', () => {
  const places = freePlaces({ vendor: 1, rollout: 1, cohorts: [1] }, 10);
  places.take(seat(0, 'a'), 100);

  expect([89, 90, 91, 109, 110].map((at) => places.isFree(seat(0, 'a'), at))).toEqual([
    true,
    true,
    false,
    false,
    true,
  ]);
  places.release(seat(0, 'a'), 100);
  expect(places.isFree(seat(0, 'a'), 100)).toBe(true);
});

it('can be asked under other limits without changing', () => {
  const places = freePlaces({ vendor: 1, rollout: 1, cohorts: [1] }, 10);
  places.take(seat(0, 'a'), 100);
  const wider = places.copy({ vendor: 2, rollout: 2, cohorts: [2] });

  expect(wider.isFree(seat(0, 'a'), 100)).toBe(true);
  wider.take(seat(0, 'a'), 110);
  expect(places.isFree(seat(0, 'a'), 110)).toBe(true);
});
