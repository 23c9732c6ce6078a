import { validateCalendar } from '../../../domain/calendar/validate-calendar.ts';

/** What is wrong with a document, as `code path`. */
function problems(document: object): readonly string[] {
  return validateCalendar({ zone: 'UTC', ...document }).map(({ code, path }) => `${code} ${path}`);
}

/** What is wrong with one allow rule. */
function problemsOfRule(rule: unknown): readonly string[] {
  return problems({ allow: [rule] }).map((each) => each.replace('allow[0]', '·'));
}

/** What is wrong with a selector. */
function problemsOfSelector(on: unknown): readonly string[] {
  return problemsOfRule({ on }).map((each) => each.replace('·.on', '·'));
}

it('needs a zone and nothing else', () => {
  expect(validateCalendar({ zone: 'America/Toronto' })).toEqual([]);
  expect(validateCalendar({}).map(({ code, path }) => `${code} ${path}`)).toEqual([
    'required zone',
  ]);
  expect(validateCalendar('calendar').map(({ code }) => code)).toEqual(['wrong-type']);
  expect(validateCalendar(null).map(({ code }) => code)).toEqual(['wrong-type']);
});

it('names every problem at once, with its path', () => {
  const found = problems({
    zone: 'Mars/Olympus',
    allow: [
      { name: '', from: '25:00', to: '12:60', tags: [], colour: 'red' },
      { on: { weekdays: ['monday'] }, valid: { since: '2026-02-29' }, kinds: [7] },
    ],
    deny: [{ between: ['2026-12-15', '2027-01-05T00:00'], plusDays: 1, replace: [] }],
    holidays: { 'ca-on': ['2026-12-25', '25 December'] },
    businessDays: { except: ['us'], hours: { from: '17:00', to: '09:00' } },
    freeze: true,
  });

  expect([...found].sort()).toEqual([
    'bad-date allow[1].valid.since',
    'bad-date holidays.ca-on[1]',
    'bad-local-time deny[0].between[0]',
    'bad-time allow[0].from',
    'bad-time allow[0].to',
    'bad-weekday allow[1].on.weekdays[0]',
    'between-stands-alone deny[0].plusDays',
    'between-stands-alone deny[0].replace',
    'empty-list allow[0].tags',
    'empty-list deny[0].replace',
    'empty-window businessDays.hours',
    'unknown-field allow[0].colour',
    'unknown-field freeze',
    'unknown-set businessDays.except[0]',
    'unknown-zone zone',
    'wrong-type allow[0].name',
    'wrong-type allow[1].kinds[0]',
  ]);
});

it('names problems in the order of the document, what is missing first', () => {
  const document = {
    deny: [{ from: '8:00', to: '09:00' }],
    holidays: { a: ['tomorrow'] },
    allow: 'never',
  };

  expect(validateCalendar(document).map(({ path }) => path)).toEqual([
    'zone',
    'deny[0].from',
    'holidays.a[0]',
    'allow',
  ]);
});

it('counts a wrong entry where it stands, also behind one that is no text', () => {
  const found = problems({ holidays: { a: [7, '2026-12-25', '2026-13-01'] } });

  expect(found).toEqual(['bad-date holidays.a[0]', 'bad-date holidays.a[2]']);
});

describe('a document', () => {
  it.each<[string, object]>([
    ['an IANA zone', { zone: 'America/Toronto' }],
    ['a fixed offset', { zone: '-05:00' }],
    ['the zone of each client', { zone: 'client' }],
    ['no allow rule at all', { allow: [] }],
    ['every instant', { allow: 'always' }],
    ['empty holiday sets and exceptions', { holidays: { a: [] }, businessDays: { except: [] } }],
    ['business days as they usually are', { businessDays: {} }],
    ['business hours up to midnight', { businessDays: { hours: { from: '00:00', to: '24:00' } } }],
  ])('may have %s', (_what, document) => {
    expect(problems(document)).toEqual([]);
  });

  it.each<[string, object, string]>([
    ['an abbreviation as zone', { zone: 'EST5' }, 'unknown-zone zone'],
    ['an offset out of this world', { zone: '+19:00' }, 'unknown-zone zone'],
    ['an offset without minutes', { zone: '+05' }, 'unknown-zone zone'],
    ['a nameless calendar', { calendar: '' }, 'wrong-type calendar'],
    ['another word for rules', { allow: 'never' }, 'wrong-type allow'],
    ['every instant denied in a word', { deny: 'always' }, 'wrong-type deny'],
    ['a rule that is a text', { deny: ['weekends'] }, 'wrong-type deny[0]'],
    ['holidays as a list', { holidays: ['2026-12-25'] }, 'wrong-type holidays'],
    ['a set that is no list', { holidays: { a: '2026-12-25' } }, 'wrong-type holidays.a'],
    ['no working weekday', { businessDays: { weekdays: [] } }, 'empty-list businessDays.weekdays'],
    [
      'an empty list of working dates',
      { businessDays: { extra: [] } },
      'empty-list businessDays.extra',
    ],
    [
      'half of the business hours',
      { businessDays: { hours: { from: '09:00' } } },
      'required businessDays.hours.to',
    ],
    [
      'hours as they are in business days',
      { businessDays: { from: '09:00' } },
      'unknown-field businessDays.from',
    ],
  ])('may not have %s', (_what, document, expected) => {
    expect(problems(document)).toEqual([expected]);
  });
});

describe('a rule', () => {
  const span = { from: '2026-07-01', to: '2026-07-31' };

  it.each<[string, object]>([
    ['only hours', { from: '20:00', to: '23:00' }],
    ['only days', { on: { weekdays: ['mon'] } }],
    ['midnight as its end', { from: '20:00', to: '24:00' }],
    ['the next day as its end', { from: '22:00', to: '05:00' }],
    ['a whole day from any hour', { from: '08:00', to: '08:00', plusDays: 1 }],
    ['more days than its hours need', { from: '08:00', to: '09:00', plusDays: 7 }],
    ['no more days', { from: '08:00', to: '09:00', plusDays: 0 }],
    ['seconds in a span', { between: ['2026-12-15T00:00:01', '2026-12-15T00:00:02'] }],
    [
      'a validity on a span',
      { between: ['2026-12-15T00:00', '2026-12-16T00:00'], valid: { since: '2026-12-15' } },
    ],
    [
      'one day of validity',
      { from: '08:00', to: '09:00', valid: { since: '2026-12-15', until: '2026-12-15' } },
    ],
    [
      'a replaced span in which nothing stands',
      { from: '08:00', to: '09:00', replace: [{ ...span, dates: [] }] },
    ],
    [
      'replaced spans that touch',
      {
        from: '08:00',
        to: '09:00',
        replace: [
          { ...span, dates: ['2026-07-31'] },
          { from: '2026-08-01', to: '2026-08-01', dates: ['2026-08-01'] },
        ],
      },
    ],
    ['the key that older YAML readers make of "on"', { true: { weekdays: ['mon'] } }],
  ])('may have %s', (_what, rule) => {
    expect(problemsOfRule(rule)).toEqual([]);
  });

  it.each<[string, unknown, readonly string[]]>([
    ['no time', { name: 'never' }, ['no-time ·']],
    ['a validity alone', { valid: { since: '2026-01-01' } }, ['no-time ·']],
    ['a start without an end', { from: '08:00' }, ['required ·.to']],
    ['an end without a start', { to: '08:00' }, ['required ·.from']],
    ['24:00 as its start', { from: '24:00', to: '05:00' }, ['bad-time ·.from']],
    ['seconds in its hours', { from: '08:00:00', to: '09:00' }, ['bad-time ·.from']],
    ['an hour of one digit', { from: '8:00', to: '09:00' }, ['bad-time ·.from']],
    ['the same start and end', { from: '08:00', to: '08:00' }, ['empty-window ·']],
    [
      'an end before the start on the same day',
      { from: '22:00', to: '05:00', plusDays: 0 },
      ['empty-window ·'],
    ],
    ['half a day more', { from: '22:00', to: '05:00', plusDays: 0.5 }, ['bad-number ·.plusDays']],
    ['a day less', { from: '22:00', to: '05:00', plusDays: -1 }, ['bad-number ·.plusDays']],
    [
      'more days than anybody means',
      { from: '22:00', to: '05:00', plusDays: 1e9 },
      ['bad-number ·.plusDays'],
    ],
    ['days more without hours', { on: { weekdays: ['mon'] }, plusDays: 1 }, ['required ·.from']],
    [
      'two kinds of time',
      { between: ['2026-12-15T00:00', '2026-12-16T00:00'], from: '08:00', to: '09:00' },
      ['between-stands-alone ·.from', 'between-stands-alone ·.to'],
    ],
    [
      'a span that ends as it starts',
      { between: ['2026-12-15T00:00', '2026-12-15T00:00'] },
      ['empty-window ·.between'],
    ],
    ['a span of one time', { between: ['2026-12-15T00:00'] }, ['wrong-type ·.between']],
    [
      'an instant in a span',
      { between: ['2026-12-15T00:00Z', '2026-12-16T00:00'] },
      ['bad-local-time ·.between[0]'],
    ],
    [
      '24:00 in a span',
      { between: ['2026-12-15T00:00', '2026-12-15T24:00'] },
      ['bad-local-time ·.between[1]'],
    ],
    [
      'a validity that ends first',
      { from: '08:00', to: '09:00', valid: { since: '2026-12-16', until: '2026-12-15' } },
      ['empty-window ·.valid'],
    ],
    [
      'another word in its validity',
      { from: '08:00', to: '09:00', valid: { from: '2026-12-16' } },
      ['unknown-field ·.valid.from'],
    ],
    [
      'published dates outside their span',
      { from: '08:00', to: '09:00', replace: [{ ...span, dates: ['2026-08-01'] }] },
      ['outside-span ·.replace[0].dates[0]'],
    ],
    [
      'published dates without a span',
      { from: '08:00', to: '09:00', replace: [{ dates: [] }] },
      ['bad-date ·.replace[0].from', 'bad-date ·.replace[0].to'],
    ],
    [
      'a replaced span without dates',
      { from: '08:00', to: '09:00', replace: [span] },
      ['wrong-type ·.replace[0].dates'],
    ],
    [
      'a replaced span that ends first',
      { from: '08:00', to: '09:00', replace: [{ from: span.to, to: span.from, dates: [] }] },
      ['empty-window ·.replace[0]'],
    ],
    [
      'replaced spans that share a day',
      {
        from: '08:00',
        to: '09:00',
        replace: [
          { ...span, dates: [] },
          { from: '2026-07-31', to: '2026-08-31', dates: [] },
        ],
      },
      ['overlap ·.replace[1]'],
    ],
    [
      'replaced spans of which one lies within the other, in any order',
      {
        from: '08:00',
        to: '09:00',
        replace: [
          { from: '2026-07-10', to: '2026-07-11', dates: [] },
          { ...span, dates: [] },
        ],
      },
      ['overlap ·.replace[0]'],
    ],
    ['no kind at all', { from: '08:00', to: '09:00', kinds: [] }, ['empty-list ·.kinds']],
  ])('may not have %s', (_what, rule, expected) => {
    expect(problemsOfRule(rule)).toEqual(expected);
  });
});

describe('a selector', () => {
  it.each<[string, unknown, readonly string[]]>([
    ['no key', {}, ['one-selector ·']],
    [
      'two keys',
      { weekdays: ['mon'], monthDays: [32] },
      ['one-selector ·', 'bad-number ·.monthDays[0]'],
    ],
    ['an unknown key', { weekday: 'mon' }, ['unknown-field ·.weekday']],
    ['a list for a key', ['mon'], ['wrong-type ·']],
    ['no weekday', { weekdays: [] }, ['empty-list ·.weekdays']],
    ['a weekday in capitals', { weekdays: ['Mon'] }, ['bad-weekday ·.weekdays[0]']],
    ['a sixth weekday', { monthly: { nth: 6, weekday: 'mon' } }, ['bad-number ·.monthly.nth']],
    [
      'a weekday that is not counted',
      { monthly: { nth: 0, weekday: 'mon' } },
      ['bad-number ·.monthly.nth'],
    ],
    ['a count in a text', { monthly: { nth: '2', weekday: 'mon' } }, ['bad-number ·.monthly.nth']],
    ['a weekday that is missing', { monthly: { nth: 2 } }, ['bad-weekday ·.monthly.weekday']],
    [
      'no month',
      { monthly: { nth: 2, weekday: 'mon', months: [] } },
      ['empty-list ·.monthly.months'],
    ],
    ['a 13th month', { months: [0, 13] }, ['bad-number ·.months[0]', 'bad-number ·.months[1]']],
    ['a day 0', { monthDays: [0] }, ['bad-number ·.monthDays[0]']],
    [
      'a 32nd day',
      { monthDays: [32, -32] },
      ['bad-number ·.monthDays[0]', 'bad-number ·.monthDays[1]'],
    ],
    ['half a day', { monthDays: [1.5] }, ['bad-number ·.monthDays[0]']],
    [
      'a day that no year has',
      { yearly: { from: '02-30', to: '04-31' } },
      ['bad-date ·.yearly.from', 'bad-date ·.yearly.to'],
    ],
    [
      'a date with a year as a bound',
      { yearly: { from: '2026-12-15', to: '01-05' } },
      ['bad-date ·.yearly.from'],
    ],
    ['a date that does not exist', { dates: ['2026-02-29'] }, ['bad-date ·.dates[0]']],
    ['a cadence without an anchor', { every: { days: 14 } }, ['bad-date ·.every.since']],
    ['a cadence without a step', { every: { since: '2026-10-06' } }, ['one-unit ·.every']],
    [
      'a cadence with two steps',
      { every: { days: 14, weeks: 2, since: '2026-10-06' } },
      ['one-unit ·.every'],
    ],
    [
      'a cadence that stands still',
      { every: { days: 0, since: '2026-10-06' } },
      ['bad-number ·.every.days'],
    ],
    [
      'a cadence that goes back',
      { every: { weeks: -1, since: '2026-10-06' } },
      ['bad-number ·.every.weeks'],
    ],
    [
      'a cadence without end',
      { every: { days: 1e300, since: '2026-10-06' } },
      ['bad-number ·.every.days'],
    ],
    ['a set that is not there', { holidays: 'toString' }, ['unknown-set ·.holidays']],
    [
      'no business day of offset',
      { offset: { businessDays: 0, from: { months: [1] } } },
      ['bad-number ·.offset.businessDays'],
    ],
    ['an offset without a unit', { offset: { from: { months: [1] } } }, ['one-unit ·.offset']],
    [
      'an offset of two units',
      { offset: { days: 1, months: 1, from: { months: [1] } } },
      ['one-unit ·.offset'],
    ],
    ['an offset from nowhere', { offset: { days: 1 } }, ['wrong-type ·.offset.from']],
    [
      'an offset of no number',
      { offset: { days: null, from: { months: [1] } } },
      ['bad-number ·.offset.days'],
    ],
    [
      'an offset beyond all years',
      { offset: { months: -1e12, from: { months: [1] } } },
      ['bad-number ·.offset.months'],
    ],
    [
      'a next without a weekday',
      { next: { from: { months: [1] } } },
      ['bad-weekday ·.next.weekday'],
    ],
    [
      'a previous from a list',
      { previous: { weekday: 'mon', from: [] } },
      ['wrong-type ·.previous.from'],
    ],
    ['nothing in all', { all: [] }, ['empty-list ·.all']],
    ['nothing in any', { any: [] }, ['empty-list ·.any']],
    ['a list in not', { not: [{ months: [1] }] }, ['wrong-type ·.not']],
    [
      'a problem far inside',
      { any: [{ months: [1] }, { not: { all: [{ monthDays: [1] }, { months: [13] }] } }] },
      ['bad-number ·.any[1].not.all[1].months[0]'],
    ],
  ])('may not have %s', (_what, on, expected) => {
    expect(problemsOfSelector(on)).toEqual(expected);
  });

  it('may be nested as deep as people write, but not to hurt', () => {
    const nested = (depth: number): object =>
      Array.from({ length: depth }).reduce<object>((on) => ({ not: on }), { weekdays: ['mon'] });

    expect(problemsOfSelector(nested(64))).toEqual([]);
    expect(problemsOfSelector(nested(5000)).map((each) => each.slice(0, 16))).toEqual([
      'too-deep ·.not.n',
    ]);
  });
});

it('may have as many rules and selectors as people keep, but not to hurt', () => {
  const rules = (count: number): object => ({
    allow: Array.from({ length: count }, () => ({ on: { weekdays: ['mon'] } })),
  });

  expect(problems(rules(1000))).toEqual([]);
  expect(problems(rules(5000))).toEqual(['too-large allow[1000]']);
});
