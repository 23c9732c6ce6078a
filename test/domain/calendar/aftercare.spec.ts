import { describe, expect, it } from '@jest/globals';
import { ask } from '../../../domain/calendar/ask.ts';
import type {
  AwayDocument,
  CalendarDocument,
  CalendarRuleDocument,
  CoverageDocument,
} from '../../../domain/calendar/calendar-document.ts';
import { placeCoverage } from '../../../domain/calendar/coverage.ts';
import { judgeSchedule } from '../../../domain/calendar/judge-schedule.ts';
import { nextOpen } from '../../../domain/calendar/open-stretches.ts';
import { staffingOf } from '../../../domain/calendar/staffing.ts';
import type { Duration } from '../../../domain/duration.ts';
import { aCalendar, aLayer, at, short } from './reading.ts';

const nineToFive = { from: '09:00', to: '17:00' };

/** A calendar whose desk must be staffed for so long behind the work. */
function caring(
  within: string,
  hours: number,
  {
    shift = nineToFive,
    allow,
  }: { shift?: CalendarRuleDocument; allow?: CalendarRuleDocument[] } = {},
): Partial<CalendarDocument> {
  const coverage: CoverageDocument = {
    teams: { desk: { people: 1, hours: [shift] } },
    require: { aftercare: { within, hours, teams: { desk: 1 } } },
  };
  return { coverage, ...(allow && { allow }) };
}

const scopeOf = (worstCase: string) => ({ worstCase: worstCase as Duration });

describe('time that must be staffed behind the work', () => {
  it('is enough while more than the needed time is left of a shift', () => {
    const layers = [aLayer(caring('PT8H', 4))];
    const closed = ['05:00', '05:01', '12:00', '13:00', '13:01'].map(
      (time) => judgeSchedule(layers, at(`2026-11-25T${time}Z`)).closed,
    );

    expect(closed).toEqual([false, false, false, false, true]);
  });

  it('is looked for as far behind the start as the work may take', () => {
    const shift = { on: { dates: ['2026-12-05'] }, ...nineToFive };
    const layers = [aLayer(caring('P1D', 8, { shift }))];
    const verdict = (asked: string) => judgeSchedule(layers, at(asked), scopeOf('P3D'));

    expect(short(verdict('2026-11-27T00:00Z').nextOpen)).toBe('2026-12-01T17:00Z');
    expect(verdict('2026-12-01T16:59Z').closed).toBe(true);
    expect(verdict('2026-12-02T00:00Z').closed).toBe(false);
    expect(verdict('2026-12-02T09:00Z').closed).toBe(false);
    expect(verdict('2026-12-02T09:01Z').nextOpen).toBeUndefined();
  });

  it('begins at no minute at which the window has ended', () => {
    const allow = [
      { between: ['2026-11-25T08:00:10', '2026-11-25T08:01:00'] as const },
      { between: ['2026-11-25T10:00', '2026-11-25T10:01'] as const },
    ];
    const layer = aLayer(caring('PT8H', 1, { allow }));

    expect(short(nextOpen([layer], at('2026-11-25T08:00Z')))).toBe('2026-11-25T10:00Z');
  });

  it('begins at no minute from which the work does not fit', () => {
    const allow = [
      { between: ['2026-11-25T08:00:30', '2026-11-25T09:00:00'] as const },
      { between: ['2026-11-25T10:00', '2026-11-25T11:00'] as const },
    ];
    const layer = aLayer(caring('PT8H', 1, { allow }));

    expect(short(nextOpen([layer], at('2026-11-25T08:00Z'), scopeOf('PT59M20S')))).toBe(
      '2026-11-25T10:00Z',
    );
    expect(short(nextOpen([layer], at('2026-11-25T08:00Z'), scopeOf('PT59M')))).toBe(
      '2026-11-25T08:01Z',
    );
  });

  it('makes starts whole minutes when one of two layers demands it', () => {
    const allow = [{ between: ['2026-11-25T08:00:30', '2026-11-25T09:00:00'] as const }];
    const layers = [aLayer(caring('PT8H', 1)), aLayer({ allow }, 'client')];

    expect(short(nextOpen(layers, at('2026-11-25T08:00Z')))).toBe('2026-11-25T08:01Z');
  });
});

describe('people who leave before the work ends', () => {
  const coverage = {
    teams: { desk: { people: 1, hours: [nineToFive] } },
    require: { during: { desk: 1 } },
  };
  const state = (asked: string): unknown =>
    ask({
      ask: 'state',
      calendar: { zone: 'UTC', allow: 'always', coverage },
      at: asked,
      worstCase: 'PT2H',
    })['reasons'];

  it('leave it a nanosecond too early too', () => {
    expect(state('2026-11-25T15:00:00Z')).toEqual([]);
    expect(state('2026-11-25T15:00:00.000000001Z')).toEqual([
      { layer: 'calendar', rule: 'worst case does not fit' },
      { layer: 'coverage', rule: 'during: desk' },
    ]);
  });
});

describe('absences', () => {
  /** How many are there, as `HH:MM people` for each step of Wednesday 25 November. */
  function steps(away: readonly AwayDocument[]): readonly string[] {
    const coverage: CoverageDocument = {
      teams: { desk: { people: 3, hours: [nineToFive] } },
      away,
      require: { during: { desk: 1 } },
    };
    const team = placeCoverage(aCalendar({ coverage }), undefined)?.teams.get('desk');
    if (team === undefined) throw new Error('no desk');
    const range = { start: Date.parse('2026-11-25T00:00Z'), end: Date.parse('2026-11-26T00:00Z') };
    return staffingOf(team, range).map(
      ({ start, people }) => `${new Date(start).toISOString().slice(11, 16)} ${people}`,
    );
  }
  const away = (from: string, to: string, people: number): AwayDocument => ({
    team: 'desk',
    between: [`2026-11-25T${from}`, `2026-11-25T${to}`],
    people,
  });

  it('end, and others begin', () => {
    expect(steps([away('10:00', '11:00', 1), away('12:00', '13:00', 2)])).toEqual([
      '00:00 0',
      '09:00 3',
      '10:00 2',
      '11:00 3',
      '12:00 1',
      '13:00 3',
      '17:00 0',
    ]);
  });

  it('add up where they overlap, in any order', () => {
    expect(steps([away('11:00', '14:00', 1), away('10:00', '12:00', 1)])).toEqual([
      '00:00 0',
      '09:00 3',
      '10:00 2',
      '11:00 1',
      '12:00 2',
      '14:00 3',
      '17:00 0',
    ]);
  });
});

describe('a span that denies', () => {
  const state = (deny: CalendarRuleDocument, zone = 'America/Toronto'): unknown =>
    judgeSchedule([aLayer({ zone, deny: [deny] })], at('2027-03-14T07:00Z')).reasons;

  it('denies nothing where its validity leaves it out', () => {
    const between = ['2027-03-14T00:00', '2027-03-15T00:00'] as const;

    expect(state({ between, valid: { since: '2027-03-14' } })).toHaveLength(1);
    expect(state({ between, valid: { since: '2027-03-15' } })).toEqual([]);
  });

  it('denies nothing where the clocks leave it out', () => {
    expect(state({ between: ['2027-03-14T02:15', '2027-03-14T02:45'] })).toEqual([]);
  });
});
