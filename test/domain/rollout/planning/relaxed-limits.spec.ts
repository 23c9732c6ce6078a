import { type Instant, type LocalDate, parseInstant } from '../../../../domain/instant.ts';
import { plan } from '../../../../domain/rollout/plan.ts';
import type { PlanInput } from '../../../../domain/rollout/plan-input.ts';
import { duration, planClient, planInput } from '../plan-input-of.ts';
import { helpFor, onDates, quick, worldOn } from './relaxation-world.ts';

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
