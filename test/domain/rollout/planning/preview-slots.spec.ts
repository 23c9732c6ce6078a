import { type Instant, instantOf, parseInstant } from '../../../../domain/instant.ts';
import type { PlanClient, PlanInput } from '../../../../domain/rollout/plan-input.ts';
import { calendarsOf } from '../../../../domain/rollout/planning/client-side.ts';
import { freePlaces } from '../../../../domain/rollout/planning/places.ts';
import { firstFreeStart, previewSlots } from '../../../../domain/rollout/planning/preview-slots.ts';
import { planClient, planInput, policyOf } from '../plan-input-of.ts';

/** When each client's preview is deployed, by its key; planned at 17:00 in UTC. Who finds no time is missing. */
function previews(
  clients: readonly PlanClient[],
  differences: Partial<PlanInput> = {},
): Readonly<Record<string, Instant>> {
  const input = planInput({ clients, ...differences });
  const slots = previewSlots(input, clients, calendarsOf(input));
  return Object.fromEntries(
    clients
      .filter(({ clientId }) => slots.has(clientId))
      .map(({ key, clientId }) => [key, instantOf(slots.get(clientId) ?? NaN)]),
  );
}

const clientsOf = (keys: string, differences: Partial<PlanClient> = {}): readonly PlanClient[] =>
  keys.split(' ').map((key) => planClient(key, differences));
const at = (text: string): Instant => parseInstant(`${text}:00Z`);

it('deploys as many at once as the limit of previews allows, in the given order', () => {
  expect(previews(clientsOf('cedar ash birch'), { previewLimit: 2 })).toEqual({
    cedar: at('2026-11-24T17:00'),
    ash: at('2026-11-24T17:00'),
    birch: at('2026-11-24T17:45'),
  });
});

it('keeps to the limit of each deployer, in which deployers do not count for each other', () => {
  const clients = [
    ...clientsOf('ash birch', { deployer: 'harbour', deployerLimit: 1 }),
    ...clientsOf('cedar dogwood', { deployer: 'fleet', deployerLimit: 2 }),
  ];

  expect(previews(clients)).toEqual({
    ash: at('2026-11-24T17:00'),
    birch: at('2026-11-24T17:45'),
    cedar: at('2026-11-24T17:00'),
    dogwood: at('2026-11-24T17:00'),
  });
});

it('takes no place for clients that have their preview behind them, or need none', () => {
  const clients = [
    planClient('ash', { stage: 'agreed' }),
    planClient('birch', { stage: 'on-preview' }),
    planClient('cedar'),
    planClient('dogwood'),
  ];

  expect(previews(clients, { previewLimit: 1 })).toEqual({
    ash: at('2026-11-24T17:00'),
    birch: at('2026-11-24T17:00'),
    cedar: at('2026-11-24T17:00'),
    dogwood: at('2026-11-24T17:45'),
  });
  const policy = policyOf('transparent-release', { previewRequired: false });
  expect(previews(clients, { previewLimit: 1, policy })).toMatchObject({
    dogwood: at('2026-11-24T17:00'),
  });
});

describe('by the preview calendar', () => {
  const by = (rules: Record<string, unknown>): Partial<PlanInput> => ({
    previewCalendarId: 'previews',
    calendars: { ...planInput().calendars, previews: { zone: 'client', ...rules } },
  });
  const mornings = { allow: [{ from: '09:00', to: '09:45' }] };

  it('waits for the next window, by the clocks of the client', () => {
    const clients = [
      planClient('ash'),
      planClient('birch', { zone: 'America/Los_Angeles' }),
      planClient('cedar'),
    ];

    expect(previews(clients, by(mornings))).toEqual({
      ash: at('2026-11-25T14:00'),
      birch: at('2026-11-24T17:00'),
      cedar: at('2026-11-25T14:00'),
    });
  });

  it('goes to the next window where one is full', () => {
    expect(previews(clientsOf('ash birch'), { ...by(mornings), previewLimit: 1 })).toEqual({
      ash: at('2026-11-25T14:00'),
      birch: at('2026-11-26T14:00'),
    });
  });

  it('finds no time in windows that are too short', () => {
    const short = { allow: [{ from: '09:00', to: '09:44' }] };

    expect(previews(clientsOf('ash'), by(short))).toEqual({});
  });

  it('goes on with the others where one finds no time', () => {
    const today = { allow: [{ on: { dates: ['2026-11-24'] }, from: '10:00', to: '11:30' }] };
    const clients = [
      planClient('ash'),
      ...clientsOf('birch cedar dogwood', { zone: 'America/Los_Angeles' }),
    ];

    // It is noon in Toronto, and nine in Los Angeles.
    expect(previews(clients, { ...by(today), previewLimit: 1 })).toEqual({
      birch: at('2026-11-24T18:00'),
      cedar: at('2026-11-24T18:45'),
    });
  });

  it('looks ahead for a hundred and twenty days', () => {
    const only = (date: string) =>
      by({ allow: [{ on: { dates: [date] }, from: '09:00', to: '09:45' }] });

    // 120 days end on 24 March 2027 at 13:00 in Toronto.
    expect(previews(clientsOf('ash'), only('2027-03-24'))).toEqual({ ash: at('2027-03-24T13:00') });
    expect(previews(clientsOf('ash'), only('2027-03-25'))).toEqual({});
  });

  it('keeps to the rules for the kind of change, and to those for hotfixes when it is critical', () => {
    const rests = by({
      allow: 'always',
      deny: [{ from: '00:00', to: '24:00', kinds: ['release'] }],
    });
    const now = { ash: at('2026-11-24T17:00') };

    expect(previews(clientsOf('ash'), rests)).toEqual({});
    expect(previews(clientsOf('ash'), { ...rests, changeKind: 'hotfix' })).toEqual(now);
    expect(previews(clientsOf('ash'), { ...rests, critical: true })).toEqual(now);
    const urgent = by({ allow: [{ from: '00:00', to: '24:00', kinds: ['hotfix'] }] });
    expect(previews(clientsOf('ash'), urgent)).toEqual({});
    expect(previews(clientsOf('ash'), { ...urgent, critical: true })).toEqual(now);
  });
});

describe('the first free start', () => {
  const seat = { cohort: 0, deployer: 'a', deployerLimit: 1 };
  const limits = { vendor: 1, rollout: 1, cohorts: [1] };
  const spans = [
    { first: 0, last: 10, stretchEnd: 20 },
    { first: 40, last: 50, stretchEnd: 60 },
  ];
  const freeFrom = (from: number, ...taken: readonly number[]): number | undefined => {
    const places = freePlaces(limits, 10);
    for (const start of taken) places.take(seat, start);
    return firstFreeStart(spans, from, { places, seat });
  };

  it.each<readonly [string, number | undefined, number, readonly number[]]>([
    ['at once where nothing is taken', 0, 0, []],
    ['from the asked instant on', 7, 7, []],
    ['when the work before ends, on the very last start', 10, 0, [0]],
    ['in the next stretch where the work before ends too late', 40, 0, [1]],
    ['in the next stretch when the first is over', 40, 11, []],
    ['nowhere when all are over', undefined, 51, []],
    ['nowhere when all are taken', undefined, 0, [1, 41]],
    ['in the middle of a stretch', 45, 11, [35]],
  ])('lies %s', (_, start, from, taken) => {
    expect(freeFrom(from, ...taken)).toBe(start);
  });
});
