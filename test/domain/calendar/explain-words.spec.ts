import { describe, expect, it } from '@jest/globals';
import {
  dateWords,
  lengthWords,
  listWords,
  localDateOf,
  localTextAt,
  timeWords,
} from '../../../domain/calendar/explain-time.ts';
import type { LocalDate } from '../../../domain/instant.ts';

describe('a date in words', () => {
  it.each([
    ['2026-01-04', 'Sunday 4 January'],
    ['2026-02-02', 'Monday 2 February'],
    ['2026-03-03', 'Tuesday 3 March'],
    ['2026-04-01', 'Wednesday 1 April'],
    ['2026-05-07', 'Thursday 7 May'],
    ['2026-06-05', 'Friday 5 June'],
    ['2026-07-11', 'Saturday 11 July'],
    ['2026-08-10', 'Monday 10 August'],
    ['2026-09-30', 'Wednesday 30 September'],
    ['2026-10-01', 'Thursday 1 October'],
    ['2026-11-25', 'Wednesday 25 November'],
    ['2026-12-25', 'Friday 25 December'],
    ['2027-01-01', 'Friday 1 January 2027'],
  ])('%s, read in 2026, is %s', (date, words) => {
    expect(dateWords(date as LocalDate, '2026')).toBe(words);
  });
});

describe('a time in words', () => {
  const reader = { zone: 'America/Toronto', at: Date.parse('2026-12-31T02:00Z') };

  it.each([
    ['2026-12-31T04:59Z', '23:59'],
    ['2026-12-31T05:00Z', 'Thursday 31 December 00:00'],
    ['2027-01-01T05:00:07Z', 'Friday 1 January 2027 00:00:07'],
  ])('%s, read on 30 December in Toronto, is %s', (instant, words) => {
    expect(timeWords(Date.parse(instant), reader)).toBe(words);
  });

  it('is that of the zone', () => {
    const ms = Date.parse('2026-12-31T02:00:05Z');

    expect(localDateOf(ms, 'America/Toronto')).toBe('2026-12-30');
    expect(localTextAt(ms, 'America/Toronto')).toBe('2026-12-30T21:00:05');
  });
});

describe('a length in words', () => {
  it.each([
    [999, '0 min'],
    [1_000, '1 s'],
    [60_000, '1 min'],
    [3_600_000, '1 h'],
    [5_400_000, '1 h 30 min'],
    [3_661_000, '1 h 1 min 1 s'],
    [259_200_000, '3 days'],
    [864_000_000, '10 days'],
    [259_260_000, '72 h 1 min'],
  ])('%i ms are %s', (ms, words) => {
    expect(lengthWords(ms)).toBe(words);
  });
});

describe('a list in words', () => {
  it.each([
    [[], ''],
    [['a'], 'a'],
    [['a', 'b'], 'a and b'],
    [['a', 'b', 'c', 'd'], 'a, b, c and d'],
  ])('%j is "%s"', (each, words) => {
    expect(listWords(each)).toBe(words);
  });
});
