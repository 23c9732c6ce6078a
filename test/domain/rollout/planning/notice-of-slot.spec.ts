import fc from 'fast-check';
import { layerFrom } from '../../../../domain/calendar/calendar-layer.ts';
import type { Lead } from '../../../../domain/calendar/notice-deadline.ts';
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

it('goes by the lead whose deadline is earlier', () => {
  const terms = { leads: [{ hours: 24 }, { businessDays: 5 }], time };

  const notice = noticeOfSlot(start, terms, { agreedAt, stands: false });

  expect(iso(notice?.noticeDeadline)).toBe('2026-12-03T22:00:00.000Z');
  expect(iso(notice?.noticeAt)).toBe('2026-12-02T14:00:00.000Z');
  expect(noticeRoom().firstStart(agreedAt, terms)).toBe(
    noticeRoom().firstStart(agreedAt, { leads: [{ businessDays: 5 }], time }),
  );
});

it('lets the notice of a date that stands leave late, but not after its deadline', () => {
  const terms = { leads: [{ businessDays: 5 }], time };
  const deadline = Date.parse('2026-12-03T22:00:00Z');
  const at = (agreed: number) => noticeOfSlot(start, terms, { agreedAt: agreed, stands: true });

  expect(at(deadline - 10_000)).toEqual({ noticeAt: deadline - 10_000, noticeDeadline: deadline });
  expect(at(deadline - 9_999)).toBeNull();
  expect(noticeOfSlot(start, terms, { agreedAt: deadline - 10_000, stands: false })).toBeNull();
});
