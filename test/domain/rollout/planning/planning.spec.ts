import { type Instant, instantOf, parseInstant } from '../../../../domain/instant.ts';
import type { PlanInput, TakenSlot } from '../../../../domain/rollout/plan-input.ts';
import { limitsOf, planningOf } from '../../../../domain/rollout/planning/planning.ts';
import { duration, planClient, planInput, policyOf } from '../plan-input-of.ts';

const at = (text: string): Instant => parseInstant(`${text}:00Z`);

function taken(key: string, start: string, end: string, deployer = 'fleet'): TakenSlot {
  const { clientId } = planClient(key);
  return { clientId, deployer, start: at(start), end: at(end) };
}

function candidateIn(input: PlanInput, key = 'ash') {
  const found = planningOf(input).candidates.find(({ client }) => client.key === key);
  if (found === undefined) throw new Error(`no client ${key}`);
  return found;
}

it('reads an input into milliseconds', () => {
  const policy = policyOf('hotfix', { worstCase: duration('PT1H'), observation: duration('PT6H') });
  const plannedAt = at('2026-11-24T18:00');

  expect(planningOf(planInput({ policy, plannedAt }))).toMatchObject({
    plannedMs: Date.parse(plannedAt),
    worstCaseMs: 3_600_000,
    observationMs: 6 * 3_600_000,
  });
});

it('takes clients by their cohorts, and by their keys within one', () => {
  const clients = [
    planClient('cedar', { cohort: 1 }),
    planClient('ash', { cohort: 1 }),
    planClient('dogwood', { cohort: 0 }),
    planClient('birch', { cohort: 1 }),
  ];
  const cohorts = [
    { name: 'Pilot', maxInFlight: null },
    { name: 'Rest', maxInFlight: null },
  ];

  const { candidates } = planningOf(planInput({ clients, cohorts }));

  expect(candidates.map(({ client }) => client.key)).toEqual(['dogwood', 'ash', 'birch', 'cedar']);
});

it('limits a cohort as the rollout where it has no limit of its own', () => {
  const cohorts = [
    { name: 'Pilot', maxInFlight: 2 },
    { name: 'Rest', maxInFlight: null },
  ];
  const policy = policyOf('transparent-release', { maxInFlight: 4 });

  expect(limitsOf(planInput({ cohorts, policy, vendorLimit: 9 }))).toEqual({
    vendor: 9,
    rollout: 4,
    cohorts: [2, 4],
  });
});

it('takes the places of other rollouts, under the vendor and their deployers', () => {
  const input = planInput({
    vendorLimit: 2,
    taken: [
      taken('elm', '2026-12-04T01:00', '2026-12-04T02:00'),
      taken('fir', '2026-12-04T01:30', '2026-12-04T02:00', 'harbour'),
    ],
  });
  const { places } = planningOf(input);
  const freeAt = (start: string, deployerLimit = 5): number =>
    places.free({ cohort: 0, deployer: 'fleet', deployerLimit }, Date.parse(at(start)));

  expect(freeAt('2026-12-04T00:15')).toBe(2);
  expect(freeAt('2026-12-04T00:16')).toBe(1);
  expect(freeAt('2026-12-04T00:45')).toBe(1);
  expect(freeAt('2026-12-04T00:46')).toBe(0);
  expect(freeAt('2026-12-04T01:59')).toBe(0);
  expect(freeAt('2026-12-04T02:00')).toBe(2);
  expect(freeAt('2026-12-04T00:45', 1)).toBe(0);
});

it('keeps a client free of other rollouts, and no other client', () => {
  const input = planInput({
    clients: [planClient('ash'), planClient('birch')],
    taken: [
      taken('ash', '2026-11-26T02:30', '2026-11-26T03:00'),
      taken('ash', '2026-11-25T01:30', '2026-11-25T02:00'),
      taken('ash', '2026-11-25T20:00', '2026-11-25T21:00'),
    ],
  });
  const startsOf = (key: string) =>
    candidateIn(input, key)
      .open.slice(0, 3)
      .map(({ first, last }) => [instantOf(first).slice(5, 16), instantOf(last).slice(5, 16)]);

  expect(startsOf('ash')).toEqual([
    ['11-25T02:00', '11-25T03:15'],
    ['11-26T01:00', '11-26T01:45'],
    ['11-26T03:00', '11-26T03:15'],
  ]);
  expect(startsOf('birch')[0]).toEqual(['11-25T01:00', '11-25T03:15']);
  expect(candidateIn(input, 'birch').busy).toEqual([]);
  // In order of time, whatever the order of the rows.
  expect(candidateIn(input).busy.map(({ start }) => instantOf(start).slice(5, 16))).toEqual([
    '11-25T01:30',
    '11-25T20:00',
    '11-26T02:30',
  ]);
});

it('shares open time between clients that no other rollout is at', () => {
  const clients = [planClient('ash'), planClient('birch')];

  const [ash, birch] = planningOf(planInput({ clients })).candidates;

  expect(birch?.open).toBe(ash?.open);
});

it('lets a client start once its preview, its answer and its notice are behind it', () => {
  const policy = policyOf('hotfix', {
    lead: { hours: 10 },
    previewAllowance: duration('PT4H'),
    worstCase: duration('PT45M'),
  });
  const clients = [planClient('ash'), planClient('birch')];
  const input = planInput({ clients, policy, previewLimit: 1 });
  const [ash, birch] = [candidateIn(input, 'ash'), candidateIn(input, 'birch')];

  expect(instantOf(ash.side.previewAt)).toBe(at('2026-11-24T17:00'));
  // Four hours for the preview, two in which the notice leaves, and the ten.
  expect(instantOf(ash.from)).toBe(at('2026-11-25T09:00'));
  // The preview of another is deployed before.
  expect(instantOf(birch.side.previewAt)).toBe(at('2026-11-24T17:45'));
  expect(instantOf(birch.from)).toBe(at('2026-11-25T09:45'));
});

it('never lets a client start that finds no time for its preview', () => {
  const input = planInput({
    previewCalendarId: 'previews',
    calendars: { ...planInput().calendars, previews: { zone: 'client', allow: [] } },
  });

  const { from, side } = candidateIn(input);

  expect(from).toBe(Infinity);
  expect(instantOf(side.previewAt)).toBe(at('2026-11-24T17:00'));
});
