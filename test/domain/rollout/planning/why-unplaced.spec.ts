import type { ClientId } from '../../../../domain/ids.ts';
import { type LocalDate, parseInstant } from '../../../../domain/instant.ts';
import { plan } from '../../../../domain/rollout/plan.ts';
import type { PlanClient, PlanInput } from '../../../../domain/rollout/plan-input.ts';
import type { Policy } from '../../../../domain/rollout/policy.ts';
import { duration, planClient, planInput, policyOf } from '../plan-input-of.ts';

function onDates(dates: readonly string[], from = '20:00', to = '23:00') {
  return { zone: 'client', allow: [{ name: 'those days', on: { dates }, from, to }] };
}

/** Agreed at once, told at once. */
function quick(differences: Partial<Policy> = {}): Policy {
  const lead = { duration: duration('PT0S') };
  return policyOf('transparent-release', { previewRequired: false, lead, ...differences });
}

/** Planned on Tuesday 24 November at noon in Toronto, for Wednesday until Thursday 3 December. */
function world(policyCalendar: unknown, differences: Partial<PlanInput> = {}): PlanInput {
  return planInput({
    policy: quick(),
    calendars: { days: policyCalendar },
    policyCalendarId: 'days',
    earliestDate: '2026-11-25' as LocalDate,
    latestDate: '2026-12-03' as LocalDate,
    ...differences,
  });
}

function reasonsFor(input: PlanInput, key = 'ash'): readonly string[] {
  const placement = plan(input).clients.find((each) => each.key === key)?.placement;
  if (placement?.kind !== 'unplaced') throw new Error(JSON.stringify(placement));
  return placement.reasons;
}

const head = 'no open stretch of 45 min before the latest date 3 December 2026';
const evenings = onDates(['2026-11-25', '2026-11-26', '2026-12-01', '2026-12-02', '2026-12-03']);

it('says that a client is ready only after the latest date', () => {
  const policy = policyOf('transparent-release', { lead: { businessDays: 9 } });

  // Nine business days before 9 December are 26 November, so that the notice is queued on the 25th at 9:00.
  expect(reasonsFor(world(evenings, { policy }))).toEqual([
    'preview, answer and notice leave no start before 9 December 00:00, after the latest date 3 December 2026',
  ]);
});

it('says that a client is ready too late from the very midnight at which the latest date ends', () => {
  const policy = policyOf('transparent-release', { lead: { businessDays: 5 } });
  const latestDate = '2026-12-02' as LocalDate;

  expect(reasonsFor(world(evenings, { policy, latestDate }))).toEqual([
    'preview, answer and notice leave no start before 3 December 00:00, after the latest date 2 December 2026',
  ]);
});

it('speaks of preview, answer and notice only where they are what a client waits for', () => {
  const input = world(onDates(['2026-11-24', '2026-12-04']), {
    policy: quick({ lead: { businessDays: 5 } }),
  });
  const closed = `${head}: no allow rule (policy)`;

  expect(reasonsFor(input)).toEqual([
    closed,
    'preview, answer and notice leave no start before 3 December 00:00',
  ]);
  expect(reasonsFor({ ...input, earliestDate: '2026-12-03' as LocalDate })).toEqual([closed]);
  expect(reasonsFor({ ...input, earliestDate: '2026-12-02' as LocalDate })).toHaveLength(2);
});

it('names rules only of the time that is left to the client', () => {
  const deny = [
    { name: 'Fair', on: { dates: ['2026-11-25'] } },
    { name: 'Summit', on: { dates: ['2026-12-03'] } },
    { name: 'Spring', on: { dates: ['2026-12-04'] } },
  ];
  const input = world({ ...onDates(['2026-11-25', '2026-12-03', '2026-12-04']), deny });

  expect(reasonsFor(input)).toEqual([`${head}: Fair (policy), Summit (policy)`]);
  expect(reasonsFor({ ...input, earliestDate: '2026-12-01' as LocalDate })).toEqual([
    `${head}: Summit (policy)`,
  ]);
});

it.each([
  ['20:44', [`${head}: the longest open stretch is 44 min`]],
  ['20:01', [`${head}: the longest open stretch is 1 min`]],
])('says how long the longest stretch is when it ends at %s', (to, reasons) => {
  expect(reasonsFor(world(onDates(['2026-11-25'], '20:00', to)))).toEqual(reasons);
});

it('names the other rollouts at the client in order of time, by the clocks there', () => {
  const other = (start: string, end: string) => ({
    clientId: 'id-ash' as ClientId,
    deployer: 'other',
    start: parseInstant(`2026-11-26T${start}:00Z`),
    end: parseInstant(`2026-11-26T${end}:00Z`),
  });
  const taken = [other('02:00', '03:30'), other('00:00', '01:30')];
  const input = world(onDates(['2026-11-25']), { taken });

  expect(reasonsFor(input)).toEqual([
    `${head}: another rollout is at this client on 25 November 19:00, another rollout is at this client on 25 November 21:00`,
  ]);
});

describe('of a later cohort', () => {
  const cohorts = ['Pilot', 'Rest'].map((name) => ({ name, maxInFlight: null }));
  const clients = [planClient('ash'), planClient('birch', { cohort: 1 })];

  it('says when its turn comes, and what closes the time after it', () => {
    const deny = [
      { name: 'Fair', on: { dates: ['2026-11-26'] } },
      { name: 'Summit', on: { dates: ['2026-12-03'] } },
    ];
    const days = { ...onDates(['2026-11-25', '2026-11-26', '2026-12-03']), deny };

    // Ash is at work until 20:45 on the 25th, and observed for two days.
    const policy = quick({ observation: duration('P2D') });
    expect(reasonsFor(world(days, { cohorts, clients, policy }), 'birch')).toEqual([
      `${head}: Summit (policy)`,
      "its cohort's turn comes only on 27 November 20:45, when the one before was observed",
    ]);
  });

  it('names no rule where its turn comes after the latest date', () => {
    const policy = quick({ observation: duration('P9D') });

    expect(reasonsFor(world(evenings, { cohorts, clients, policy }), 'birch')).toEqual([
      head,
      "its cohort's turn comes only on 4 December 20:45, when the one before was observed",
    ]);
  });

  it.each<readonly [string, Partial<PlanClient>]>([
    ['is open late', { layers: [{ layer: 'client', calendarId: 'late' }] }],
    // Queued on the 25th at 9:00, due on the 26th.
    ['may be told late', { agreedLead: { businessDays: 5 } }],
  ])('says that waiting for a client that %s would leave others without a date', (_, late) => {
    const input = world(evenings, {
      calendars: { days: evenings, late: onDates(['2026-12-03']) },
      cohorts,
      clients: [
        planClient('ash', late),
        planClient('aspen'),
        planClient('birch', { cohort: 1 }),
        planClient('cedar', { cohort: 1 }),
      ],
    });

    expect(reasonsFor(input)).toEqual([
      'its first open stretch, 3 December 20:00, is so late that waiting for it would leave clients of later cohorts without a date',
    ]);
  });
});

describe('without a free place', () => {
  const evening = (differences: Partial<PlanInput>, dates = ['2026-11-25']) =>
    world(onDates(dates, '20:00', '20:45'), {
      clients: ['ash', 'birch', 'cedar'].map((key) => planClient(key)),
      cohorts: [{ name: 'All', maxInFlight: 1 }],
      ...differences,
    });

  it.each<readonly [string, Partial<PlanInput>, string]>([
    ['its cohort', {}, 'the limit of the cohort All (1 at once)'],
    [
      'the rollout',
      { policy: quick({ maxInFlight: 2 }), cohorts: [{ name: 'All', maxInFlight: 4 }] },
      'the limit of the rollout (2 at once)',
    ],
    [
      'its deployer',
      {
        clients: ['ash', 'birch', 'cedar'].map((key) => planClient(key, { deployerLimit: 1 })),
        cohorts: [{ name: 'All', maxInFlight: 4 }],
      },
      'the limit of the deployer fleet (1 at once)',
    ],
    [
      'the vendor',
      { vendorLimit: 2, cohorts: [{ name: 'All', maxInFlight: 4 }] },
      'the limit of the vendor (2 at once)',
    ],
    [
      'each of them that is reached',
      { vendorLimit: 1 },
      'the limit of the cohort All (1 at once), the limit of the vendor (1 at once)',
    ],
  ])('names the limit of %s', (_, differences, limits) => {
    expect(reasonsFor(evening(differences), 'cedar')).toEqual([
      `no place is free in any of its 1 open stretch: ${limits}`,
    ]);
  });

  it('counts only the stretches after its cohort is due', () => {
    const dates = ['2026-11-24', '2026-11-25', '2026-11-26'];

    expect(reasonsFor(evening({}, dates), 'cedar')).toEqual([
      'no place is free in any of its 2 open stretches: the limit of the cohort All (1 at once)',
    ]);
  });

  it('counts only the stretches after it may be told', () => {
    const policy = quick({ lead: { days: 2 } });

    // Told on the 24th at 15:00 for the 26th.
    expect(reasonsFor(evening({ policy }, ['2026-11-25', '2026-11-26']), 'cedar')).toEqual([
      'no place is free in any of its 1 open stretch: the limit of the cohort All (1 at once)',
    ]);
  });
});

it('explains each client by itself where another kind of client has no date either', () => {
  const frozenBy = (calendarId: string): Partial<PlanClient> => ({
    layers: [{ layer: 'freeze', calendarId }],
  });
  const clients = [
    planClient('ash', frozenBy('fair')),
    planClient('aspen', frozenBy('move')),
    planClient('birch', { agreedLead: { businessDays: 9 } }),
  ];
  const freeze = (name: string) => ({
    zone: 'client',
    allow: 'always',
    deny: [{ name, between: ['2026-11-20T00:00', '2027-01-01T00:00'] }],
  });
  const calendars = { days: evenings, fair: freeze('fair'), move: freeze('moving house') };
  const input = world(evenings, { clients, calendars });

  expect(reasonsFor(input)).toEqual([`${head}: fair (freeze)`]);
  expect(reasonsFor(input, 'aspen')).toEqual([`${head}: moving house (freeze)`]);
  expect(reasonsFor(input, 'birch')).toEqual([
    'preview, answer and notice leave no start before 9 December 00:00, after the latest date 3 December 2026',
  ]);
});

it('explains nothing to those who only ask for dates', () => {
  const { clients } = plan(world(onDates(['2027-01-01'])), { explain: false });

  expect(clients[0]?.placement).toEqual({ kind: 'unplaced', reasons: [], relaxation: null });
});
