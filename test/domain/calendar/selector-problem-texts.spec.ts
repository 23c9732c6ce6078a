import { describe, expect, it } from '@jest/globals';
import { validateCalendar } from '../../../domain/calendar/validate-calendar.ts';

/** What people read about a selector: `path: message`. */
function told(on: unknown): readonly string[] {
  const document = { zone: 'UTC', allow: [{ on }], holidays: { us: [] } };
  return validateCalendar(document).map(({ path, message }) => `${path}: ${message}`);
}

describe('a problem of a selector says', () => {
  const mondays = { weekdays: ['mon'] };

  it.each<[string, unknown, readonly string[]]>([
    [
      'that it has one key',
      { months: [1], monthDays: [0] },
      [
        ': allow[0].on must have exactly one key',
        '.monthDays[0]: allow[0].on.monthDays[0] must be 1 to 31, or -1 to -31 from the end',
      ],
    ],
    ['that it has a key', {}, [': allow[0].on must have exactly one key']],
    [
      'which keys there are',
      { weekday: 'mon' },
      [
        '.weekday: "weekday" is no field here; known are weekdays, monthly, monthDays, months, yearly, dates, every, holidays, offset, next, previous, all, any, not',
      ],
    ],
    [
      'which day of the week is none',
      { weekdays: ['Mon', 1] },
      [
        '.weekdays[0]: "Mon" is no day of the week; write mon, tue, wed, thu, fri, sat or sun',
        '.weekdays[1]: 1 is no day of the week; write mon, tue, wed, thu, fri, sat or sun',
      ],
    ],
    [
      'that weekdays are a list',
      { weekdays: 'mon' },
      ['.weekdays: allow[0].on.weekdays must be a list'],
    ],
    [
      'what is no object in monthly',
      { monthly: 2 },
      ['.monthly: allow[0].on.monthly must be an object'],
    ],
    [
      'which weekday of a month is none',
      { monthly: { nth: 6, weekday: 'thu' } },
      ['.monthly.nth: allow[0].on.monthly.nth must be 1 to 5, or -1 to -5 from the end'],
    ],
    [
      'that no weekday of a month is the zeroth or comes in half',
      { any: [{ monthly: { nth: 0, weekday: 'thu' } }, { monthly: { nth: 1.5, weekday: 'thu' } }] },
      [
        '.any[0].monthly.nth: allow[0].on.any[0].monthly.nth must be 1 to 5, or -1 to -5 from the end',
        '.any[1].monthly.nth: allow[0].on.any[1].monthly.nth must be 1 to 5, or -1 to -5 from the end',
      ],
    ],
    [
      'which months there are',
      { months: [13] },
      ['.months[0]: allow[0].on.months[0] must be a whole number from 1 to 12'],
    ],
    [
      'what is no object in yearly',
      { yearly: '12-15' },
      ['.yearly: allow[0].on.yearly must be an object'],
    ],
    [
      'how to write the day of a year',
      { yearly: { from: '15-12', to: 1215 } },
      [
        '.yearly.from: "15-12" is no day of a year; write "12-15"',
        '.yearly.to: 1215 is no day of a year; write "12-15"',
      ],
    ],
    ['what is no object in every', { every: 14 }, ['.every: allow[0].on.every must be an object']],
    [
      'that a cadence has one step',
      { every: { since: '2026-10-06' } },
      ['.every: allow[0].on.every needs exactly one of days, weeks'],
    ],
    [
      'how long a step may be',
      { every: { weeks: 10_000_001, since: '2026-10-06' } },
      ['.every.weeks: allow[0].on.every.weeks must be a whole number from 1 to 10000000'],
    ],
    [
      'which holiday set is not there',
      { any: [{ holidays: 'ca' }, { holidays: ['us'] }] },
      [
        '.any[0].holidays: "ca" names no holiday set; define it under "holidays"',
        '.any[1].holidays: a list names no holiday set; define it under "holidays"',
      ],
    ],
    [
      'what is no object in offset',
      { offset: 1 },
      ['.offset: allow[0].on.offset must be an object'],
    ],
    [
      'that an offset has one unit',
      { offset: { from: mondays } },
      ['.offset: allow[0].on.offset needs exactly one of days, months, businessDays'],
    ],
    [
      'that no business days are none',
      { offset: { businessDays: 0, from: mondays } },
      ['.offset.businessDays: allow[0].on.offset.businessDays must not be 0'],
    ],
    [
      'how far an offset may go',
      { offset: { businessDays: -10_000_001, from: mondays } },
      [
        '.offset.businessDays: allow[0].on.offset.businessDays must be a whole number from -10000000 to 10000000',
      ],
    ],
    ['what is no object in next', { next: 'mon' }, ['.next: allow[0].on.next must be an object']],
    [
      'what is missing in previous',
      { previous: {} },
      [
        '.previous.weekday: nothing is no day of the week; write mon, tue, wed, thu, fri, sat or sun',
        '.previous.from: allow[0].on.previous.from must be an object',
      ],
    ],
    ['that all and any are lists', { all: mondays }, ['.all: allow[0].on.all must be a list']],
    [
      'that any has something',
      { any: [] },
      ['.any: allow[0].on.any must not be empty; leave it out'],
    ],
  ])('%s', (_what, on, expected) => {
    expect(told(on)).toEqual(expected.map((each) => `allow[0].on${each}`));
  });

  it('that it is nested too deep', () => {
    const nested = Array.from({ length: 65 }).reduce<object>((on) => ({ not: on }), mondays);

    expect(told(nested)).toEqual([
      `allow[0].on${'.not'.repeat(65)}: selectors are nested more than 64 deep here`,
    ]);
  });
});
