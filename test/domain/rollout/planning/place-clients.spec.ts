import type { PlanClient } from '../../../../domain/rollout/plan-input.ts';
import { bestPlacing } from '../../../../domain/rollout/planning/best-placing.ts';
import {
  placeClients,
  type PlacingOrder,
} from '../../../../domain/rollout/planning/place-clients.ts';
import type { Planning } from '../../../../domain/rollout/planning/planning.ts';
import { loose, minuteOf, msOf, pinned, slot, told, world } from './minute-world.ts';

/** Who starts in which minute, who has lost its date and why, and from which minute on each cohort may start. */
function place(planning: Planning, order: Partial<PlacingOrder> = {}) {
  const { starts, kept, lost, earliest, latest, places } = placeClients(planning, {
    latest: [Infinity, Infinity, Infinity],
    thorough: false,
    heedsLaterDates: true,
    ...order,
  });
  const wide = places.copy({ vendor: 9, rollout: 9, cohorts: [9, 9, 9] });
  const seat = { cohort: 0, deployer: 'fleet', deployerLimit: 9 };
  return {
    starts: Object.fromEntries([...starts].map(([{ client }, at]) => [client.key, minuteOf(at)])),
    kept: [...kept].map(({ client }) => client.key),
    lost: Object.fromEntries([...lost].map(([{ client }, why]) => [client.key, why])),
    earliest: earliest.map(minuteOf),
    latest,
    taken: (minute: number) => 9 - wide.free(seat, msOf(minute)),
  };
}

const evenly = [10, 20, 30, 40, 50, 60, 70, 80, 90, 100];

describe('the dates that stand', () => {
  it('stay where they are, and others are placed around them', () => {
    const { starts, kept, lost, taken } = place(
      world({
        ash: [evenly, told(30)],
        birch: [evenly, pinned(20)],
        cedar: [evenly, loose(10)],
        dogwood: [evenly],
      }),
    );

    expect(starts).toEqual({ ash: 30, birch: 20, cedar: 10, dogwood: 40 });
    expect(kept).toEqual(['ash']);
    expect(lost).toEqual({});
    expect([10, 20, 30, 40, 50].map(taken)).toEqual([1, 1, 1, 1, 0]);
  });

  it('stay beyond a limit where they were told, and only there', () => {
    const { starts, lost, taken } = place(
      world({
        ash: [evenly, told(10)],
        birch: [evenly, told(10)],
        cedar: [evenly, pinned(10)],
        dogwood: [evenly, loose(10)],
      }),
    );

    expect(starts).toEqual({ ash: 10, birch: 10, cedar: 20, dogwood: 30 });
    expect(lost).toEqual({ cedar: 'no place', dogwood: 'no place' });
    expect(taken(10)).toBe(2);
  });

  it.each([
    ['chosen', pinned],
    ['loose', loose],
  ])('give way to earlier ones where they meet, if they are %s', (_, dateAt) => {
    const { starts, lost } = place(
      world({ ash: [[15, 60], dateAt(15)], birch: [[10], dateAt(10)] }),
    );

    expect(starts).toEqual({ ash: 60, birch: 10 });
    expect(lost).toEqual({ ash: 'no place' });
  });

  it('stay where they have begun, whatever the calendars say', () => {
    const begun = { keeps: { ...slot(-5), why: 'begun' } } as const;

    const { starts, kept, lost } = place(world({ ash: [[50], begun], birch: [[1, 5, 10]] }));

    expect(starts).toEqual({ ash: -5, birch: 5 });
    expect(kept).toEqual(['ash']);
    expect(lost).toEqual({});
  });

  it('give way to a later one that was chosen if they are loose', () => {
    const { starts, lost } = place(
      world({ ash: [[10, 40], loose(10)], birch: [[15], pinned(15)] }),
    );

    expect(starts).toEqual({ ash: 40, birch: 15 });
    expect(lost).toEqual({ ash: 'no place' });
  });

  it('are lost where they are closed', () => {
    const { starts, lost } = place(world({ ash: [[20], loose(10)], birch: [[40], pinned(10)] }));

    expect(starts).toEqual({ ash: 20, birch: 40 });
    expect(lost).toEqual({ ash: 'closed', birch: 'closed' });
  });

  it('leave for a client that fits nowhere else, if they are loose', () => {
    const { starts, lost } = place(
      world({ ash: [[10]], birch: [[10, 30], loose(10)], cedar: [[20], pinned(20)] }),
    );

    expect(starts).toEqual({ ash: 10, birch: 30, cedar: 20 });
    expect(lost).toEqual({ birch: 'displaced' });
  });

  it('are not given away by a client that has lost them', () => {
    const { starts, lost, taken } = place(
      world({ ash: [[12]], birch: [[12, 20, 40], loose(12)], cedar: [[10], told(10)] }),
    );

    expect(starts).toEqual({ birch: 20, cedar: 10 });
    expect(lost).toEqual({ birch: 'no place' });
    expect([12, 20].map(taken)).toEqual([1, 1]);
  });
});

describe('a cohort', () => {
  const rest = { cohort: 1 };

  it('waits until the one before has ended and was observed', () => {
    const { starts, earliest } = place(
      world({ ash: [evenly], birch: [evenly], cedar: [evenly, rest] }),
    );

    expect(starts).toEqual({ ash: 10, birch: 20, cedar: 50 });
    expect(earliest).toEqual([0, 50, 80]);
  });

  it('keeps loose dates from the moment on that its turn comes', () => {
    const withDate = (minute: number) => {
      const { starts, lost } = place(
        world({
          ash: [evenly, told(10)],
          aspen: [[40, 60], rest],
          birch: [[39, 40, 41, 50], { ...rest, ...loose(minute) }],
        }),
      );
      return [starts['aspen'], starts['birch'], lost];
    };

    expect(withDate(40)).toEqual([60, 40, {}]);
    expect(withDate(41)).toEqual([60, 41, {}]);
    expect(withDate(39)).toEqual([40, 50, { birch: 'cohort' }]);
  });

  it('waits for nobody without a date, and for no cohort without clients', () => {
    const { starts, earliest } = place(
      world({ ash: [evenly], birch: [[]], cedar: [evenly, { cohort: 2 }] }),
    );

    expect(starts).toEqual({ ash: 10, cedar: 40 });
    expect(earliest).toEqual([0, 40, 40]);
  });

  it('waits for dates that were chosen only where there are no others', () => {
    const late = world({ ash: [evenly], birch: [evenly, pinned(100)], cedar: [evenly, rest] });
    const alone = world({ birch: [evenly, pinned(50)], cedar: [evenly, rest] });

    expect(place(late).earliest[1]).toBe(40);
    expect(place(alone)).toMatchObject({
      starts: { birch: 50, cedar: 80 },
      earliest: [0, 80, 110],
    });
  });

  it('starts nobody after the last start that is asked for', () => {
    const latest = [msOf(15), msOf(60), Infinity];
    const placing = place(
      world({ ash: [evenly], birch: [evenly], cedar: [evenly, rest], dogwood: [[70], rest] }),
      { latest },
    );

    expect(placing.starts).toEqual({ ash: 10, cedar: 40 });
    expect(placing.latest).toBe(latest);
  });

  it('moves nobody to a date after the last start that is asked for', () => {
    const clients = { ash: [[10]], birch: [[10, 30], loose(10)] } as const;

    expect(place(world(clients), { latest: [msOf(29)] }).starts).toEqual({ birch: 10 });
    expect(place(world(clients), { latest: [msOf(30)] }).starts).toEqual({ ash: 10, birch: 30 });
  });

  it('lets those go first who came off worst where that is asked for', () => {
    const clients = world({ ash: [[15, 90]], birch: [[10, 30]] });

    expect(place(clients).starts).toEqual({ ash: 90, birch: 10 });
    expect(place(clients, { thorough: true }).starts).toEqual({ ash: 15, birch: 30 });
  });

  it('ends early for the sake of those who wait for it, and only for them', () => {
    const clients = (...waiting: readonly string[]) =>
      world({
        ash: [[15, 90]],
        birch: [[10, 89]],
        cedar: [[], { cohort: 1 }],
        ...Object.fromEntries(waiting.map((key) => [key, [[], { cohort: 2 }]] as const)),
      });
    const both = (planning: Planning) => place(planning, { thorough: true }).starts;

    // Ash is 75 minutes earlier then, and birch 79 later.
    expect(both(clients('dogwood', 'elm'))).toEqual({ ash: 90, birch: 10 });
    expect(both(clients('dogwood', 'elm', 'fir', 'gum'))).toEqual({ ash: 15, birch: 89 });
  });
});

describe('a date that a later cohort has and nobody was told', () => {
  const withDogwood = (rest: Partial<PlanClient>): Planning =>
    world({
      ash: [[[10, 18], 1000]],
      birch: [[[10, 19]]],
      cedar: [[[10, 20]]],
      dogwood: [[520, 1100], { cohort: 1, ...rest }],
    });
  const datesOf = (planning: Planning): Record<string, number> =>
    Object.fromEntries(
      [...bestPlacing(planning).starts].map(([{ client }, at]) => [client.key, minuteOf(at)]),
    );
  const everybody = { ash: 1000, birch: 10, cedar: 20, dogwood: 1100 };

  it('gives way where one client more has a date for it', () => {
    expect(datesOf(withDogwood({}))).toEqual(everybody);
    expect(datesOf(withDogwood(loose(520)))).toEqual(everybody);
  });

  it('stays where it costs nobody a date that all others start in time for it', () => {
    const planning = world({
      ash: [
        [
          [10, 15],
          [55, 60],
          [95, 105],
        ],
      ],
      birch: [[5, [15, 30], 45]],
      cedar: [[[10, 20], 60, [75, 85]]],
      elm: [[[0, 15]]],
      fir: [[[5, 10], [25, 30], 65]],
      dogwood: [[85, 500], { cohort: 1, ...loose(85) }],
    });
    const dogwood = (heedsLaterDates: boolean): number | undefined =>
      place(planning, { thorough: true, heedsLaterDates }).starts['dogwood'];

    expect([dogwood(true), dogwood(false)]).toEqual([85, 500]);
  });

  it('is not waited for by an order that does not heed it', () => {
    const planning = withDogwood(loose(520));

    expect(place(planning, { thorough: true }).starts).toEqual({
      ash: 10,
      cedar: 20,
      dogwood: 520,
    });
    expect(place(planning, { thorough: true, heedsLaterDates: false }).starts).toEqual(everybody);
  });
});
