import { describe, expect, it } from '@jest/globals';
import { validateCalendar } from '../../../domain/calendar/validate-calendar.ts';

/** What people read about a document: `path: message`. */
function told(document: object): readonly string[] {
  return validateCalendar({ zone: 'UTC', ...document }).map(
    ({ path, message }) => `${path}: ${message}`,
  );
}

const hours = { from: '08:00', to: '09:00' };
const long = 'x'.repeat(61);

describe('a problem of the document says', () => {
  it.each<[string, object, readonly string[]]>([
    [
      'which zones there are',
      { zone: undefined },
      ['zone: zone is missing; write America/Toronto, -05:00 or client'],
    ],
    [
      'which zone is none',
      { zone: 'Mars/Base' },
      [
        'zone: "Mars/Base" is no zone; write an IANA name such as America/Toronto, an offset such as -05:00, or client',
      ],
    ],
    ['that a name is a text', { calendar: 7 }, ['calendar: calendar must be a name']],
    ['that a name is not empty', { calendar: '' }, ['calendar: calendar must be a name']],
    [
      'which fields it has',
      { freeze: true },
      [
        'freeze: "freeze" is no field here; known are calendar, zone, allow, deny, holidays, businessDays, coverage',
      ],
    ],
    [
      'no more of a field than can be read',
      { businessDays: { [long]: 1 } },
      [
        `businessDays.${long}: "${'x'.repeat(60)}" is no field here; known are weekdays, except, extra, hours`,
      ],
    ],
    [
      'what may stand instead of allow rules',
      { allow: 'never' },
      ['allow: allow must be a list of rules, or "always"'],
    ],
    [
      'that nothing stands instead of deny rules',
      { deny: 'always' },
      ['deny: deny must be a list of rules'],
    ],
    ['that a rule is an object', { deny: ['x'] }, ['deny[0]: deny[0] must be an object']],
    [
      'that holiday sets are an object',
      { holidays: null },
      ['holidays: holidays must be an object'],
    ],
    [
      'that a holiday set is a list',
      { holidays: { a: 7 } },
      ['holidays.a: holidays.a must be a list'],
    ],
    [
      'that business days are an object',
      { businessDays: [] },
      ['businessDays: businessDays must be an object'],
    ],
    [
      'that business hours are an object',
      { businessDays: { hours: '09:00' } },
      ['businessDays.hours: businessDays.hours must be an object'],
    ],
    [
      'that business hours have both ends',
      { businessDays: { hours: { to: '17:00' } } },
      ['businessDays.hours.from: businessDays.hours.from is missing; "from" and "to" go together'],
    ],
    [
      'that business hours have a length',
      { businessDays: { hours: { from: '09:00', to: '09:00' } } },
      ['businessDays.hours: businessDays.hours must end after they begin, on the same day'],
    ],
    [
      'that business hours end on the same day',
      { businessDays: { hours: { from: '22:00', to: '06:00' } } },
      ['businessDays.hours: businessDays.hours must end after they begin, on the same day'],
    ],
    [
      'which holiday set is not there',
      { holidays: { us: [] }, businessDays: { except: ['us', 'ca'] } },
      ['businessDays.except[1]: "ca" names no holiday set; define it under "holidays"'],
    ],
    [
      'that exceptions are a list',
      { businessDays: { except: 'us' } },
      ['businessDays.except: businessDays.except must be a list'],
    ],
    [
      'what to do with an empty list',
      { businessDays: { weekdays: [], extra: [] } },
      [
        'businessDays.weekdays: businessDays.weekdays must not be empty; leave it out',
        'businessDays.extra: businessDays.extra must not be empty; leave it out',
      ],
    ],
  ])('%s', (_what, document, expected) => {
    expect(told(document)).toEqual(expected);
  });

  it('that there are too many rules and selectors, once, and reads no further', () => {
    const rules = [...Array.from({ length: 2001 }, () => hours), { from: '8:00' }];

    expect(told({ allow: rules.slice(0, 2000) })).toEqual([]);
    expect(told({ allow: rules })).toEqual([
      'allow[2000]: a calendar has at most 2000 rules and selectors',
    ]);
  });
});

describe('what was written is shown', () => {
  it.each<[unknown, string]>([
    ['2026-02-29', '"2026-02-29"'],
    ['say "soon"', '"say \\"soon\\""'],
    [long, `"${'x'.repeat(60)}"`],
    [7, '7'],
    [true, 'true'],
    [null, 'null'],
    [undefined, 'nothing'],
    [['2026-12-25'], 'a list'],
    [{ deep: {} }, 'an object'],
  ])('as %j', (date, shown) => {
    expect(told({ holidays: { a: [date] } })).toEqual([
      `holidays.a[0]: ${shown} is no date; write "2026-12-31"`,
    ]);
  });
});

describe('a problem of a rule says', () => {
  const span = { from: '2026-07-01', to: '2026-07-31' };
  const between = ['2026-12-15T00:00', '2026-12-16T00:00'];

  it.each<[string, unknown, readonly string[]]>([
    [
      'that it needs a time',
      { name: 'never' },
      ['allow[0]: allow[0] needs "between", "on", or "from" and "to"'],
    ],
    ['that it is an object, not null', null, ['allow[0]: allow[0] must be an object']],
    [
      'that its name is a text',
      { ...hours, name: 7 },
      ['allow[0].name: allow[0].name must be a text'],
    ],
    [
      'which fields it has',
      { ...hours, colour: 'red' },
      [
        'allow[0].colour: "colour" is no field here; known are name, on, from, to, plusDays, between, valid, replace, kinds, tags',
      ],
    ],
    [
      'that a key true beside on is no field',
      { true: { months: [1] }, on: { months: [1] } },
      [
        'allow[0].true: "true" is no field here; known are name, on, from, to, plusDays, between, valid, replace, kinds, tags',
      ],
    ],
    [
      'that kinds are texts',
      { ...hours, kinds: [7] },
      ['allow[0].kinds[0]: allow[0].kinds[0] must be a text'],
    ],
    [
      'that tags are not empty',
      { ...hours, tags: [] },
      ['allow[0].tags: allow[0].tags must not be empty; leave it out'],
    ],
    [
      'that a start needs an end',
      { from: '08:00' },
      ['allow[0].to: allow[0].to is missing; "from" and "to" go together'],
    ],
    [
      'what is no time of day',
      { from: 8, to: '25:00' },
      [
        'allow[0].from: 8 is no time of day here; write "20:00"',
        'allow[0].to: "25:00" is no time of day here; write "20:00"',
      ],
    ],
    [
      'that a day does not begin at its end',
      { from: '24:00', to: '05:00' },
      ['allow[0].from: "24:00" is no time of day here; write "20:00"'],
    ],
    [
      'how to write a whole day',
      { from: '08:00', to: '08:00' },
      [
        'allow[0]: allow[0] is empty: "from" equals "to"; write "00:00" and "24:00" for a whole day, or plusDays',
      ],
    ],
    [
      'that more days are needed',
      { from: '22:00', to: '05:00', plusDays: 0 },
      ['allow[0]: allow[0] ends before it starts; raise plusDays'],
    ],
    [
      'that no day more leaves nothing',
      { from: '08:00', to: '08:00', plusDays: 0 },
      ['allow[0]: allow[0] ends before it starts; raise plusDays'],
    ],
    [
      'how many days more there may be, and no more',
      { from: '09:00', to: '08:00', plusDays: 3661 },
      ['allow[0].plusDays: allow[0].plusDays must be a whole number from 0 to 3660'],
    ],
    [
      'that days more need hours',
      { on: { months: [1] }, plusDays: 1 },
      ['allow[0].from: allow[0].plusDays needs "from" and "to"'],
    ],
    [
      'what does not go with a span',
      { between, on: { months: [1] }, ...hours, plusDays: 1, replace: [] },
      [
        'allow[0].on: a rule with "between" has no "on"',
        'allow[0].from: a rule with "between" has no "from"',
        'allow[0].to: a rule with "between" has no "to"',
        'allow[0].plusDays: a rule with "between" has no "plusDays"',
        'allow[0].replace: a rule with "between" has no "replace"',
        'allow[0].replace: allow[0].replace must not be empty; leave it out',
      ],
    ],
    [
      'that a span has two times',
      { between: [...between, between[1]] },
      ['allow[0].between: allow[0].between must be a list of two local times'],
    ],
    [
      'that a span is a list',
      { between: '12' },
      ['allow[0].between: allow[0].between must be a list of two local times'],
    ],
    [
      'what is no local time',
      { between: ['2026-12-15', 7] },
      [
        'allow[0].between[0]: "2026-12-15" is no local time; write "2026-12-15T00:00"',
        'allow[0].between[1]: 7 is no local time; write "2026-12-15T00:00"',
      ],
    ],
    [
      'that a list of one time is no time',
      { between: [[between[0]], 'x2026-12-16T00:00'] },
      [
        'allow[0].between[0]: a list is no local time; write "2026-12-15T00:00"',
        'allow[0].between[1]: "x2026-12-16T00:00" is no local time; write "2026-12-15T00:00"',
      ],
    ],
    [
      'that a day has 24 hours',
      { between: [between[0], '2026-12-15T25:00'] },
      ['allow[0].between[1]: "2026-12-15T25:00" is no local time; write "2026-12-15T00:00"'],
    ],
    [
      'that a list of one time of day is no time of day',
      { from: ['08:00'], to: '09:00' },
      ['allow[0].from: a list is no time of day here; write "20:00"'],
    ],
    [
      'that days are less than none, and not that nothing is left',
      { from: '08:00', to: '08:00', plusDays: -1 },
      ['allow[0].plusDays: allow[0].plusDays must be a whole number from 0 to 3660'],
    ],
    [
      'that a span has a length',
      { between: [between[0], between[0]] },
      ['allow[0].between: allow[0].between must end after it starts'],
    ],
    [
      'that a validity is an object',
      { ...hours, valid: '2026-01-01' },
      ['allow[0].valid: allow[0].valid must be an object'],
    ],
    [
      'which dates of a validity are none',
      { ...hours, valid: { since: 1, until: 2 } },
      [
        'allow[0].valid.since: 1 is no date; write "2026-12-31"',
        'allow[0].valid.until: 2 is no date; write "2026-12-31"',
      ],
    ],
    [
      'that a validity has days',
      { ...hours, valid: { since: '2026-12-16', until: '2026-12-15' } },
      ['allow[0].valid: allow[0].valid must not end before it begins'],
    ],
    [
      'that a validity with one wrong end is not judged by it',
      { ...hours, valid: { since: 'x', until: '2026-12-15' } },
      ['allow[0].valid.since: "x" is no date; write "2026-12-31"'],
    ],
    [
      'that replaced spans are objects',
      { ...hours, replace: ['July'] },
      ['allow[0].replace[0]: allow[0].replace[0] must be an object'],
    ],
    [
      'which end of a replaced span is no date, and not that it ends first',
      { ...hours, replace: [{ from: '2026-13-01', to: '2026-07-31', dates: ['2026-01-01'] }] },
      ['allow[0].replace[0].from: "2026-13-01" is no date; write "2026-12-31"'],
    ],
    [
      'that a replaced span has days',
      { ...hours, replace: [{ from: span.to, to: span.from, dates: ['2026-07-07'] }] },
      ['allow[0].replace[0]: allow[0].replace[0] must not end before it begins'],
    ],
    [
      'which published dates are outside',
      {
        ...hours,
        replace: [
          { ...span, dates: ['2026-06-30', 'x', '2026-07-01', '2026-07-31', '2026-08-01'] },
        ],
      },
      [
        'allow[0].replace[0].dates[1]: "x" is no date; write "2026-12-31"',
        'allow[0].replace[0].dates[0]: 2026-06-30 is not within 2026-07-01 and 2026-07-31',
        'allow[0].replace[0].dates[4]: 2026-08-01 is not within 2026-07-01 and 2026-07-31',
      ],
    ],
    [
      'which replaced spans share days',
      {
        ...hours,
        replace: [
          { from: '2026-07-31', to: '2026-08-31', dates: [] },
          { ...span, dates: [] },
        ],
      },
      [
        'allow[0].replace[0]: allow[0].replace[0] overlaps allow[0].replace[1]; the dates of both cannot stand',
      ],
    ],
    [
      'of two equal spans that the later one is too much',
      {
        ...hours,
        replace: [
          { ...span, dates: [] },
          { ...span, dates: [] },
        ],
      },
      [
        'allow[0].replace[1]: allow[0].replace[1] overlaps allow[0].replace[0]; the dates of both cannot stand',
      ],
    ],
  ])('%s', (_what, rule, expected) => {
    expect(told({ allow: [rule] })).toEqual(expected);
  });
});
