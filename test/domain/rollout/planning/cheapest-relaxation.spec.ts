import type { LocalDate } from '../../../../domain/instant.ts';
import { type Instant, parseInstant } from '../../../../domain/instant.ts';
import type { ClientId } from '../../../../domain/ids.ts';
import { plan } from '../../../../domain/rollout/plan.ts';
import type { PlanInput } from '../../../../domain/rollout/plan-input.ts';
import type { Policy } from '../../../../domain/rollout/policy.ts';
import { duration, planClient, planInput, policyOf } from '../plan-input-of.ts';

/** Allowed on these dates only. */
function onDates(dates: readonly string[], from = '20:00', to = '23:00') {
  return { zone: 'client', allow: [{ name: 'those days', on: { dates }, from, to }] };
}

const noNotice = { duration: duration('PT0S') };

/** Agreed at once, told at once: only calendars, dates and limits stand between a client and its start. */
function quick(differences: Partial<Policy> = {}): Policy {
  return policyOf('transparent-release', {
    previewRequired: false,
    lead: noNotice,
    ...differences,
  });
}

/** Both of the vendor's calendars allow the same dates only, so that no exception from one of them helps. */
function worldOn(dates: readonly string[], differences: Partial<PlanInput> = {}): PlanInput {
  const days = onDates(dates);
  return planInput({
    policy: quick(),
    calendars: { vendor: days, days },
    vendorCalendarId: 'vendor',
    policyCalendarId: 'days',
    ...differences,
  });
}

/** What would help a client, in words. */
function helpFor(input: PlanInput, key = 'ash'): string | null {
  const placement = plan(input).clients.find((each) => each.key === key)?.placement;
  if (placement?.kind !== 'unplaced') throw new Error(JSON.stringify(placement));
  const { relaxation } = placement;
  return relaxation === null ? null : `${relaxation.kind} ${relaxation.text}`;
}

describe('a later date', () => {
  const latestDate = '2026-11-25' as LocalDate;

  it('is asked for first when up to seven days more are enough', () => {
    const input = worldOn(['2026-12-02'], { latestDate });

    expect(helpFor(input)).toBe(
      'latest-date with the latest date moved to 2 December: 2 December 20:00',
    );
  });

  it('counts from the end of the policy where nobody wished for a date', () => {
    const input = worldOn(['2026-11-27'], { policy: quick({ latestDateDays: 1 }) });

    expect(helpFor(input)).toBe(
      'latest-date with the latest date moved to 27 November: 27 November 20:00',
    );
  });

  it('comes after everything else when it takes more than a week', () => {
    const freeze = {
      zone: 'client',
      allow: 'always',
      deny: [{ name: 'own', between: ['2026-11-25T00:00', '2026-11-26T00:00'] }],
    };
    const clients = [planClient('ash', { layers: [{ layer: 'freeze', calendarId: 'freeze' }] })];
    const days = onDates(['2026-11-25', '2026-12-03']);
    const calendars = { vendor: days, days, freeze };

    expect(helpFor(worldOn([], { latestDate, clients, calendars }))).toBe(
      "freeze with the client's own freeze lifted on 24 November: 25 November 20:00",
    );
    expect(helpFor(worldOn(['2026-12-03'], { latestDate }))).toBe(
      'latest-date with the latest date moved to 3 December: 3 December 20:00',
    );
  });

  it.each([
    ['2027-01-24', 'latest-date with the latest date moved to 24 January: 24 January 20:00'],
    ['2027-01-25', null],
  ])('reaches sixty days further and no more: %s', (date, help) => {
    expect(helpFor(worldOn([date], { latestDate }))).toBe(help);
  });

  it('is no help where another rollout is at the client then', () => {
    const taken = [
      {
        clientId: 'id-ash' as ClientId,
        deployer: 'other',
        start: parseInstant('2026-12-02T00:00:00Z'),
        end: parseInstant('2026-12-03T02:00:00Z'),
      },
    ];
    const input = worldOn(['2026-12-01', '2026-12-02'], { latestDate, taken });

    // Of the evening from 20:00 the other rollout leaves what begins at 21:00.
    expect(helpFor(input)).toBe(
      'latest-date with the latest date moved to 2 December: 2 December 21:00',
    );
  });
});

describe("the client's own freeze", () => {
  const latestDate = '2026-12-10' as LocalDate;
  const between = (name: string, from: string, to: string) => ({
    name,
    between: [`${from}T00:00`, `${to}T00:00`],
  });
  const early = between('early', '2026-11-24', '2026-12-03');
  const late = between('late', '2026-12-03', '2027-03-01');
  const frozen = (deny: readonly unknown[], layer: 'client' | 'freeze' = 'freeze') =>
    planInput({
      policy: quick(),
      latestDate,
      calendars: { ...planInput().calendars, own: { zone: 'client', allow: 'always', deny } },
      clients: [planClient('ash', { layers: [{ layer, calendarId: 'own' }] })],
    });

  it.each([
    ['the later of two', [early, late]],
    ['in whatever order they stand', [late, early]],
  ])('is lifted as late as possible: %s', (_, deny) => {
    expect(helpFor(frozen(deny))).toBe(
      "freeze with the client's own freeze lifted on 9 December: 10 December 20:00",
    );
  });

  it('is lifted for the last stretch that has a place', () => {
    const taken = [
      {
        clientId: 'other' as ClientId,
        deployer: 'other',
        start: parseInstant('2026-12-11T01:00:00Z'),
        end: parseInstant('2026-12-11T04:00:00Z'),
      },
    ];
    const input = { ...frozen([early, late]), vendorLimit: 1, taken };

    expect(helpFor(input)).toBe(
      "freeze with the client's own freeze lifted on 8 December: 9 December 20:00",
    );
  });

  it('is told from the days off in its own calendar, which are a rule', () => {
    const weekdays = { name: 'never midweek', on: { weekdays: ['tue', 'wed', 'thu'] } };

    expect(helpFor(frozen([weekdays], 'client'))).toBe(
      'rule with an exception from never midweek (client) on 24 November: 24 November 20:00',
    );
    expect(helpFor(frozen([weekdays]))).toBe(
      "freeze with the client's own freeze lifted on 9 December: 10 December 20:00",
    );
  });
});

describe('an exception', () => {
  it('is asked from the rule that gives the earliest date', () => {
    const from = (name: string, first: string, next: string) => ({
      name,
      between: [`${first}T00:00`, `${next}T00:00`],
    });
    const deny = [
      from('Stocktaking', '2026-11-26', '2027-06-01'),
      from('Fair', '2026-11-24', '2026-11-26'),
    ];
    const vendor = { zone: 'client', allow: 'always', deny };
    const input = planInput({
      policy: quick(),
      calendars: { ...planInput().calendars, vendor },
      vendorCalendarId: 'vendor',
      latestDate: '2026-12-31' as LocalDate,
    });

    expect(helpFor(input)).toBe(
      'rule with an exception from Fair (vendor) on 24 November: 24 November 20:00',
    );
  });

  it('is asked from the allowed times where nothing is denied', () => {
    const calendars = { days: onDates(['2027-06-01']) };
    const input = planInput({ policy: quick(), calendars, policyCalendarId: 'days' });

    // Planned at noon; the notice of ten seconds comes first.
    expect(plan(input).clients[0]?.placement).toMatchObject({
      relaxation: {
        kind: 'rule',
        text: 'with an exception from the allowed times (policy) on 24 November: 24 November 12:00',
        slotStart: '2026-11-24T17:00:10.000Z',
      },
    });
  });
});

describe('a shorter notice', () => {
  const plannedAt = (text: string): Partial<PlanInput> => ({ plannedAt: parseInstant(text) });

  it.each<readonly [string, Policy['lead'], string, Partial<PlanInput>, string | null]>([
    // Due on Thursday at 17:00, queued on Wednesday at 9:00; a day more would be queued today before noon.
    ['3 of 5 business days', { businessDays: 5 }, '2026-12-01', {}, '3 business days instead of 5'],
    ['1 of 5 business days', { businessDays: 5 }, '2026-11-27', {}, '1 business day instead of 5'],
    ['none of 5', { businessDays: 5 }, '2026-11-26', {}, '0 business days instead of 5'],
    // Queued two hours before 17:00, two days before.
    ['2 of 3 days', { days: 3 }, '2026-11-26', {}, '2 days instead of 3'],
    [
      '1 of 3 days',
      { days: 3 },
      '2026-11-26',
      plannedAt('2026-11-24T20:00:01Z'),
      '1 day instead of 3',
    ],
    ['half of 72 hours', { hours: 72 }, '2026-11-26', {}, '36 hours instead of 72'],
    ['half of 73 hours', { hours: 73 }, '2026-11-26', {}, '36 hours instead of 73'],
    ['no hours of 72', { hours: 72 }, '2026-11-25', {}, '0 hours instead of 72'],
    ['at least none', { days: 3 }, '2026-11-24', plannedAt('2026-11-24T22:30:00Z'), null],
  ])('is as long as possible: %s', (_, lead, date, when, words) => {
    const input = worldOn([date], { policy: quick({ lead }), ...when });
    const help = words === null ? null : expect.stringMatching(`^lead with notice of ${words}: `);

    expect(helpFor(input)).toEqual(help);
  });

  it('is none at all where the policy counts in exact time', () => {
    const input = worldOn(['2026-11-25'], {
      policy: quick({ lead: { duration: duration('P3D') } }),
    });

    expect(helpFor(input)).toBe('lead with no notice before it: 25 November 20:00');
  });

  it('is measured by the notice that the client agreed on where that is the longer one', () => {
    const policy = quick({ lead: { businessDays: 1 } });
    const clients = [planClient('ash', { agreedLead: { businessDays: 5 } })];

    expect(helpFor(worldOn(['2026-12-01'], { policy, clients }))).toBe(
      'lead with notice of 3 business days instead of 5: 1 December 20:00',
    );
  });

  it('helps nobody whose preview finds no time', () => {
    const previews = onDates(['2025-01-01']);
    const days = onDates(['2026-12-03']);
    const input = worldOn([], {
      policy: policyOf('transparent-release', { lead: { businessDays: 9 } }),
      calendars: { vendor: days, days, previews },
      previewCalendarId: 'previews',
    });

    expect(plan(input).clients[0]?.placement).toEqual({
      kind: 'unplaced',
      reasons: ['no time for its preview is open to the preview calendar'],
      relaxation: null,
    });
  });
});

describe('one more deployment at once', () => {
  /** A single place on one evening, and two clients for it. */
  const crowded = (differences: Partial<PlanInput>, limit = 9): PlanInput => {
    const evening = onDates(['2026-11-25'], '20:00', '20:45');
    return worldOn([], {
      calendars: { vendor: evening, days: evening },
      clients: ['ash', 'birch'].map((key) => planClient(key, { deployerLimit: limit })),
      ...differences,
    });
  };
  const cohorts = (maxInFlight: number | null) => [{ name: 'All', maxInFlight }];

  it.each<readonly [string, PlanInput, string]>([
    ['the cohort All (2 instead of 1)', crowded({ cohorts: cohorts(1) }), 'the cohort'],
    [
      'the rollout (2 instead of 1)',
      crowded({ policy: quick({ maxInFlight: 1 }), cohorts: cohorts(3) }),
      'the rollout',
    ],
    [
      'the rollout (2 instead of 1)',
      crowded({ policy: quick({ maxInFlight: 1 }) }),
      'the rollout, which its cohort goes by',
    ],
    ['the deployer fleet (2 instead of 1)', crowded({}, 1), 'the deployer'],
    ['the vendor (2 instead of 1)', crowded({ vendorLimit: 1 }), 'the vendor'],
  ])('for %s is asked where the limit is that of %#', (words, input) => {
    expect(helpFor(input, 'birch')).toBe(
      `limit with one more deployment at once for ${words}: 25 November 20:00`,
    );
  });

  it('helps nobody where a limit was lowered below what was told already', () => {
    const start = parseInstant('2026-11-26T01:00:00Z');
    const latestEnd = parseInstant('2026-11-26T01:45:00Z');
    const keeps = { start, latestEnd, why: 'told' } as const;
    const told = ['ash', 'birch'].map((key) => planClient(key, { keeps }));
    const clients = [...told, planClient('cedar')];

    expect(helpFor(crowded({ cohorts: cohorts(1), clients }), 'cedar')).toBeNull();
  });

  it('helps nobody where two limits are reached', () => {
    expect(helpFor(crowded({ cohorts: cohorts(1), vendorLimit: 1 }), 'birch')).toBeNull();
  });
});

it('gives no date for which later cohorts would have to wait too long', () => {
  const cohorts = ['Pilot', 'Rest'].map((name) => ({ name, maxInFlight: null }));
  const days = onDates(['2026-11-25', '2026-12-02', '2026-12-03']);
  const input = worldOn([], {
    calendars: { vendor: days, days, late: onDates(['2026-12-03']) },
    latestDate: '2026-12-03' as LocalDate,
    cohorts,
    clients: [
      planClient('ash', { layers: [{ layer: 'client', calendarId: 'late' }] }),
      planClient('aspen'),
      ...['birch', 'cedar'].map((key) => planClient(key, { cohort: 1 })),
    ],
  });

  // On 3 December birch and cedar would have none; on the 25th it starts together with aspen.
  expect(helpFor(input)).toBe(
    'rule with an exception from the allowed times (client) on 25 November: 25 November 20:00',
  );
});

describe('fewer people there', () => {
  const staffed = (require: unknown) => ({
    zone: 'client',
    allow: 'always',
    coverage: {
      teams: { help: { people: 1, hours: [{ from: '00:00', to: '24:00' }] } },
      require,
    },
  });
  const world = (require: unknown): PlanInput =>
    planInput({
      policy: quick(),
      calendars: { ...planInput().calendars, staffed: staffed(require) },
      vendorCalendarId: 'staffed',
    });

  it('is asked for while the work runs', () => {
    expect(helpFor(world({ during: { help: 2 } }))).toBe(
      'coverage with 1 of help instead of 2 there: 24 November 20:00',
    );
    expect(helpFor(world({ during: { help: 3 } }))).toBeNull();
  });

  it('is asked for in the hours after', () => {
    const aftercare = { within: 'PT24H', hours: 8, teams: { help: 2 } };

    expect(helpFor(world({ aftercare }))).toBe(
      'coverage with 1 of help instead of 2 in the hours after: 24 November 20:00',
    );
  });
});

describe('the observation of the cohort before', () => {
  const cohorts = ['Pilot', 'Rest'].map((name) => ({ name, maxInFlight: null }));
  const clients = [planClient('ash'), planClient('birch', { cohort: 1 })];
  const policy = quick({ observation: duration('P2D') });

  it('is left out where the time after it is closed', () => {
    const input = worldOn(['2026-11-25', '2026-11-26'], { policy, cohorts, clients });

    // Ash is done at 20:45 at the latest; two days later nothing is open any more.
    expect(helpFor(input, 'birch')).toBe(
      'observation without the observation of Pilot: 25 November 20:45',
    );
  });

  it('is not blamed where nobody was observed', () => {
    const missed = worldOn(['2026-11-20'], { policy, cohorts, clients });

    expect(helpFor(missed, 'birch')).toBeNull();
  });
});

it('tries to help a hundred and fifty kinds of clients, and tells the others only why', () => {
  const clients = Array.from({ length: 151 }, (_, index) =>
    planClient(`c${String(index).padStart(3, '0')}`, { deployer: `deployer-${index}` }),
  );
  const latestDate = '2026-11-23' as LocalDate;

  const placements = plan(worldOn(['2026-11-26'], { clients, latestDate })).clients.map(
    ({ placement }) => placement,
  );

  const helped = placements.filter((each) => each.kind === 'unplaced' && each.relaxation !== null);
  expect(helped).toHaveLength(150);
  expect(placements[150]).toMatchObject({ relaxation: null });
  const other: Instant = parseInstant('2026-11-27T01:00:00Z');
  expect(placements[149]).toMatchObject({ relaxation: { slotStart: other } });
});
