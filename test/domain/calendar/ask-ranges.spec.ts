import { describe, expect, it } from '@jest/globals';
import { ask } from '../../../domain/calendar/ask.ts';
import type { CalendarDocument } from '../../../domain/calendar/calendar-document.ts';
import { dateOf, firstDay } from '../../../domain/calendar/local-time.ts';

/** The date so many days behind the first one that can be written. */
const dateAfter = (days: number): string => dateOf(firstDay + days);

describe('a range of windows', () => {
  const between = ['2026-11-25T00:00', '2026-11-26T00:00'] as const;

  /** Whether so many days of windows are too many to be asked for at once. */
  function isRefused(days: number, document: Partial<CalendarDocument>): boolean {
    const answer = ask({
      ask: 'windows',
      calendar: { zone: 'UTC', ...document },
      from: '0001-01-01T00:00:00Z',
      to: `${dateAfter(days)}T00:00:00Z`,
    });
    if (answer['error'] === undefined) return false;
    expect(answer['error']).toStrictEqual({
      code: 'range-too-long',
      message: 'the range has too many windows; ask in parts',
      at: 'to',
    });
    return true;
  }

  it.each<[string, Partial<CalendarDocument>, number]>([
    ['no rule', { allow: [] }, 500_000],
    ['one rule', { allow: [{ between }] }, 500_000],
    ['every instant', { allow: 'always' }, 500_000],
    ['every instant and a rule that denies', { allow: 'always', deny: [{ between }] }, 250_000],
    [
      'four rules',
      { allow: [{ between }, { between }], deny: [{ between }, { between }] },
      125_000,
    ],
  ])('of %s has an end', (_what, document, most) => {
    expect(isRefused(most, document)).toBe(false);
    expect(isRefused(most + 1, document)).toBe(true);
  });

  const always = { zone: 'UTC', allow: 'always' };
  const windows = (from: string, to: string): unknown => {
    const [start, end] = [`2026-11-25T${from}Z`, `2026-11-25T${to}Z`];
    const answer = ask({ ask: 'windows', calendar: always, from: start, to: end });
    return answer['windows'] ?? answer['error'];
  };

  it.each([
    ['20:00:00', '20:00:00.000000001'],
    ['20:00:00.000000001', '20:00:00.000000002'],
    ['20:00:00.0009', '20:00:00.001'],
    ['20:00:00.5', '20:00:01.25'],
  ])('may be as short as from %s to %s', (from, to) => {
    expect(windows(from, to)).toEqual([
      { start: `2026-11-25T${from}Z`, end: `2026-11-25T${to}Z`, rule: 'always' },
    ]);
  });

  it.each([
    ['20:00:00.000000001', '20:00:00.000000001'],
    ['20:00:00.5', '20:00:00.50'],
    ['20:00:00.50', '20:00:00.5'],
    ['20:00', '20:00:00.000'],
  ])('has no window from %s to %s', (from, to) => {
    expect(windows(from, to)).toEqual([]);
  });

  it.each([
    ['20:00:00.5', '20:00:00.25'],
    ['20:00:00.000000002', '20:00:00.000000001'],
    ['20:00:01', '20:00:00.9'],
  ])('may not go from %s to %s', (from, to) => {
    expect(windows(from, to)).toMatchObject({ code: 'from-after-to' });
  });
});

describe('a range of dates', () => {
  const question = { ask: 'dates', calendar: { zone: 'UTC' }, on: { dates: ['0001-01-01'] } };

  it('may be one date', () => {
    const day = { from: '0001-01-01', to: '0001-01-01' };

    expect(ask({ ...question, ...day })).toEqual({ dates: ['0001-01-01'] });
  });

  it('has an end', () => {
    const from = '0001-01-01';

    expect(ask({ ...question, from, to: dateAfter(1_000_000) })).toEqual({ dates: [from] });
    expect(ask({ ...question, from, to: dateAfter(1_000_001) })).toEqual({
      error: {
        code: 'range-too-long',
        message: 'the range has too many dates; ask in parts',
        at: 'to',
      },
    });
  });

  it('may lie anywhere', () => {
    const late = { from: '9999-01-01', to: '9999-12-31', on: { monthDays: [-1] } };

    expect(ask({ ...question, ...late })['dates']).toHaveLength(12);
  });
});

describe('the horizon', () => {
  it('is the same time two years later, to the millisecond', () => {
    const calendar = { zone: 'UTC', allow: [] };
    const at = '2026-11-25T20:00:00.5Z';

    expect(ask({ ask: 'state', calendar, at })).toEqual({
      closed: true,
      reasons: [{ layer: 'calendar', rule: 'no allow rule' }],
      horizon: '2028-11-25T20:00:00.500Z',
    });
  });
});

describe('aftercare', () => {
  it('is enough up to the last millisecond at which it is', () => {
    // Eight hours less half a second: enough behind every start up to half a second after the shift begins.
    const hours = 28_799.5 / 3600;
    const coverage = {
      teams: { desk: { people: 1, hours: [{ from: '09:00', to: '17:00' }] } },
      require: { aftercare: { within: 'PT8H', hours, teams: { desk: 1 } } },
    };
    const calendar = { zone: 'UTC', allow: 'always', coverage };

    const closed = ['.5', '.500000001', '.501'].map(
      (fraction) =>
        ask({ ask: 'state', calendar, at: `2026-11-25T09:00:00${fraction}Z` })['closed'],
    );

    expect(closed).toEqual([false, true, true]);
  });
});
