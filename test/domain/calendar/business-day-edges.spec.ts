import { addBusinessDays, addDays, isBusinessDay } from '../../../domain/calendar/business-days.ts';
import type { LocalDate } from '../../../domain/instant.ts';
import { aCalendar, datesOf } from './reading.ts';

const date = (text: string): LocalDate => text as LocalDate;

describe('business days at their edges', () => {
  it('name no holiday at all on a weekend without one', () => {
    expect(isBusinessDay(aCalendar(), date('2026-11-28'))).toStrictEqual({ businessDay: false });
  });

  it('count from a day off itself unless it is said where to roll it', () => {
    expect(addBusinessDays(aCalendar(), date('2026-11-28'), { days: 0 })).toBe('2026-11-28');
    expect(addBusinessDays(aCalendar(), date('2026-11-28'), { days: 1 })).toBe('2026-11-30');
  });

  it.each([
    ['9999-12-30', 1, '9999-12-31'],
    ['0001-01-02', -1, '0001-01-01'],
  ])('reach the last dates that can be written: %s %i', (from, days, expected) => {
    expect(addBusinessDays(aCalendar(), date(from), { days })).toBe(expected);
  });

  it.each([
    ['9999-12-31', 1],
    ['0001-01-01', -1],
  ])('end there: %s %i', (from, days) => {
    expect(() => addBusinessDays(aCalendar(), date(from), { days })).toThrow('1 to 9999');
  });

  it.each([
    ['the second one of all', 1, '0001-01-01', ['0001-01-01', '0001-01-05'], '0001-01-02'],
    ['the last but one of all', -1, '9999-12-31', ['9999-12-27', '9999-12-31'], '9999-12-30'],
    ['none behind all of them', 10_000_000, '2026-11-25', ['9999-12-01', '9999-12-31'], ''],
  ])('may be moved to: %s', (_what, businessDays, date, range, expected) => {
    const on = { offset: { businessDays, from: { dates: [date] } } };

    expect(datesOf(on, range as [string, string])).toBe(expected);
  });
});

describe('days at their edges', () => {
  it.each([
    ['9999-12-30', 1, '9999-12-31'],
    ['0001-01-02', -1, '0001-01-01'],
    ['2028-02-28', 2, '2028-03-01'],
  ])('reach the last dates that can be written: %s %i', (from, days, expected) => {
    expect(addDays(date(from), days)).toBe(expected);
  });

  it.each([
    ['9999-12-31', 1],
    ['0001-01-01', -1],
  ])('end there: %s %i', (from, days) => {
    expect(() => addDays(date(from), days)).toThrow('1 to 9999');
  });
});
