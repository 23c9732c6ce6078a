import { type LocalDate, parseInstant } from '../../../domain/instant.ts';
import type { ClientId } from '../../../domain/ids.ts';
import type { PlanInput } from '../../../domain/rollout/plan-input.ts';
import { judgeChosenDate, offersFor } from '../../../domain/rollout/offers.ts';
import { plan } from '../../../domain/rollout/plan.ts';
import { planCapacity } from '../../../domain/rollout/plan-capacity.ts';
import { duration, planClient, planInput, policyOf } from './plan-input-of.ts';

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

describe('in calendars that are always open', () => {
  const policy = policyOf('transparent-release', {
    previewRequired: false,
    lead: { duration: duration('PT0S') },
  });
  /** Planned on Tuesday at noon in Toronto, until the end of Friday 27 November. */
  const open = (differences: Partial<PlanInput> = {}, rules: Partial<typeof policy> = {}) =>
    planInput({
      policy: { ...policy, ...rules },
      calendars: { always: { zone: 'client', allow: 'always' } },
      policyCalendarId: 'always',
      latestDate: '2026-11-27' as LocalDate,
      ...differences,
    });
  const judge = (input: PlanInput, at: string, by?: 'client' | 'person') => {
    const chosen = judgeChosenDate(input, 'ash', {
      start: parseInstant(at),
      ...(by !== undefined && { by }),
    });
    return chosen.kind === 'ok' ? 'ok' : `${chosen.why}: ${chosen.detail}`;
  };
  const tooLate = (when: string) =>
    `outside the policy: ${when} lies beyond the latest date that may be chosen.`;

  it('takes the first date that is possible, and none before it', () => {
    expect(judge(open(), '2026-11-24T17:00:10Z')).toBe('ok');
    expect(judge(open(), '2026-11-24T17:00:09Z')).toBe(
      'too soon: The first date possible is 24 November 12:00.',
    );
  });

  it('takes no date from the midnight on that ends the latest date', () => {
    expect(judge(open(), '2026-11-28T04:15:00Z')).toBe('ok');
    expect(judge(open(), '2026-11-28T05:00:00Z')).toBe(tooLate('28 November 00:00'));
  });

  it('holds clients to how long before and how far dates may be moved, and people to neither', () => {
    const current = { start: parseInstant('2026-11-25T17:00:00Z'), latestEnd };
    const clientMoves = { times: 1, noticeHours: 20, latestDays: 1 };
    const moving = open({ clients: [planClient('ash', { current })] }, { clientMoves });

    expect(judge(moving, '2026-11-25T13:00:00Z')).toBe('ok');
    expect(judge(moving, '2026-11-25T12:59:59Z')).toBe(
      'too soon: The first date possible is 25 November 08:00.',
    );
    expect(judge(moving, '2026-11-26T17:00:00Z', 'client')).toBe('ok');
    expect(judge(moving, '2026-11-26T17:00:01Z', 'client')).toBe(tooLate('26 November 12:00'));
    expect(judge(moving, '2026-11-26T17:00:01Z')).toBe(tooLate('26 November 12:00'));
    expect(judge(moving, '2026-11-26T17:00:01Z', 'person')).toBe('ok');
  });

  it('counts how far a client without a date may go from today', () => {
    const moving = open({}, { clientMoves: { times: 1, noticeHours: 0, latestDays: 1 } });

    expect(judge(moving, '2026-11-25T17:00:00Z')).toBe('ok');
    expect(judge(moving, '2026-11-25T17:00:01Z')).toBe(tooLate('25 November 12:00'));
  });

  it('names every rule that closes a date, or the other rollout that is there', () => {
    const deny = ['Fair', 'Summit'].map((name) => ({ name, on: { dates: ['2026-11-26'] } }));
    const calendars = { always: { zone: 'client', allow: 'always', deny } };
    const [from, end] = ['2026-11-25T17:00:00Z', '2026-11-25T18:00:00Z'].map(parseInstant);
    const taken = [
      {
        clientId: 'id-ash' as ClientId,
        deployer: 'other',
        start: from ?? start,
        end: end ?? start,
      },
    ];

    expect(judge(open({ calendars }), '2026-11-26T17:00:00Z')).toBe(
      'closed: 26 November 12:00 is closed: Fair (policy), Summit (policy).',
    );
    expect(judge(open({ taken }), '2026-11-25T17:30:00Z')).toBe(
      'closed: 25 November 12:30 is closed: another rollout is at this client then.',
    );
  });

  it('knows when the cohorts before were observed: a dateless client and a chosen date hold nobody up', () => {
    const cohorts = ['Pilot', 'Rest'].map((name) => ({ name, maxInFlight: null }));
    const at = (text: string) => ({ start: parseInstant(text), latestEnd });
    const pilots = [
      planClient('birch', { current: at('2026-11-25T01:00:00Z') }),
      planClient('cedar'),
      planClient('dogwood', { pinned: { ...at('2026-11-27T01:00:00Z'), by: 'client' } }),
      planClient('elm', { cohort: 1, current: at('2026-11-27T01:00:00Z') }),
    ];
    const ash = planClient('ash', { cohort: 1 });
    const input = open({ cohorts, clients: [ash, ...pilots] });

    // Birch is over at 20:45 on Tuesday, and observed for a day.
    expect(judge(input, '2026-11-26T01:45:00Z')).toBe('ok');
    expect(judge(input, '2026-11-26T01:44:59Z')).toBe(
      'too soon: The first date possible is 25 November 20:45.',
    );
    expect(judge({ ...input, clients: [ash, planClient('cedar')] }, '2026-11-24T17:00:10Z')).toBe(
      'ok',
    );
  });

  it('finds the hours of a wish on each such day, their end not included', () => {
    const wished = (fromTime: string, toTime: string, weekday: 'wed' | 'thu' = 'thu') =>
      localStarts(
        offersFor(open(), 'ash', { ...any, count: 9, hours: { weekday, fromTime, toTime } }),
      );

    expect(wished('10:00', '11:30')).toEqual(['2026-11-26T10:00:00', '2026-11-26T10:45:00']);
    expect(wished('10:00', '11:31')).toHaveLength(3);
    expect(wished('10:00', '10:45', 'wed')).toEqual(['2026-11-25T10:00:00']);
    // Work must end by midnight.
    expect(wished('22:00', '24:00')).toEqual(['2026-11-26T22:00:00', '2026-11-26T22:45:00']);
    expect(wished('23:30', '24:00')).toEqual([]);
  });

  it('finds them in a night that begins on the day before', () => {
    const nights = { zone: 'client', allow: [{ from: '22:00', to: '03:00' }] };
    const input = open({ calendars: { always: nights } });
    const hours = { weekday: 'thu', fromTime: '01:30', toTime: '03:00' } as const;

    expect(localStarts(offersFor(input, 'ash', { ...any, count: 9, hours }))).toEqual([
      '2026-11-26T01:30:00',
      '2026-11-26T02:15:00',
    ]);
  });

  it('offers a single start that the hours of a wish leave', () => {
    const evening = { zone: 'client', allow: [{ from: '20:00', to: '21:00' }] };
    const input = open({ calendars: { always: evening } });
    const hours = { weekday: 'thu', fromTime: '20:15', toTime: '22:00' } as const;

    expect(localStarts(offersFor(input, 'ash', { ...any, hours }))).toEqual([
      '2026-11-26T20:15:00',
    ]);
  });
});

it('has no offers for nobody, and says so', () => {
  expect(offersFor(planInput(), 'nobody', any)).toEqual([]);
  expect(judgeChosenDate(planInput(), 'nobody', { start })).toEqual({
    kind: 'refused',
    why: 'outside the policy',
    detail: 'This client has begun, or has no part in the rollout.',
  });
});
