import type { ClientId } from '../../../domain/ids.ts';
import { type LocalDate, parseInstant } from '../../../domain/instant.ts';
import { plan } from '../../../domain/rollout/plan.ts';
import { movesOfPlan } from '../../../domain/rollout/plan-difference.ts';
import type { PlanClient, PlanInput } from '../../../domain/rollout/plan-input.ts';
import { duration, planClient, planInput, policyOf } from './plan-input-of.ts';

const start = parseInstant('2026-12-10T01:00:00Z');
const latestEnd = parseInstant('2026-12-10T04:00:00Z');
const slot = { start, latestEnd };
const told = { ...slot, why: 'told' } as const;
const pinned = { ...slot, by: 'client' } as const;

const freeze = {
  zone: 'client',
  allow: 'always',
  deny: [
    { name: 'own freeze until 2026-12-15', between: ['2026-12-08T00:00', '2026-12-15T00:00'] },
  ],
};
const calendars = { ...planInput().calendars, freeze };
const frozen: Partial<PlanClient> = { layers: [{ layer: 'freeze', calendarId: 'freeze' }] };

function placementIn(input: PlanInput, key = 'ash') {
  return plan(input).clients.find((client) => client.key === key)?.placement;
}

/** Clients with the dates that a plan gave them, told to nobody. */
function withDates(input: PlanInput): PlanInput {
  const slots = new Map(
    plan(input).clients.flatMap(({ key, placement }) =>
      placement.kind === 'unplaced'
        ? []
        : [[key, { start: placement.slotStart, latestEnd: placement.slotLatestEnd }] as const],
    ),
  );
  const clients = input.clients.map((each) => ({ ...each, current: slots.get(each.key) ?? null }));
  return { ...input, clients };
}

it.each<readonly [string, Partial<PlanClient>]>([
  ['was told', { keeps: told }],
  ['the client chose', { pinned }],
  ['nobody was told', { current: slot }],
])('leaves a date that %s where it is, though an earlier one is free', (_, date) => {
  const input = planInput({ clients: [planClient('ash', date)] });

  expect(placementIn(input)).toMatchObject({ slotStart: start });
  expect(placementIn(input)).not.toHaveProperty('whyMoved');
});

it.each<readonly [string, Partial<PlanClient>]>([
  ['was told', { keeps: told }],
  ['the client chose', { pinned }],
  ['nobody was told', { current: slot }],
])('says why a date that %s cannot stay, and gives another', (_, date) => {
  const clients = [planClient('ash', { ...date, ...frozen })];

  expect(placementIn(planInput({ calendars, clients }))).toMatchObject({
    kind: 'placed',
    localStart: '2026-12-03T20:00:00',
    whyMoved: '9 December 20:00 is closed: own freeze until 2026-12-15 (freeze)',
  });
});

it('leaves production that has begun alone, whatever closes it', () => {
  const clients = [planClient('ash', { keeps: { ...slot, why: 'begun' }, ...frozen })];

  expect(placementIn(planInput({ calendars, clients }))).toEqual({
    kind: 'kept',
    slotStart: start,
    slotLatestEnd: latestEnd,
  });
});

it('says of a date that is lost without another both why it has none and why the old one went', () => {
  const clients = [planClient('ash', { pinned, ...frozen })];
  const input = planInput({
    calendars,
    clients,
    earliestDate: '2026-12-08' as LocalDate,
    latestDate: '2026-12-12' as LocalDate,
  });

  expect(placementIn(input)).toMatchObject({
    kind: 'unplaced',
    reasons: [
      'no open stretch of 45 min before the latest date 12 December 2026: own freeze until 2026-12-15 (freeze)',
      'the date it had, 9 December 20:00 is closed: own freeze until 2026-12-15 (freeze)',
    ],
    relaxation: {
      kind: 'latest-date',
      text: 'with the latest date moved to 15 December: 15 December 20:00',
    },
  });
});

it.each<readonly [string, Partial<PlanInput>, string]>([
  [
    'another rollout is there',
    { taken: [{ clientId: 'id-ash' as ClientId, deployer: 'x', start, end: latestEnd }] },
    'belongs to another rollout at this client',
  ],
  [
    'no place is left',
    {
      vendorLimit: 1,
      taken: [{ clientId: 'other' as ClientId, deployer: 'x', start, end: latestEnd }],
    },
    'has no free place any more',
  ],
  [
    'it is too late',
    { latestDate: '2026-12-08' as LocalDate },
    'lies after the latest date 8 December 2026',
  ],
  ['it is too early', { earliestDate: '2026-12-15' as LocalDate }, 'lies before the earliest date'],
  [
    'nobody could be told in time',
    { plannedAt: parseInstant('2026-12-08T17:00:00Z') },
    'comes too soon for the notice to leave in time',
  ],
])('moves a loose date when %s', (_, differences, because) => {
  const input = planInput({ clients: [planClient('ash', { current: slot })], ...differences });

  expect(placementIn(input)).toMatchObject({
    kind: 'placed',
    whyMoved: `9 December 20:00 ${because}`,
  });
});

it('keeps a loose date whose notice is late for its queue, but not for its deadline', () => {
  // Due on Wednesday 2 December at 17:00, queued on Tuesday at 9:00.
  const policy = policyOf('transparent-release', { previewRequired: false });
  const plannedAt = parseInstant('2026-12-02T16:00:00Z');
  const input = planInput({ policy, plannedAt, clients: [planClient('ash', { current: slot })] });

  expect(placementIn(input)).toMatchObject({ slotStart: start, noticeAt: plannedAt });
});

it('moves a date of a later cohort that would come before the cohorts before it were observed', () => {
  const cohorts = ['Pilot', 'Rest'].map((name) => ({ name, maxInFlight: null }));
  const clients = [
    planClient('ash', { keeps: told }),
    planClient('birch', { cohort: 1, current: slot }),
    planClient('cedar', { cohort: 1, keeps: told }),
  ];
  const input = planInput({ cohorts, clients });

  expect(placementIn(input, 'birch')).toMatchObject({
    localStart: '2026-12-10T20:45:00',
    whyMoved: "9 December 20:00 comes before its cohort's turn on 10 December 20:45",
  });
  expect(placementIn(input, 'cedar')).toMatchObject({ kind: 'kept', slotStart: start });
});

it('lets a date that was chosen beyond its cohort hold nobody up', () => {
  const cohorts = ['Pilot', 'Rest'].map((name) => ({ name, maxInFlight: null }));
  const clients = [
    planClient('ash'),
    planClient('birch', { pinned }),
    planClient('cedar', { cohort: 1 }),
  ];

  expect(placementIn(planInput({ cohorts, clients }), 'cedar')).toMatchObject({
    localStart: '2026-12-08T20:00:00',
  });
});

it('moves only those whom a new freeze hits', () => {
  const policy = policyOf('visible-release', { consent: 'inform', observation: duration('PT24H') });
  const cohorts = ['Pilot', 'Rest'].map((name) => ({ name, maxInFlight: 2 }));
  const keys = Array.from({ length: 20 }, (_, index) => `c${String(index).padStart(2, '0')}`);
  const clients = keys.map((key, index) => planClient(key, { cohort: index < 4 ? 0 : 1 }));
  const before = withDates(planInput({ policy, cohorts, clients, calendars }));
  const hit = before.clients
    .filter(({ cohort, current }) => cohort === 1 && current?.start.startsWith('2026-12-09'))
    .map(({ key }) => key);
  const after = {
    ...before,
    clients: before.clients.map((each) => (hit.includes(each.key) ? { ...each, ...frozen } : each)),
  };

  const moves = movesOfPlan(after, plan(after));

  expect(hit.length).toBeGreaterThan(2);
  expect(moves.map(({ key }) => key)).toEqual(hit);
  expect(moves[0]).toMatchObject({ why: expect.stringContaining('own freeze'), toldAgain: false });
});

it('moves one of those who were told nothing for a client that fits nowhere else', () => {
  const onlyThen = {
    zone: 'client',
    allow: [{ name: 'that day', on: { dates: ['2026-12-09'] }, from: '20:00', to: '20:45' }],
  };
  const clients = [
    planClient('ash', { layers: [{ layer: 'client', calendarId: 'then' }] }),
    planClient('birch', { current: slot }),
    planClient('cedar', { current: { ...slot, start: parseInstant('2026-12-10T01:45:00Z') } }),
  ];
  const input = planInput({
    clients,
    calendars: { ...calendars, then: onlyThen },
    cohorts: [{ name: 'All', maxInFlight: 1 }],
  });

  expect(placementIn(input)).toMatchObject({ slotStart: start });
  expect(movesOfPlan(input, plan(input)).map(({ key, why }) => [key, why])).toEqual([
    ['ash', null],
    ['birch', '9 December 20:00 is the only one left for another client'],
  ]);
});

it('tells again only whoever was told before', () => {
  const clients = [
    planClient('ash', { keeps: told, ...frozen }),
    planClient('birch', { current: slot, ...frozen }),
    planClient('cedar', { keeps: told }),
  ];
  const input = planInput({ calendars, clients });

  const moves = movesOfPlan(input, plan(input));

  expect(moves.map(({ key, from, toldAgain }) => [key, from, toldAgain])).toEqual([
    ['ash', start, true],
    ['birch', start, false],
  ]);
});
