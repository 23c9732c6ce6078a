import { addBusinessDays, isBusinessDay } from '../../../domain/calendar/business-days.ts';
import type { LocalDate } from '../../../domain/instant.ts';
import { aCalendar } from './reading.ts';

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
});
