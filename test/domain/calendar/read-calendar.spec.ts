import { describe, expect, it } from '@jest/globals';
import type { Calendar, DaySelector } from '../../../domain/calendar/calendar-document.ts';
import { readCalendar } from '../../../domain/calendar/validate-calendar.ts';

/** What a document is read as; it must have no problem. */
function read(document: object): Calendar {
  const reading = readCalendar({ zone: 'UTC', ...document });
  if (reading.kind === 'readable') return reading.calendar;
  throw new Error(JSON.stringify(reading.problems));
}

describe('a document that is read', () => {
  const usual = { weekdays: ['mon', 'tue', 'wed', 'thu', 'fri'], except: [], extra: [] };

  it('says nothing but its zone, and the rest is filled in', () => {
    expect(readCalendar({ zone: 'America/Toronto' })).toStrictEqual({
      kind: 'readable',
      calendar: {
        name: 'calendar',
        zone: 'America/Toronto',
        allow: [],
        deny: [],
        holidays: {},
        businessDays: { ...usual, fromMinutes: 540, toMinutes: 1020 },
        coverage: null,
      },
    });
  });

  it('keeps all that it says', () => {
    const document = {
      calendar: 'support-days',
      zone: 'client',
      allow: 'always',
      deny: [{ from: '00:00', to: '01:00' }],
      holidays: { xmas: ['2026-12-25'], none: [] },
      businessDays: {
        weekdays: ['sat', 'sun'],
        except: ['xmas', 'none'],
        extra: ['2026-12-28'],
        hours: { from: '00:00', to: '24:00' },
      },
    };

    expect(read(document)).toStrictEqual({
      name: 'support-days',
      zone: 'client',
      allow: 'always',
      deny: [{ name: 'deny[0]', when: { kind: 'days', fromMinutes: 0, toMinutes: 60 }, valid: {} }],
      holidays: { xmas: ['2026-12-25'], none: [] },
      businessDays: {
        weekdays: ['sat', 'sun'],
        except: ['xmas', 'none'],
        extra: ['2026-12-28'],
        fromMinutes: 0,
        toMinutes: 1440,
      },
      coverage: null,
    });
  });

  it('keeps the business hours of most people when it names only days', () => {
    expect(read({ businessDays: { weekdays: ['mon'] } }).businessDays).toStrictEqual({
      ...usual,
      weekdays: ['mon'],
      fromMinutes: 540,
      toMinutes: 1020,
    });
  });

  it('keeps every rule of a list in its order', () => {
    const rules = Array.from({ length: 1000 }, () => ({ on: { weekdays: ['mon'] } }));

    const { allow } = read({ allow: rules });

    expect(allow).toHaveLength(1000);
    expect(allow.at(-1)).toMatchObject({ name: 'allow[999]', when: { on: { kind: 'weekdays' } } });
  });

  it('is read once, however often it is asked for', () => {
    const document = { zone: 'UTC' };

    expect(readCalendar(document)).toBe(readCalendar(document));
    expect(readCalendar(document)).not.toBe(readCalendar({ ...document }));
  });

  it.each([[null], [undefined], [7], ['UTC'], [[]]])('is an object, not %j', (raw) => {
    expect(readCalendar(raw)).toStrictEqual({
      kind: 'unreadable',
      problems: [{ code: 'wrong-type', path: '', message: 'the calendar must be an object' }],
    });
  });
});

describe('a rule that is read', () => {
  const hours = { from: '20:00', to: '23:00' };
  const evening = { kind: 'days', fromMinutes: 1200, toMinutes: 1380 } as const;

  it.each<[string, object, object]>([
    ['hours of every day', hours, { when: evening, valid: {} }],
    [
      'hours that end on the next day',
      { from: '22:00', to: '05:30' },
      { when: { kind: 'days', fromMinutes: 1320, toMinutes: 1770 }, valid: {} },
    ],
    [
      'hours that end days later',
      { from: '18:00', to: '06:00', plusDays: 3 },
      { when: { kind: 'days', fromMinutes: 1080, toMinutes: 4680 }, valid: {} },
    ],
    [
      'a whole day from one hour to the same',
      { from: '08:00', to: '08:00', plusDays: 1 },
      { when: { kind: 'days', fromMinutes: 480, toMinutes: 1920 }, valid: {} },
    ],
    [
      'as many days as can be meant',
      { from: '00:00', to: '24:00', plusDays: 3660 },
      { when: { kind: 'days', fromMinutes: 0, toMinutes: 5_271_840 }, valid: {} },
    ],
    [
      'whole days',
      { on: { weekdays: ['mon'] } },
      {
        when: {
          kind: 'days',
          on: { kind: 'weekdays', weekdays: ['mon'] },
          fromMinutes: 0,
          toMinutes: 1440,
        },
        valid: {},
      },
    ],
    [
      'the key that older YAML readers make of "on"',
      { true: { months: [1] }, ...hours },
      { when: { ...evening, on: { kind: 'months', months: [1] } }, valid: {} },
    ],
    [
      'a span of wall clock time, to the second',
      { between: ['1970-01-01T00:00', '1970-01-02T00:00:01'] },
      { when: { kind: 'span', startLocalMs: 0, endLocalMs: 86_401_000 }, valid: {} },
    ],
    [
      'for whom and when it holds',
      {
        ...hours,
        kinds: ['release', 'hotfix'],
        tags: ['big'],
        valid: { since: '2026-01-01', until: '2026-12-31' },
      },
      {
        when: evening,
        valid: { since: '2026-01-01', until: '2026-12-31' },
        kinds: ['release', 'hotfix'],
        tags: ['big'],
      },
    ],
    [
      'only its last date',
      { ...hours, valid: { until: '2026-12-31' } },
      { when: evening, valid: { until: '2026-12-31' } },
    ],
    [
      'published dates of spans in any order',
      {
        ...hours,
        replace: [
          { from: '2026-08-01', to: '2026-08-31', dates: [] },
          { from: '2026-07-01', to: '2026-07-31', dates: ['2026-07-01', '2026-07-31'] },
        ],
      },
      {
        when: evening,
        valid: {},
        replace: [
          { from: '2026-08-01', to: '2026-08-31', dates: [] },
          { from: '2026-07-01', to: '2026-07-31', dates: ['2026-07-01', '2026-07-31'] },
        ],
      },
    ],
  ])('has %s', (_what, rule, expected) => {
    const { allow } = read({ allow: [rule] });

    expect(allow).toStrictEqual([{ name: 'allow[0]', ...expected }]);
  });

  it('has its own name', () => {
    const { deny } = read({ deny: [{ name: 'Freeze', ...hours }] });

    expect(deny).toStrictEqual([{ name: 'Freeze', when: evening, valid: {} }]);
  });
});

describe('a selector that is read', () => {
  const mondays = { weekdays: ['mon'] };
  const readMondays: DaySelector = { kind: 'weekdays', weekdays: ['mon'] };

  it.each<[object, DaySelector]>([
    [mondays, readMondays],
    [{ monthly: { nth: -5, weekday: 'thu' } }, { kind: 'monthly', nth: -5, weekday: 'thu' }],
    [
      { monthly: { nth: 5, weekday: 'sun', months: [1, 12] } },
      { kind: 'monthly', nth: 5, weekday: 'sun', months: [1, 12] },
    ],
    [{ monthDays: [1, 31, -1, -31] }, { kind: 'monthDays', days: [1, 31, -1, -31] }],
    [{ months: [1, 12] }, { kind: 'months', months: [1, 12] }],
    [{ yearly: { from: '02-29', to: '01-05' } }, { kind: 'yearly', from: '02-29', to: '01-05' }],
    [{ dates: ['2027-04-29'] }, { kind: 'dates', dates: ['2027-04-29'] as never }],
    [{ dates: [] }, { kind: 'dates', dates: [] }],
    [
      { every: { days: 1, since: '2026-10-06' } },
      { kind: 'every', days: 1, since: '2026-10-06' as never },
    ],
    [
      { every: { days: 10_000_000, since: '2026-10-06' } },
      { kind: 'every', days: 10_000_000, since: '2026-10-06' as never },
    ],
    [
      { every: { weeks: 2, since: '2026-10-06' } },
      { kind: 'every', days: 14, since: '2026-10-06' as never },
    ],
    [{ holidays: 'xmas' }, { kind: 'holidays', set: 'xmas' }],
    [
      { offset: { days: -10_000_000, from: mondays } },
      { kind: 'offset', unit: 'days', count: -10_000_000, from: readMondays },
    ],
    [
      { offset: { days: 0, from: mondays } },
      { kind: 'offset', unit: 'days', count: 0, from: readMondays },
    ],
    [
      { offset: { months: 10_000_000, from: mondays } },
      { kind: 'offset', unit: 'months', count: 10_000_000, from: readMondays },
    ],
    [
      { offset: { businessDays: -1, from: mondays } },
      { kind: 'offset', unit: 'businessDays', count: -1, from: readMondays },
    ],
    [
      { next: { weekday: 'tue', from: mondays } },
      { kind: 'next', weekday: 'tue', from: readMondays },
    ],
    [
      { previous: { weekday: 'tue', from: mondays } },
      { kind: 'previous', weekday: 'tue', from: readMondays },
    ],
    [
      { all: [mondays, { months: [1] }] },
      { kind: 'all', of: [readMondays, { kind: 'months', months: [1] }] },
    ],
    [{ any: [mondays] }, { kind: 'any', of: [readMondays] }],
    [{ not: { not: mondays } }, { kind: 'not', of: { kind: 'not', of: readMondays } }],
  ])('%j', (on, expected) => {
    const { allow } = read({ allow: [{ on }], holidays: { xmas: ['2026-12-25'] } });

    const when = { kind: 'days', on: expected, fromMinutes: 0, toMinutes: 1440 };
    expect(allow).toStrictEqual([{ name: 'allow[0]', when, valid: {} }]);
  });
});

describe('coverage that is read', () => {
  const hours = [{ from: '09:00', to: '17:00' }];
  const nineToFive = { kind: 'days', fromMinutes: 540, toMinutes: 1020 };
  const shift = (name: string, off: readonly string[]): object => ({
    name: `coverage.teams.${name}.hours[0]`,
    when: nineToFive,
    valid: {},
    off,
  });

  it('keeps teams, each with its own hours, days off and absences', () => {
    const between = ['1970-01-01T00:00', '1970-01-02T00:00'];

    const { coverage } = read({
      holidays: { xmas: ['2026-12-25'] },
      coverage: {
        teams: {
          desk: { people: 3, off: ['xmas'], hours, zone: 'client' },
          ops: { people: 0, hours, zone: 'America/Halifax' },
        },
        away: [
          { team: 'ops', between, people: 0 },
          { team: 'desk', between, people: 2 },
        ],
        require: { during: { ops: 1, desk: 0 } },
      },
    });

    const span = (index: number): object => ({
      name: `coverage.away[${index}]`,
      when: { kind: 'span', startLocalMs: 0, endLocalMs: 86_400_000 },
      valid: {},
    });
    expect(coverage).toStrictEqual({
      teams: [
        {
          name: 'desk',
          people: 3,
          hours: [shift('desk', ['xmas'])],
          zone: 'client',
          away: [{ people: 2, span: span(1) }],
        },
        {
          name: 'ops',
          people: 0,
          hours: [shift('ops', [])],
          zone: 'America/Halifax',
          away: [{ people: 0, span: span(0) }],
        },
      ],
      during: [
        { team: 'ops', people: 1 },
        { team: 'desk', people: 0 },
      ],
      aftercare: null,
    });
  });

  it.each<[string, number, number, number]>([
    ['PT24H', 8, 86_400_000, 28_800_000],
    ['PT0S', 0, 0, 0],
    // 0.29 hours are 1,044,000 ms, which binary fractions miss by a hair
    ['P2D', 0.29, 172_800_000, 1_044_000],
    ['PT1H', 0.000_000_1, 3_600_000, 1],
    ['P3653D', 1, 315_619_200_000, 3_600_000],
    ['P3654D', 1, 315_619_200_000, 3_600_000],
  ])('within %s demands %d hours', (within, needed, withinMs, neededMs) => {
    const { coverage } = read({
      coverage: {
        teams: { desk: { people: 3, hours } },
        require: { aftercare: { within, hours: needed, teams: { desk: 2 } } },
      },
    });

    expect(coverage).toStrictEqual({
      teams: [{ name: 'desk', people: 3, hours: [shift('desk', [])], away: [] }],
      during: [],
      aftercare: { withinMs, neededMs, needs: [{ team: 'desk', people: 2 }] },
    });
  });
});
