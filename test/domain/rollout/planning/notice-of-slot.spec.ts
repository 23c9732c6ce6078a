import fc from 'fast-check';
import { layerFrom } from '../../../../domain/calendar/calendar-layer.ts';
import type { ClientTime, Lead } from '../../../../domain/calendar/notice-deadline.ts';
import { noticeOfSlot, noticeRoom } from '../../../../domain/rollout/planning/notice-of-slot.ts';
import { duration } from '../plan-input-of.ts';

const zone = 'America/Toronto';
const holidays = { ca: ['2026-12-25', '2026-12-28'] };
const { calendar } = layerFrom('client', { zone, holidays, businessDays: { except: ['ca'] } });
const time = { calendar, zone };
const minute = 60_000;

const leads: readonly Lead[] = [
  { businessDays: 5 },
  { businessDays: 1 },
  { businessDays: 0 },
  { days: 3 },
  { days: 0 },
  { hours: 24 },
  { hours: 2 },
  { hours: 2 },
  { hours: 1 },
  { duration: duration('PT0S') },
  { duration: duration('P2D') },
];

it.each(leads.map((lead) => [JSON.stringify(lead), lead] as const))(
  'finds the very first start that leaves room for a notice of %s',
  (_, lead) => {
    const terms = { leads: [lead], time };
    const room = noticeRoom();
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 14 * 24 * 60 }), (minutes) => {
        const agreedAt = Date.parse('2026-12-17T00:00:00Z') + minutes * minute;
        const first = room.firstStart(agreedAt, terms);
        const asked = { agreedAt, stands: false };

        expect(noticeOfSlot(first, terms, asked)).not.toBeNull();
        expect(noticeOfSlot(first - 1, terms, asked)).toBeNull();
        expect(noticeOfSlot(first + 5 * 86_400_000, terms, asked)).not.toBeNull();
      }),
      { numRuns: 60 },
    );
  },
);

const agreedAt = Date.parse('2026-12-01T15:00:00Z');
const start = Date.parse('2026-12-11T01:00:00Z');
const iso = (ms: number | undefined): string | undefined =>
  ms === undefined ? ms : new Date(ms).toISOString();

it.each<readonly [string, readonly Lead[]]>([
  ['last', [{ hours: 24 }, { businessDays: 5 }]],
  ['first', [{ businessDays: 5 }, { hours: 24 }]],
])('goes by the lead whose deadline is earlier, though it comes %s', (_, two) => {
  const terms = { leads: two, time };

  const notice = noticeOfSlot(start, terms, { agreedAt, stands: false });

  expect(iso(notice?.noticeDeadline)).toBe('2026-12-03T22:00:00.000Z');
  expect(iso(notice?.noticeAt)).toBe('2026-12-02T14:00:00.000Z');
  expect(noticeRoom().firstStart(agreedAt, terms)).toBe(
    noticeRoom().firstStart(agreedAt, { leads: [{ businessDays: 5 }], time }),
  );
});

it('goes by the lead whose deadline is earlier, wherever it stands', () => {
  const terms = { leads: [{ businessDays: 5 }, { hours: 24 }], time };

  const notice = noticeOfSlot(start, terms, { agreedAt, stands: false });

  expect(iso(notice?.noticeDeadline)).toBe('2026-12-03T22:00:00.000Z');
});

it('goes by the first lead where another has the same deadline', () => {
  const queuedBy = (...leads: readonly Lead[]) =>
    iso(noticeOfSlot(start, { leads, time }, { agreedAt, stands: false })?.noticeAt);

  // Both end on Wednesday at 17:00; one is queued two hours before, the other a business day before.
  expect(queuedBy({ days: 1 }, { businessDays: 1 })).toBe('2026-12-09T20:00:00.000Z');
  expect(queuedBy({ businessDays: 1 }, { days: 1 })).toBe('2026-12-08T14:00:00.000Z');
});

it('knows no notice where nothing says how long before', () => {
  expect(noticeOfSlot(start, { leads: [], time }, { agreedAt, stands: false })).toBeNull();
});

it.each<readonly [Lead, string, string]>([
  // Queued on the morning of the 2nd for the evening of the 10th, and not a moment later.
  [{ businessDays: 5 }, '2026-12-02T14:00:00.000Z', '2026-12-10T05:00:00.000Z'],
  [{ businessDays: 5 }, '2026-12-02T14:00:00.001Z', '2026-12-11T05:00:00.000Z'],
  // Due by 17:00 of the very date; it takes ten seconds to leave.
  [{ businessDays: 0 }, '2026-12-02T21:59:50.000Z', '2026-12-02T22:00:00.000Z'],
  [{ businessDays: 0 }, '2026-12-02T21:59:50.001Z', '2026-12-03T05:00:00.000Z'],
  [{ days: 0 }, '2026-12-02T15:00:00.000Z', '2026-12-02T15:00:10.000Z'],
  [{ hours: 1 }, '2026-12-02T15:00:00.000Z', '2026-12-02T16:00:10.000Z'],
  [{ hours: 2 }, '2026-12-02T15:00:00.000Z', '2026-12-02T19:00:00.000Z'],
])('leaves room for a notice of %j after %s', (lead, agreed, first) => {
  expect(iso(noticeRoom().firstStart(Date.parse(agreed), { leads: [lead], time }))).toBe(first);
});

it('remembers no date of one calendar or zone for another', () => {
  const room = noticeRoom();
  const closed = { zone, holidays: { own: ['2026-12-09'] }, businessDays: { except: ['own'] } };
  const rests = layerFrom('client', closed).calendar;
  const firstOf = (where: ClientTime, lead: Lead = { businessDays: 1 }) =>
    iso(room.firstStart(agreedAt, { leads: [lead], time: where }));
  // Agreed on Tuesday at 10:00: queued on Wednesday morning, due on Thursday, for Friday.
  const expected = '2026-12-04T05:00:00.000Z';

  expect(firstOf(time)).toBe(expected);
  expect(firstOf({ calendar, zone: 'America/Los_Angeles' })).toBe('2026-12-03T08:00:00.000Z');
  expect(firstOf({ calendar: rests, zone })).toBe(expected);
  expect(firstOf({ calendar: rests, zone }, { businessDays: 5 })).toBe('2026-12-11T05:00:00.000Z');
  expect(firstOf(time, { businessDays: 5 })).toBe('2026-12-10T05:00:00.000Z');
});

it('lets the notice of a date that stands leave late, but not after its deadline', () => {
  const terms = { leads: [{ businessDays: 5 }], time };
  const deadline = Date.parse('2026-12-03T22:00:00Z');
  const at = (agreed: number) => noticeOfSlot(start, terms, { agreedAt: agreed, stands: true });

  expect(at(deadline - 10_000)).toEqual({ noticeAt: deadline - 10_000, noticeDeadline: deadline });
  expect(at(deadline - 9_999)).toBeNull();
  expect(noticeOfSlot(start, terms, { agreedAt: deadline - 10_000, stands: false })).toBeNull();
});

describe('the first start', () => {
  const first = (lead: Lead, agreed: string, at = time) =>
    iso(noticeRoom().firstStart(Date.parse(agreed), { leads: [lead], time: at }));

  it('lies on a date whose notice is queued at the very moment of agreeing, not a moment later', () => {
    // For Friday 11 December, and the days off after it, the notice is due on the 4th and queued on the 3rd at 9:00.
    expect(first({ businessDays: 5 }, '2026-12-03T14:00:00.000Z')).toBe('2026-12-11T05:00:00.000Z');
    expect(first({ businessDays: 5 }, '2026-12-03T14:00:00.001Z')).toBe('2026-12-14T05:00:00.000Z');
  });

  it('lies on the same date as long as a notice without a lead can leave before it is due', () => {
    // Due on Tuesday 1 December at 17:00; the provider has ten seconds.
    expect(first({ days: 0 }, '2026-12-01T21:59:50.000Z')).toBe('2026-12-01T22:00:00.000Z');
    expect(first({ days: 0 }, '2026-12-01T21:59:50.001Z')).toBe('2026-12-02T05:00:00.000Z');
    expect(first({ businessDays: 0 }, '2026-12-01T21:59:50.000Z')).toBe('2026-12-01T22:00:00.000Z');
    expect(first({ businessDays: 0 }, '2026-12-01T21:59:50.001Z')).toBe('2026-12-02T05:00:00.000Z');
  });

  it.each<readonly [string, Lead, string]>([
    ['leaves two hours before it is due', { hours: 2 }, '2026-12-01T18:00:00.000Z'],
    ['leaves at once', { duration: duration('PT1H59M') }, '2026-12-01T15:59:10.000Z'],
  ])('comes when a notice that %s may have left', (_, lead, expected) => {
    expect(first(lead, '2026-12-01T14:00:00.000Z')).toBe(expected);
  });

  it('is told apart by calendar and by zone, though they are asked together', () => {
    const room = noticeRoom();
    const plain = layerFrom('client', { zone }).calendar;
    const times = [time, { calendar: plain, zone }, { calendar: plain, zone: 'Europe/London' }];
    const lead = { businessDays: 2 };
    const asked = Date.parse('2026-12-22T13:00:00Z');

    const together = times.map((each) => room.firstStart(asked, { leads: [lead], time: each }));

    // In London it is past nine already, so that the notice is queued on the 23rd; 25th and 28th are off for one.
    expect(together.map(iso)).toEqual([
      '2026-12-29T05:00:00.000Z',
      '2026-12-25T05:00:00.000Z',
      '2026-12-28T00:00:00.000Z',
    ]);
  });
});
