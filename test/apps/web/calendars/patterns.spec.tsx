import { describe, expect, it } from '@jest/globals';
import type {
  CalendarDocument,
  Selector,
} from '../../../../apps/web/src/calendars/document/calendar-document.ts';
import { describeRule } from '../../../../apps/web/src/calendars/document/describe-rule.ts';
import {
  coveragePatternOf,
  withHolidays,
  withoutRule,
  withRule,
} from '../../../../apps/web/src/calendars/document/edit-document.ts';
import {
  coverageOf,
  type CoveragePattern,
  monthlyRules,
  periodEndRule,
  spanRule,
  weeklyRule,
} from '../../../../apps/web/src/calendars/document/patterns.ts';
import { templates } from '../../../../apps/web/src/calendars/document/templates.ts';
import { ask } from '../../../../domain/calendar/ask.ts';
import { readCalendar } from '../../../../domain/calendar/validate-calendar.ts';

const everyone = { kinds: [], tags: [] } as const;
const evening = { from: '20:00', to: '23:00' } as const;

const evenings = weeklyRule({
  name: 'Evenings',
  weekdays: ['tue', 'wed', 'thu'],
  ...evening,
  ...everyone,
});
const fourthThursday = monthlyRules({
  name: 'Fourth Thursday',
  nth: 4,
  weekday: 'thu',
  months: [],
  ...evening,
  kinds: [],
  tags: ['big'],
  isOnly: true,
});

const people: CoveragePattern = {
  teams: [
    {
      name: 'escalation',
      people: 2,
      weekdays: ['mon', 'tue', 'wed', 'thu', 'fri'],
      from: '09:00',
      to: '17:00',
      zone: null,
      off: ['ca-on'],
      during: 0,
      aftercare: 2,
    },
  ],
  away: [{ team: 'escalation', from: '2026-12-21', to: '2026-12-23', people: 1 }],
  aftercareHours: 8,
  withinHours: 24,
};

describe('the six patterns', () => {
  it.each([
    ['last', 3, 'quarter', '2026-10-01', '2026-12-31', ['2026-12-29', '2026-12-30', '2026-12-31']],
    ['last', 3, 'quarter', '2028-01-01', '2028-03-31', ['2028-03-29', '2028-03-30', '2028-03-31']],
    ['last', 3, 'quarter', '2027-01-01', '2027-03-31', ['2027-03-29', '2027-03-30', '2027-03-31']],
    [
      'last',
      2,
      'month',
      '2027-01-01',
      '2027-02-28',
      ['2027-01-28', '2027-01-29', '2027-02-25', '2027-02-26'],
    ],
    ['last', 1, 'year', '2027-01-01', '2027-12-31', ['2027-12-31']],
    ['first', 2, 'quarter', '2028-01-01', '2028-03-31', ['2028-01-03', '2028-01-04']],
    ['first', 1, 'month', '2026-08-01', '2026-08-31', ['2026-08-03']],
  ] as const)(
    'close the %s %i business days of a %s between %s and %s, wherever it ends',
    (edge, count, period, from, to, dates) => {
      const { on } = periodEndRule({ name: 'Edge', edge, count, period });

      const answer = ask({ ask: 'dates', calendar: { zone: 'UTC' }, on, from, to });

      expect(answer).toMatchObject({ dates });
    },
  );

  it.each([
    [evenings, 'Tuesday to Thursday, 20:00–23:00'],
    [fourthThursday.allow, 'The fourth Thursday of the month, 20:00–23:00, for clients with big'],
    [
      fourthThursday.deny ?? {},
      'All days but the fourth Thursday of the month, all day, for clients with big',
    ],
    [
      periodEndRule({ name: 'Quarter end', edge: 'last', count: 3, period: 'quarter' }),
      'The last 3 business days of the quarter, all day',
    ],
    [
      spanRule({
        name: 'New year',
        repeats: 'yearly',
        from: '2026-12-15',
        to: '2027-01-05',
        kinds: ['release'],
      }),
      'Every year 15 December to 5 January, all day, for release only',
    ],
    [
      spanRule({ name: 'Move', repeats: 'once', from: '2027-01-12', to: '2027-01-31', kinds: [] }),
      'From 12 Jan 2027 until 1 Feb 2027',
    ],
    [
      { on: { every: { weeks: 2, since: '2026-10-06' } } },
      'Every 2 weeks from 6 Oct 2026, all day',
    ],
  ])('read as people say them: %#', (rule, words) => {
    expect(describeRule(rule)).toBe(words);
  });

  it('read the same when they come back from where they were stored', () => {
    const { on } = periodEndRule({ name: 'End', edge: 'last', count: 2, period: 'month' });
    const stored: unknown = JSON.parse(
      JSON.stringify(on, (_, value: unknown) =>
        typeof value === 'object' && value !== null && !Array.isArray(value)
          ? Object.fromEntries(Object.entries(value).reverse())
          : value,
      ),
    );

    expect(describeRule({ on: stored as Selector })).toBe(
      'The last 2 business days of the month, all day',
    );
  });

  it('come to a calendar that the server can read', () => {
    const coverage = coverageOf(people);
    const dates = ['2027-01-01', '2026-12-25'];
    const begun: CalendarDocument = { zone: 'client', allow: [evenings, fourthThursday.allow] };
    const closed = fourthThursday.deny ? withRule(begun, 'deny', fourthThursday.deny) : begun;
    const document = {
      ...withHolidays(closed, {
        set: 'ca-on',
        dates,
        title: 'Public holidays',
        areClosed: true,
        areNoBusinessDays: true,
      }),
      coverage,
    };

    expect(readCalendar(document)).toMatchObject({ kind: 'readable' });
    expect(document.holidays).toEqual({ 'ca-on': dates.toSorted() });
    expect(document.businessDays).toEqual({ except: ['ca-on'] });
  });

  it.each(templates.map(({ key, document }) => [key, document] as const))(
    'begin with the template %s, which can be read',
    (_, document) => {
      expect(readCalendar({ zone: 'client', ...document })).toMatchObject({ kind: 'readable' });
    },
  );
});

describe('an edit', () => {
  const holidays = { set: 'x', title: 'Off', areClosed: true, areNoBusinessDays: false } as const;

  it('closes a holiday set once, however often its dates are reviewed', () => {
    const first = withHolidays({ zone: 'UTC' }, { ...holidays, dates: ['2026-12-25'] });

    const again = withHolidays(first, { ...holidays, dates: ['2026-12-28'] });

    expect(again.deny).toHaveLength(1);
    expect(again.holidays).toEqual({ x: ['2026-12-28'] });
  });

  it('leaves no empty list behind when the last rule goes', () => {
    const document = withRule({ zone: 'UTC' }, 'deny', { name: 'One' });

    expect(withoutRule(document, { list: 'deny', index: 0 })).toEqual({ zone: 'UTC' });
  });

  it('reads the coverage of the form back into the form', () => {
    const coverage = coverageOf(people);

    expect(coverage && coveragePatternOf(coverage)).toEqual(people);
  });

  it('does not take a coverage into the form that says more than the form', () => {
    const hours = [
      { on: { weekdays: ['mon'] }, from: '09:00', to: '12:00' },
      { on: { weekdays: ['mon'] }, from: '13:00', to: '17:00' },
    ] as const;

    expect(
      coveragePatternOf({ teams: { a: { people: 1, hours } }, require: { during: { a: 1 } } }),
    ).toBeNull();
  });

  it('asks for no coverage when nobody is required', () => {
    const teams = people.teams.map((team) => ({ ...team, aftercare: 0 }));

    expect(coverageOf({ ...people, teams })).toBeNull();
  });
});
