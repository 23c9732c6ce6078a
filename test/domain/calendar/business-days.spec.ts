import fc from 'fast-check';
import {
  addBusinessDays,
  businessDaysBetween,
  isBusinessDay,
  type Roll,
} from '../../../domain/calendar/business-days.ts';
import type { LocalDate } from '../../../domain/instant.ts';
import { aCalendar } from './reading.ts';

const ontario = aCalendar({
  holidays: { 'ca-on': ['2026-12-25', '2026-12-28', '2027-01-01', '2027-01-02'] },
  businessDays: { except: ['ca-on'], extra: ['2026-12-19', '2027-01-01'] },
});
const on = (text: string): LocalDate => text as LocalDate;

it.each([
  ['a Tuesday', '2026-12-22', { businessDay: true }],
  ['a Sunday', '2026-12-20', { businessDay: false }],
  ['a holiday', '2026-12-25', { businessDay: false, holiday: 'ca-on' }],
  ['the substitute of a holiday', '2026-12-28', { businessDay: false, holiday: 'ca-on' }],
  ['a holiday on a Saturday', '2027-01-02', { businessDay: false, holiday: 'ca-on' }],
  ['a Saturday on which people work', '2026-12-19', { businessDay: true }],
  ['a holiday on which people work', '2027-01-01', { businessDay: true }],
])('judges %s', (_name, date, answer) => {
  expect(isBusinessDay(ontario, on(date))).toEqual(answer);
});

it.each<[string, number, Roll, string]>([
  ['2026-12-22', 0, 'none', '2026-12-22'],
  ['2026-12-22', 1, 'none', '2026-12-23'],
  ['2026-12-24', 1, 'none', '2026-12-29'],
  ['2026-12-29', -1, 'none', '2026-12-24'],
  ['2026-12-18', 1, 'none', '2026-12-19'],
  ['2026-12-26', 0, 'none', '2026-12-26'],
  ['2026-12-26', 0, 'forward', '2026-12-29'],
  ['2026-12-26', 0, 'backward', '2026-12-24'],
  ['2026-12-26', 1, 'none', '2026-12-29'],
  ['2026-12-26', 1, 'forward', '2026-12-30'],
  ['2026-12-26', 1, 'backward', '2026-12-29'],
  ['2026-12-26', -1, 'none', '2026-12-24'],
  ['2026-12-26', -1, 'forward', '2026-12-24'],
  ['2026-12-26', -1, 'backward', '2026-12-23'],
  ['2026-12-31', 1, 'none', '2027-01-01'],
  ['2028-02-28', 1, 'none', '2028-02-29'],
])('from %s by %i business days, rolled %s, is %s', (from, days, roll, to) => {
  expect(addBusinessDays(ontario, on(from), { days, roll })).toBe(to);
});

it('refuses to count where no day is worked', () => {
  const never = aCalendar({
    holidays: { all: ['2026-12-25'] },
    businessDays: { weekdays: ['fri'], except: ['all'] },
  });

  expect(addBusinessDays(never, on('2026-12-18'), { days: 1 })).toBe('2027-01-01');
  expect(() => addBusinessDays(never, on('9999-12-30'), { days: 2 })).toThrow('years 1 to 9999');
});

describe('counting day by day', () => {
  const date = fc
    .integer({ min: 0, max: 60 })
    .map((day) => on(new Date(Date.UTC(2026, 11, 1 + day)).toISOString().slice(0, 10)));
  const isWorked = (text: string): boolean => {
    const weekday = new Date(`${text}T00:00Z`).getUTCDay();
    if (['2026-12-19', '2027-01-01'].includes(text)) return true;
    return weekday % 6 !== 0 && !['2026-12-25', '2026-12-28'].includes(text);
  };
  const nextDate = (text: string): LocalDate =>
    on(new Date(Date.parse(`${text}T00:00Z`) + 86_400_000).toISOString().slice(0, 10));

  it('gives the same number in between, and its negative the other way', () => {
    fc.assert(
      fc.property(date, date, (one, other) => {
        const [from, to] = one < other ? [one, other] : [other, one];
        let expected = 0;
        for (let each = from; each < to; each = nextDate(each)) if (isWorked(each)) expected += 1;

        expect(businessDaysBetween(ontario, from, to)).toBe(expected);
        expect(businessDaysBetween(ontario, to, from)).toBe(expected === 0 ? 0 : -expected);
      }),
    );
  });

  it('lands on a worked day with as many worked days on the way', () => {
    fc.assert(
      fc.property(date, fc.integer({ min: 1, max: 30 }), (from, days) => {
        const to = addBusinessDays(ontario, from, { days, roll: 'none' });

        expect(isWorked(to)).toBe(true);
        expect(businessDaysBetween(ontario, nextDate(from), nextDate(to))).toBe(days);
      }),
    );
  });
});
