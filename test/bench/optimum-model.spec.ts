import { durationMs } from '../../domain/duration.ts';
import { epochMsOf, type LocalDate, parseInstant } from '../../domain/instant.ts';
import type { PlanInput } from '../../domain/rollout/plan-input.ts';
import { duration, planClient, planInput, policyOf } from '../domain/rollout/plan-input-of.ts';
import { problemOf } from './optimum-problem.ts';
import { solveByOpenings } from './solve-by-openings.ts';
import { solveOptimum } from './solve-optimum.ts';

const hourMs = 3_600_000;

describe.each([
  ['all cohorts in one model', solveOptimum],
  ['one model for each cohort and opening', solveByOpenings],
])('the optimum with %s', (_, solve) => {
  const optimumOf = solvedBy(solve);

  it('waits with the next cohort until the last client of the one before was observed', async () => {
    const input = evenings({
      clients: [planClient('a'), planClient('b'), planClient('c', { cohort: 1 })],
    });

    const found = await optimumOf(input);

    // One at once: Wednesday 20:00 and 21:00, and after a day of observation Thursday 22:00.
    expect(found).toEqual({ placed: 3, hours: 33 + 34 + 59 });
  });

  it('leaves out as few as possible where places run out', async () => {
    const clients = ['a', 'b', 'c', 'd'].map((key) => planClient(key));

    const found = await optimumOf(evenings({ clients, latestDate: '2026-11-25' as LocalDate }));

    expect(found).toEqual({ placed: 3, hours: 33 + 34 + 35 });
  });

  it('leaves one of an early cohort out where waiting for it would cost two of the next', async () => {
    const late = {
      zone: 'America/Toronto',
      layers: [{ layer: 'client', calendarId: 'late' }],
    } as const;
    const clients = [
      planClient('a', late),
      ...['b', 'c'].map((key) => planClient(key, { cohort: 1 })),
    ];
    const calendars = {
      ...evenings({}).calendars,
      late: { zone: 'client', allow: [{ on: { weekdays: ['thu'] }, from: '20:00', to: '23:00' }] },
    };

    const found = await optimumOf(evenings({ clients, calendars }));

    expect(found).toEqual({ placed: 2, hours: 33 + 34 });
  });

  it('counts what other rollouts have taken', async () => {
    const taken = [
      {
        clientId: planClient('z').clientId,
        deployer: 'fleet',
        start: parseInstant('2026-11-26T01:00:00Z'),
        end: parseInstant('2026-11-26T02:00:00Z'),
      },
    ];

    const found = await optimumOf(evenings({ clients: [planClient('a')], vendorLimit: 1, taken }));

    expect(found).toEqual({ placed: 1, hours: 34 });
  });
});

/** Wednesday and Thursday evenings of one week, one deployment at once, an hour each; planned 32 hours before. */
function evenings(differences: Partial<PlanInput>): PlanInput {
  const days = { weekdays: ['wed', 'thu'] };
  return planInput({
    policy: policyOf('transparent-release', {
      worstCase: duration('PT1H'),
      observation: duration('PT24H'),
      lead: { duration: duration('PT2H') },
      previewRequired: false,
      maxInFlight: 1,
      latestDateDays: 3,
    }),
    calendars: {
      evenings: { zone: 'client', allow: [{ on: days, from: '20:00', to: '23:00' }] },
    },
    policyCalendarId: 'evenings',
    cohorts: ['Pilot', 'Rest'].map((name) => ({ name, maxInFlight: null })),
    ...differences,
  });
}

function solvedBy(solve: typeof solveOptimum): (input: PlanInput) => Promise<object> {
  return async (input) => {
    const problem = problemOf({ seed: 0, kind: 'aligned', gridMs: hourMs, input });
    const optimum = await solve(problem, { seconds: 20, knownPlaced: -1 });
    if (optimum.kind === 'not proven') return optimum;
    expect(durationMs(input.policy.worstCase)).toBe(problem.worstCaseMs);
    const completion = optimum.completionMs(epochMsOf(input.plannedAt));
    return { placed: optimum.placed, hours: completion / hourMs };
  };
}
