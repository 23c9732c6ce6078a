import { describe, expect, it } from '@jest/globals';
import type {
  CalendarDocument,
  RuleDocument,
} from '../../../../apps/web/src/calendars/document/calendar-document.ts';
import { withHolidays } from '../../../../apps/web/src/calendars/document/edit-document.ts';
import { withMonthly } from '../../../../apps/web/src/calendars/document/edit-monthly.ts';
import { findInText } from '../../../../apps/web/src/calendars/document/find-in-text.ts';
import {
  type MonthlyPattern,
  periodEndRule,
  spanRule,
  weeklyRule,
} from '../../../../apps/web/src/calendars/document/patterns.ts';
import {
  formOfCoverage,
  formOfRule,
  monthlyPatternOf,
  periodEndPatternOf,
  spanPatternOf,
  weeklyPatternOf,
} from '../../../../apps/web/src/calendars/document/rule-patterns.ts';

const evenings = {
  name: 'Evenings',
  weekdays: ['tue', 'thu'],
  from: '20:00',
  to: '23:00',
  kinds: ['release'],
  tags: ['big'],
} as const;

const thursday: MonthlyPattern = {
  name: 'Fourth Thursday',
  nth: 4,
  weekday: 'thu',
  months: [],
  from: '20:00',
  to: '23:00',
  kinds: [],
  tags: ['big'],
  isOnly: true,
};

const allowed = { list: 'allow', index: 0 } as const;
const closed = { list: 'deny', index: 0 } as const;
const lastDay = { monthDays: [-1] } as const;

describe('the form of a rule', () => {
  it('shows weekdays as they were entered', () => {
    expect(weeklyPatternOf(stored(weeklyRule(evenings)))).toEqual(evenings);
  });

  it.each(
    (['last', 'first'] as const).flatMap((edge) =>
      (['month', 'quarter', 'year'] as const).flatMap((period) =>
        [1, 2, 3, 15].map((count) => ({ name: 'Edge', edge, period, count })),
      ),
    ),
  )('shows the $edge $count business days of a $period as they were entered', (pattern) => {
    expect(periodEndPatternOf(stored(periodEndRule(pattern)))).toEqual(pattern);
  });

  it.each([
    ['once', '2026-12-15', '2027-01-05', 2026],
    ['yearly', '2026-12-15', '2027-01-05', 2026],
    ['yearly', '2028-02-29', '2028-03-01', 2026],
    ['once', '2026-12-31', '2026-12-31', 2030],
  ] as const)('shows a span that closes %s from %s to %s as it was entered', (...span) => {
    const [repeats, from, to, year] = span;
    const pattern = { name: 'Freeze', repeats, from, to, kinds: ['release'] };

    expect(spanPatternOf(stored(spanRule(pattern)), year)).toEqual(pattern);
  });

  it.each([true, false])('shows a day of the month, the only one or not: %s', (isOnly) => {
    const pattern = { ...thursday, isOnly };

    const document = withMonthly({ zone: 'client' }, null, pattern);

    expect(monthlyPatternOf(document, allowed)).toEqual(pattern);
  });

  it('is found for each part of a calendar, and none for what says more', () => {
    const whole = withMonthly({ zone: 'client' }, null, thursday);
    const document: CalendarDocument = withHolidays(whole, {
      set: 'ca-on',
      dates: ['2026-12-25'],
      title: 'Public holidays',
      areClosed: true,
      areNoBusinessDays: true,
    });

    expect(formOfRule(document, allowed)).toEqual({ pattern: 'monthly', place: allowed });
    expect(formOfRule(document, closed)).toEqual({ pattern: 'monthly', place: allowed });
    expect(formOfRule(document, { list: 'deny', index: 1 })).toMatchObject({ pattern: 'holidays' });
    expect(formOfRule(document, { list: 'deny', index: 2 })).toBeNull();
    expect(formOfCoverage(document)).toEqual({ pattern: 'coverage', place: null });
  });

  it.each<readonly [string, RuleDocument]>([
    ['a day of validity', { ...weeklyRule(evenings), valid: { since: '2027-01-01' } }],
    ['24:00, which a field for a time does not know', { ...weeklyRule(evenings), to: '24:00' }],
    ['an end days later', { ...weeklyRule(evenings), plusDays: 2 }],
    ['no hours', { name: 'All day', on: { weekdays: ['mon'] } }],
    ['every other week', { on: { every: { weeks: 2, since: '2026-10-06' } }, from: '20:00' }],
  ])('is none for a rule with %s', (_, rule) => {
    expect(formOfRule({ zone: 'client', allow: [rule] }, allowed)).toBeNull();
  });

  it.each<readonly [string, RuleDocument]>([
    ['hours at its edges', { between: ['2026-12-15T12:00', '2027-01-05T00:00'] }],
    ['tags', { ...spanRule({ ...span(), repeats: 'yearly' }), tags: ['big'] }],
    ['hours on holidays', { on: { holidays: 'x' }, from: '08:00', to: '12:00' }],
    ['kinds at a quarter end', { ...quarterEnd(), kinds: ['release'] }],
    ['days between the last of a quarter', { on: { offset: { days: -3, from: lastDay } } }],
  ])('is none for a closing rule with %s', (_, rule) => {
    expect(formOfRule({ zone: 'client', deny: [rule] }, closed)).toBeNull();
  });

  it('asks for the name that a rule of a file does not have', () => {
    const { on, from, to } = weeklyRule(evenings);
    const rule = { on, from, to } as RuleDocument;

    expect(weeklyPatternOf(rule)).toMatchObject({ name: '', from: '20:00' });
  });
});

describe('a change to a day of the month', () => {
  const before = withMonthly({ zone: 'client' }, null, thursday);

  it('changes the rule that makes it the only day along with it', () => {
    const after = withMonthly(before, allowed, { ...thursday, nth: 2, name: 'Second Thursday' });

    expect(after.allow).toHaveLength(1);
    expect(after.deny).toEqual([
      {
        name: 'Second Thursday only',
        tags: ['big'],
        on: { not: { monthly: { nth: 2, weekday: 'thu' } } },
      },
    ]);
  });

  it('takes that rule away when it is no longer the only day', () => {
    expect(withMonthly(before, allowed, { ...thursday, isOnly: false }).deny).toBeUndefined();
  });
});

describe('a change to holidays', () => {
  it('makes them business days again where that is said', () => {
    const set = { set: 'x', dates: ['2026-12-25'], title: 'Off', areClosed: true } as const;
    const first = withHolidays({ zone: 'UTC' }, { ...set, areNoBusinessDays: true });

    const again = withHolidays(first, { ...set, areNoBusinessDays: false });

    expect(again.businessDays).toEqual({ except: [] });
  });
});

describe('a part of a calendar in its text', () => {
  const yaml = 'zone: client\ndeny:\n  - name: One\n  - name: Two\n    on:\n      months: [1]\n';

  it('is found from its first to its last character', () => {
    const place = findInText(yaml, ['deny', 1]);

    expect(yaml.slice(place?.start, place?.end).trimEnd()).toBe(
      'name: Two\n    on:\n      months: [1]',
    );
    expect(place?.share).toBe(0.5);
  });

  it('is not found where it is not', () => {
    expect(findInText(yaml, ['coverage'])).toBeNull();
  });
});

function span(): Parameters<typeof spanRule>[0] {
  return { name: 'Freeze', repeats: 'once', from: '2026-12-15', to: '2027-01-05', kinds: [] };
}

function quarterEnd(): RuleDocument {
  return periodEndRule({ name: 'Quarter end', edge: 'last', count: 3, period: 'quarter' });
}

/** As it comes back from the server: with its fields in another order. */
function stored(rule: RuleDocument): RuleDocument {
  return JSON.parse(
    JSON.stringify(rule, (_, value: unknown) =>
      typeof value === 'object' && value !== null && !Array.isArray(value)
        ? Object.fromEntries(Object.entries(value).reverse())
        : value,
    ),
  ) as RuleDocument;
}
