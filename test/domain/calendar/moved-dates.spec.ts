import type {
  CalendarDocument,
  DaySelectorDocument,
} from '../../../domain/calendar/calendar-document.ts';
import { datesOf } from './reading.ts';

describe('offset by days and months', () => {
  const on = (date: string): DaySelectorDocument => ({ dates: [date] });

  it.each<[what: string, offset: object, date: string, expected: string]>([
    ['days back over a month', { days: -9 }, '2027-03-04', '2027-02-23'],
    ['days on over a leap day', { days: 2 }, '2028-02-28', '2028-03-01'],
    ['no days', { days: 0 }, '2027-03-04', '2027-03-04'],
    ['no months', { months: 0 }, '2027-03-31', '2027-03-31'],
    ['a month on', { months: 1 }, '2027-04-15', '2027-05-15'],
    [
      'a month on to a shorter month, clamped to its end',
      { months: 1 },
      '2027-01-31',
      '2027-02-28',
    ],
    ['a month on to a leap February', { months: 1 }, '2028-01-31', '2028-02-29'],
    ['a month back to a shorter month', { months: -1 }, '2027-12-31', '2027-11-30'],
    [
      'a month on from a month end that is no 31st, which stays the same day',
      { months: 1 },
      '2027-04-30',
      '2027-05-30',
    ],
    ['a year on from a leap day', { months: 12 }, '2028-02-29', '2029-02-28'],
    ['four years on from a leap day', { months: 48 }, '2028-02-29', '2032-02-29'],
    ['months back over the new year', { months: -2 }, '2027-01-15', '2026-11-15'],
    ['eighteen months', { months: 18 }, '2026-02-14', '2027-08-14'],
  ])('moves %s', (_what, offset, date, expected) => {
    expect(
      datesOf({ offset: { ...offset, from: on(date) } } as DaySelectorDocument, [
        '2020-01-01',
        '2035-12-31',
      ]),
    ).toBe(expected);
  });

  it('moves each date on its own, so that several may fall together', () => {
    const ends: DaySelectorDocument = { monthDays: [29, 30, 31] };

    const moved = datesOf({ offset: { months: 1, from: ends } }, ['2027-02-01', '2027-03-01']);

    expect(moved).toBe('2027-02-28');
  });

  it('finds dates whose origin lies outside the range', () => {
    const moved = datesOf({ offset: { days: -400, from: on('2028-02-29') } }, [
      '2027-01-25',
      '2027-01-25',
    ]);

    expect(moved).toBe('2027-01-25');
  });

  it('picks nothing when a date is moved out of the years that can be written', () => {
    const far: DaySelectorDocument = { offset: { days: 4_000_000, from: { weekdays: ['mon'] } } };

    expect(datesOf(far, ['2026-01-01', '2027-12-31'])).toBe('');
    expect(
      datesOf({ offset: { months: 9_999_999, from: far } }, ['2026-01-01', '2027-12-31']),
    ).toBe('');
  });
});

describe('offset by business days', () => {
  // Friday 25 and Monday 28 December are off, and so is New Year; Saturday 19 December is worked.
  const calendar: Partial<CalendarDocument> = {
    holidays: {
      'ca-on': ['2026-12-25', '2026-12-28', '2027-01-01'],
      closure: closed('2026-12-14', 21),
    },
    businessDays: { except: ['ca-on'], extra: ['2026-12-19'] },
  };
  const closedOver: Partial<CalendarDocument> = {
    ...calendar,
    businessDays: { except: ['closure'] },
  };

  it.each<[what: string, count: number, date: string, expected: string]>([
    ['back over a holiday and a weekend', -1, '2026-12-29', '2026-12-24'],
    ['back from a day off, first to the business day before it', -1, '2026-12-27', '2026-12-23'],
    ['on from a day off, first to the business day after it', 1, '2026-12-27', '2026-12-30'],
    ['back from a holiday', -1, '2026-12-25', '2026-12-23'],
    ['on over a worked Saturday', 1, '2026-12-18', '2026-12-19'],
    ['back from a worked Saturday', -1, '2026-12-19', '2026-12-18'],
    ['back to a worked Saturday', -1, '2026-12-21', '2026-12-19'],
    ['on from the Sunday after a worked Saturday', 1, '2026-12-20', '2026-12-22'],
    ['ten on', 10, '2026-12-18', '2027-01-05'],
  ])('moves %s', (_what, businessDays, date, expected) => {
    const moved = datesOf(
      { offset: { businessDays, from: { dates: [date] } } },
      ['2026-12-01', '2027-01-31'],
      calendar,
    );

    expect(moved).toBe(expected);
  });

  it.each<[what: string, count: number, date: string, expected: string]>([
    ['back from its last day', -1, '2027-01-03', '2026-12-10'],
    ['on from its first day', 1, '2026-12-14', '2027-01-05'],
    ['back from the day after it', -1, '2027-01-04', '2026-12-11'],
    ['on from the day before it', 1, '2026-12-11', '2027-01-04'],
  ])('crosses a closure of three weeks %s', (_what, businessDays, date, expected) => {
    const moved = datesOf(
      { offset: { businessDays, from: { dates: [date] } } },
      ['2026-11-01', '2027-01-31'],
      closedOver,
    );

    expect(moved).toBe(expected);
  });

  it('moves all days of a closure to the same day', () => {
    const moved = datesOf(
      { offset: { businessDays: -2, from: { holidays: 'closure' } } },
      ['2026-11-01', '2027-01-31'],
      closedOver,
    );

    expect(moved).toBe('2026-12-09');
  });

  it('picks the last three business days of a quarter', () => {
    const quarterEnd: DaySelectorDocument = {
      all: [{ monthDays: [-1] }, { months: [3, 6, 9, 12] }],
    };
    const dayAfter: DaySelectorDocument = { offset: { days: 1, from: quarterEnd } };
    const counted = [-1, -2, -3].map((businessDays): DaySelectorDocument => ({
      // the first of January is off: what lies before the day after it is counted from the quarter's own end
      offset: { businessDays, from: { offset: { businessDays: 1, from: quarterEnd } } },
    }));

    const last = datesOf({ any: counted }, ['2026-12-01', '2027-01-31'], calendar);

    expect(datesOf(dayAfter, ['2026-12-01', '2027-01-31'], calendar)).toBe('2027-01-01');
    expect(last).toBe('2026-12-29 2026-12-30 2026-12-31');
  });

  function closed(from: string, days: number): string[] {
    const first = Date.parse(`${from}T00:00:00Z`);
    return Array.from({ length: days }, (_, index) =>
      new Date(first + index * 86_400_000).toISOString().slice(0, 10),
    );
  }
});

describe('next and previous', () => {
  it.each<[what: string, on: DaySelectorDocument, expected: string]>([
    [
      'the next Monday after a date',
      { next: { weekday: 'mon', from: { dates: ['2026-12-24'] } } },
      '2026-12-28',
    ],
    [
      'the date itself when it is one',
      { next: { weekday: 'thu', from: { dates: ['2026-12-24'] } } },
      '2026-12-24',
    ],
    [
      'six days on at most',
      { next: { weekday: 'wed', from: { dates: ['2026-12-24'] } } },
      '2026-12-30',
    ],
    [
      'the Monday before a date',
      { previous: { weekday: 'mon', from: { dates: ['2026-12-24'] } } },
      '2026-12-21',
    ],
    [
      'the date itself, looking back',
      { previous: { weekday: 'thu', from: { dates: ['2026-12-24'] } } },
      '2026-12-24',
    ],
    [
      'six days back at most',
      { previous: { weekday: 'fri', from: { dates: ['2026-12-24'] } } },
      '2026-12-18',
    ],
    [
      'one day for several dates of a week',
      { next: { weekday: 'fri', from: { dates: ['2026-12-21', '2026-12-23'] } } },
      '2026-12-25',
    ],
    [
      'a day of the next year',
      { next: { weekday: 'sat', from: { dates: ['2026-12-31'] } } },
      '2027-01-02',
    ],
    [
      'the Saturday before a moved date',
      {
        previous: {
          weekday: 'sat',
          from: { offset: { months: 1, from: { dates: ['2026-12-31'] } } },
        },
      },
      '2027-01-30',
    ],
  ])('pick %s', (_what, on, expected) => {
    expect(datesOf(on, ['2026-12-01', '2027-01-31'])).toBe(expected);
  });

  it('know nothing of a date that a zone skipped, since dates are arithmetic', () => {
    const next: DaySelectorDocument = { next: { weekday: 'fri', from: { dates: ['2011-12-29'] } } };

    expect(datesOf(next, ['2011-12-01', '2012-01-31'], { zone: 'Pacific/Apia' })).toBe(
      '2011-12-30',
    );
  });
});
