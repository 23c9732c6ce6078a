import type { ClientId } from '../../../domain/ids.ts';
import { parseInstant } from '../../../domain/instant.ts';
import { planCapacity } from '../../../domain/rollout/plan-capacity.ts';
import type {
  Placement,
  PlanClient,
  PlanContent,
  PlanInput,
} from '../../../domain/rollout/plan-input.ts';
import { planClient, planInput } from './plan-input-of.ts';

const at = (text: string) => parseInstant(`${text}:00Z`);

/** Clients with dates, or without: the key, and when it starts. */
function contentOf(dates: Readonly<Record<string, string | null>>): PlanContent {
  const placementAt = (start: string | null): Placement =>
    start === null
      ? { kind: 'unplaced', reasons: ['closed'], relaxation: null }
      : { kind: 'kept', slotStart: at(start), slotLatestEnd: at(start) };
  const clients = Object.entries(dates).map(([key, start]) => {
    const placement = placementAt(start);
    return { clientId: key as ClientId, key, cohort: 0, consent: 'inform' as const, placement };
  });
  return { clients, warnings: [] };
}

const daysOf = (input: PlanInput, dates: Readonly<Record<string, string | null>>) =>
  planCapacity(input, contentOf(dates)).map(({ date }) => date);

describe('the days of a vendor', () => {
  const zoned = (zone: string) => ({ zone, allow: 'always' });
  const inZones = (...zones: readonly string[]): readonly PlanClient[] =>
    zones.map((zone, index) => planClient(`c${index}`, { zone }));
  // The 3rd in London and Toronto, the 4th in Auckland.
  const night = { c0: '2026-12-03T23:30' };
  // The 3rd in Toronto only.
  const lateNight = { c0: '2026-12-04T01:00' };

  it.each<readonly [string, Partial<PlanInput>, string]>([
    [
      "its calendar's",
      {
        vendorCalendarId: 'vendor',
        calendars: { vendor: zoned('Pacific/Auckland'), days: zoned('UTC') },
      },
      '2026-12-04',
    ],
    [
      "its policy's where the calendar goes by each client",
      {
        vendorCalendarId: 'vendor',
        calendars: { vendor: zoned('client'), days: zoned('Pacific/Auckland') },
      },
      '2026-12-04',
    ],
    [
      "its policy's where it has no calendar",
      { calendars: { days: zoned('Pacific/Auckland') } },
      '2026-12-04',
    ],
    ['those of most clients where no calendar has a zone', {}, '2026-12-03'],
  ])('are in a zone: %s', (_, differences, date) => {
    const input = planInput({
      policyCalendarId: 'days',
      calendars: { days: zoned('client') },
      clients: inZones('Pacific/Auckland', 'UTC', 'UTC'),
      ...differences,
    });

    expect(daysOf(input, night)).toEqual([date]);
  });

  it('are those of the first zone by name where as many clients are in two', () => {
    const days = { policyCalendarId: null, calendars: {} };
    const [toronto, london] = ['America/Toronto', 'Europe/London'];

    expect(daysOf(planInput({ ...days, clients: inZones(london, toronto) }), lateNight)).toEqual([
      '2026-12-03',
    ]);
    expect(daysOf(planInput({ ...days, clients: inZones(toronto, london) }), lateNight)).toEqual([
      '2026-12-03',
    ]);
    const most = inZones(toronto, london, london);
    expect(daysOf(planInput({ ...days, clients: most }), lateNight)).toEqual(['2026-12-04']);
  });

  it('are none where nobody has a date, or there is nobody', () => {
    expect(daysOf(planInput(), { ash: null })).toEqual([]);
    expect(planCapacity(planInput({ clients: [] }), contentOf({}))).toEqual([]);
  });
});

it('lists days and clients in order of time, then of names, whatever their keys', () => {
  const names = { c0: 'Willow', c1: 'Ash', c2: 'Fir', c3: 'Elm', c4: 'Yew' };
  const clients = Object.entries(names).map(([key, name]) => planClient(key, { name }));
  const content = contentOf({
    c0: '2026-12-10T01:00',
    c1: '2026-12-10T01:45',
    c2: '2026-12-10T01:00',
    c3: '2026-12-09T02:00',
    c4: null,
  });

  const days = planCapacity(planInput({ clients }), content);

  expect(days.map(({ date, slots, clients: each }) => [date, slots, each])).toEqual([
    ['2026-12-08', 1, ['Elm']],
    ['2026-12-09', 3, ['Fir', 'Willow', 'Ash']],
  ]);
});

it('calls a client by its key where it has no part in the input any more', () => {
  const [day] = planCapacity(planInput(), contentOf({ gone: '2026-12-10T01:00' }));

  expect(day?.clients).toEqual(['gone']);
});

it('counts what runs at once from a start to its worst end, other rollouts included', () => {
  const other = (start: string, end: string) => {
    return { clientId: 'other' as ClientId, deployer: 'x', start: at(start), end: at(end) };
  };
  const taken = [
    other('2026-12-10T00:00', '2026-12-10T01:00'),
    other('2026-12-10T01:44', '2026-12-10T02:00'),
    other('2026-12-10T01:45', '2026-12-10T02:00'),
  ];
  const busiest = (starts: Readonly<Record<string, string>>) =>
    planCapacity(planInput({ taken, vendorLimit: 7 }), contentOf(starts)).map((day) => [
      day.busiest,
      day.limit,
    ]);

  // At work until 1:45, when the last of the others begins.
  expect(busiest({ ash: '2026-12-10T01:00' })).toEqual([[2, 7]]);
  expect(busiest({ ash: '2026-12-10T00:15' })).toEqual([[2, 7]]);
  expect(busiest({ ash: '2026-12-10T01:01' })).toEqual([[3, 7]]);
  expect(busiest({ ash: '2026-12-10T02:00' })).toEqual([[1, 7]]);
  expect(busiest({ ash: '2026-12-10T02:00', birch: '2026-12-10T02:44' })).toEqual([[2, 7]]);
});
