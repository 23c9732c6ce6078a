import { describe, expect, it } from '@jest/globals';
import { dayOf } from '../../../domain/calendar/local-time.ts';
import type { Instant, LocalDate } from '../../../domain/instant.ts';
import {
  type Cadence,
  dueDates,
  nextCadenceDates,
  readCadence,
} from '../../../domain/rollout/cadence.ts';

function cadenceOn(on: unknown, more: object = {}): Cadence {
  const reading = readCadence({ title: 'Monthly', zone: 'America/Toronto', on, ...more });
  if (reading.kind === 'unreadable') throw new Error(JSON.stringify(reading.problems));
  return reading.cadence;
}

const secondThursday = { monthly: { nth: 2, weekday: 'thu' } };

const cases: readonly (readonly [string, unknown, string, readonly string[]])[] = [
  ['the second Thursday', secondThursday, '2026-11-25', ['2026-12-10', '2027-01-14', '2027-02-11']],
  [
    'never the day itself',
    secondThursday,
    '2026-12-10',
    ['2027-01-14', '2027-02-11', '2027-03-11'],
  ],
  [
    'every two weeks',
    { every: { weeks: 2, since: '2026-11-03' } },
    '2026-11-25',
    ['2026-12-01', '2026-12-15', '2026-12-29'],
  ],
  [
    'nothing before the anchor',
    { every: { weeks: 2, since: '2027-03-02' } },
    '2026-11-25',
    ['2027-03-02', '2027-03-16', '2027-03-30'],
  ],
  [
    'the last business day of a month',
    { offset: { businessDays: -1, from: { monthDays: [1] } } },
    '2026-11-25',
    ['2026-11-30', '2026-12-31', '2027-01-29'],
  ],
  [
    'fewer than asked for when there are no more',
    { dates: ['2026-12-24'] },
    '2026-11-25',
    ['2026-12-24'],
  ],
  [
    'none of a day that does not exist',
    { yearly: { from: '02-29', to: '02-29' } },
    '2029-03-01',
    [],
  ],
  ['none when all of them are over', { dates: ['2020-01-01'] }, '2026-11-25', []],
];

describe('the next dates of a cadence', () => {
  it.each(cases)('%s', (_, on, after, expected) => {
    expect(nextCadenceDates(cadenceOn(on), after as LocalDate, 3)).toEqual(expected);
  });

  it('reach two years ahead and no further', () => {
    const daily = { every: { days: 1, since: '2020-01-01' } };
    const dates = nextCadenceDates(cadenceOn(daily), '2026-11-25' as LocalDate, 2000);

    expect(dates[0]).toBe('2026-11-26');
    expect(dayOf(dates.at(-1)!) - dayOf('2026-11-25' as LocalDate)).toBe(731);
  });
});

describe('the days on which rollouts are due', () => {
  const evening = '2026-12-11T04:30:00.000Z' as Instant;
  const due = (more: object): readonly LocalDate[] =>
    dueDates(cadenceOn(secondThursday), { now: evening, last: null, ...more }, 1);

  it('include today, by the clock of the cadence', () => {
    expect(due({})).toEqual(['2026-12-10']);
    const there = cadenceOn(secondThursday, { zone: 'Europe/Berlin' });
    expect(dueDates(there, { now: evening, last: null }, 1)).toEqual(['2027-01-14']);
  });

  it('come after the day of the last rollout, even when that is still ahead', () => {
    expect(due({ last: '2026-12-10' })).toEqual(['2027-01-14']);
    expect(due({ last: '2027-01-14' })).toEqual(['2027-02-11']);
    expect(due({ last: '2026-06-11' })).toEqual(['2026-12-10']);
  });

  it('are none before the change allows it', () => {
    expect(due({ earliest: '2027-02-11' })).toEqual(['2027-02-11']);
    expect(due({ earliest: '2026-01-01' })).toEqual(['2026-12-10']);
    expect(due({ earliest: null })).toEqual(['2026-12-10']);
  });
});

describe('reading a cadence', () => {
  const like = '0199a0de-0000-7000-8000-000000000001';

  it('keeps what the next rollout takes over', () => {
    const clients = { tags: ['monthly'], keys: ['north'], reporters: true, all: false };
    expect(cadenceOn(secondThursday, { policy: 'release', like, clients })).toMatchObject({
      policy: 'release',
      like,
      clients: { tags: ['monthly'], keys: ['north'], reporters: true },
    });
    expect(Object.keys(cadenceOn(secondThursday))).toEqual(['title', 'zone', 'on']);
  });

  it('names everything that is wrong by its path', () => {
    const reading = readCadence({
      zone: 'Mars',
      on: { monthly: { nth: 9, weekday: 'thu' } },
      like: 'the last one',
      policy: 7,
      clients: { all: 'yes', tags: [] },
      when: 1,
    });

    if (reading.kind === 'readable') throw new Error('It was read');
    expect(reading.problems.map(({ path }) => path).sort()).toEqual([
      'clients.all',
      'clients.tags',
      'like',
      'on.monthly.nth',
      'policy',
      'title',
      'when',
      'zone',
    ]);
  });

  it.each([[null], ['monthly'], [[]]])('refuses %j, which is no object', (raw) => {
    const problems = [{ code: 'wrong-type', path: '', message: 'the cadence must be an object' }];
    expect(readCadence(raw)).toEqual({ kind: 'unreadable', problems });
  });

  it('refuses clients that name nobody, and holidays, which it does not have', () => {
    const nobody = readCadence({ title: 'A', zone: 'UTC', on: secondThursday, clients: {} });
    const holidays = readCadence({ title: 'A', zone: 'UTC', on: { holidays: 'ontario' } });

    expect(nobody).toMatchObject({ problems: [{ path: 'clients', code: 'names-nobody' }] });
    expect(holidays).toMatchObject({ problems: [{ path: 'on.holidays', code: 'unknown-set' }] });
  });
});
