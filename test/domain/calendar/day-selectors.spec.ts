import type { DaySelectorDocument } from '../../../domain/calendar/calendar-document.ts';
import { datesOf } from './reading.ts';

type Row = [what: string, on: DaySelectorDocument, from: string, to: string, dates: string];

describe('weekdays', () => {
  it.each<Row>([
    [
      'one day of the week',
      { weekdays: ['thu'] },
      '2026-11-23',
      '2026-12-06',
      '2026-11-26 2026-12-03',
    ],
    [
      'both ends of the range',
      { weekdays: ['mon', 'sun'] },
      '2026-11-23',
      '2026-11-29',
      '2026-11-23 2026-11-29',
    ],
    [
      'the same before 1970',
      { weekdays: ['thu'] },
      '1969-12-24',
      '1970-01-02',
      '1969-12-25 1970-01-01',
    ],
    [
      'the right day around a century',
      { weekdays: ['mon'] },
      '2100-02-28',
      '2100-03-02',
      '2100-03-01',
    ],
  ])('pick %s', (_what, on, from, to, expected) => {
    expect(datesOf(on, [from, to])).toBe(expected);
  });
});

describe('monthly', () => {
  it.each<Row>([
    [
      'the second Thursday',
      { monthly: { nth: 2, weekday: 'thu' } },
      '2026-10-01',
      '2026-12-31',
      '2026-10-08 2026-11-12 2026-12-10',
    ],
    [
      'the fourth, which is not always the last',
      { monthly: { nth: 4, weekday: 'thu' } },
      '2026-10-01',
      '2026-12-31',
      '2026-10-22 2026-11-26 2026-12-24',
    ],
    [
      'the last',
      { monthly: { nth: -1, weekday: 'thu' } },
      '2026-10-01',
      '2026-12-31',
      '2026-10-29 2026-11-26 2026-12-31',
    ],
    [
      'the last but one',
      { monthly: { nth: -2, weekday: 'thu' } },
      '2026-12-01',
      '2026-12-31',
      '2026-12-24',
    ],
    [
      'a fifth only where there is one',
      { monthly: { nth: 5, weekday: 'thu' } },
      '2026-10-01',
      '2026-12-31',
      '2026-10-29 2026-12-31',
    ],
    [
      'a fifth from the end only where there is one',
      { monthly: { nth: -5, weekday: 'thu' } },
      '2026-10-01',
      '2026-12-31',
      '2026-10-01 2026-12-03',
    ],
    [
      'in some months',
      { monthly: { nth: 1, weekday: 'mon', months: [1, 12] } },
      '2026-01-01',
      '2026-12-31',
      '2026-01-05 2026-12-07',
    ],
    [
      'the first when the month begins with it',
      { monthly: { nth: 1, weekday: 'sun' } },
      '2026-11-01',
      '2026-11-30',
      '2026-11-01',
    ],
    [
      'every Sunday as last but three in a short February',
      { monthly: { nth: -4, weekday: 'sun' } },
      '2026-02-01',
      '2026-02-28',
      '2026-02-01',
    ],
    [
      'no fifth in a February of 28 days',
      { monthly: { nth: 5, weekday: 'sun' } },
      '2026-02-01',
      '2026-02-28',
      '',
    ],
    [
      'a fifth on 29 February',
      { monthly: { nth: 5, weekday: 'tue' } },
      '2028-02-01',
      '2028-02-29',
      '2028-02-29',
    ],
  ])('picks %s', (_what, on, from, to, expected) => {
    expect(datesOf(on, [from, to])).toBe(expected);
  });
});

describe('monthDays and months', () => {
  it.each<Row>([
    [
      'days of the month',
      { monthDays: [1, 15] },
      '2026-11-01',
      '2026-12-01',
      '2026-11-01 2026-11-15 2026-12-01',
    ],
    [
      'no 31st in a month of 30 days',
      { monthDays: [31] },
      '2026-10-01',
      '2026-12-31',
      '2026-10-31 2026-12-31',
    ],
    [
      'the last day of every month',
      { monthDays: [-1] },
      '2027-01-31',
      '2027-04-30',
      '2027-01-31 2027-02-28 2027-03-31 2027-04-30',
    ],
    [
      'the last day of February in a century that is no leap year',
      { monthDays: [-1] },
      '2100-02-01',
      '2100-03-01',
      '2100-02-28',
    ],
    [
      'the last day of February in a century that is one',
      { monthDays: [-1] },
      '2000-02-01',
      '2000-03-01',
      '2000-02-29',
    ],
    [
      'the last day of a leap February',
      { monthDays: [-1] },
      '2028-02-01',
      '2028-02-29',
      '2028-02-29',
    ],
    [
      '29 February in leap years only',
      { all: [{ monthDays: [29] }, { months: [2] }] },
      '2096-01-01',
      '2104-12-31',
      '2096-02-29 2104-02-29',
    ],
    [
      'the 31st from the end only in long months',
      { monthDays: [-31] },
      '2026-11-01',
      '2026-12-31',
      '2026-12-01',
    ],
    [
      'a day named from both ends once',
      { monthDays: [30, -1] },
      '2026-11-01',
      '2026-11-30',
      '2026-11-30',
    ],
    [
      'every day of a month',
      { months: [2] },
      '2027-01-31',
      '2027-02-03',
      '2027-02-01 2027-02-02 2027-02-03',
    ],
  ])('pick %s', (_what, on, from, to, expected) => {
    expect(datesOf(on, [from, to])).toBe(expected);
  });
});

describe('yearly', () => {
  it.each<Row>([
    [
      'both ends of a span',
      { yearly: { from: '11-29', to: '12-01' } },
      '2026-11-01',
      '2026-12-31',
      '2026-11-29 2026-11-30 2026-12-01',
    ],
    [
      'a span over the new year',
      { yearly: { from: '12-31', to: '01-01' } },
      '2026-12-30',
      '2027-01-02',
      '2026-12-31 2027-01-01',
    ],
    [
      'one day',
      { yearly: { from: '12-24', to: '12-24' } },
      '2026-01-01',
      '2027-12-31',
      '2026-12-24 2027-12-24',
    ],
    [
      '29 February where there is one',
      { yearly: { from: '02-29', to: '02-29' } },
      '2027-01-01',
      '2028-12-31',
      '2028-02-29',
    ],
    [
      'from 1 March where there is no 29 February',
      { yearly: { from: '02-29', to: '03-01' } },
      '2027-02-27',
      '2027-03-02',
      '2027-03-01',
    ],
    [
      'up to 28 February where there is no 29th',
      { yearly: { from: '02-28', to: '02-29' } },
      '2027-02-27',
      '2027-03-02',
      '2027-02-28',
    ],
    [
      'up to 29 February where there is one',
      { yearly: { from: '02-28', to: '02-29' } },
      '2028-02-27',
      '2028-03-02',
      '2028-02-28 2028-02-29',
    ],
    [
      'a whole year when the span begins the day after it ends',
      { yearly: { from: '12-02', to: '12-01' } },
      '2026-11-30',
      '2026-12-03',
      '2026-11-30 2026-12-01 2026-12-02 2026-12-03',
    ],
  ])('picks %s', (_what, on, from, to, expected) => {
    expect(datesOf(on, [from, to])).toBe(expected);
  });
});

describe('dates, holidays and every', () => {
  const holidays = { 'ca-on': ['2026-12-28', '2026-12-25'], none: [] };

  it.each<Row>([
    [
      'the dates, in order and once',
      { dates: ['2027-04-29', '2026-11-30', '2026-11-30'] },
      '2026-11-01',
      '2027-12-31',
      '2026-11-30 2027-04-29',
    ],
    ['no date of an empty list', { dates: [] }, '2026-11-01', '2026-11-30', ''],
    [
      'the dates of a set',
      { holidays: 'ca-on' },
      '2026-12-01',
      '2026-12-31',
      '2026-12-25 2026-12-28',
    ],
    ['no date of an empty set', { holidays: 'none' }, '2026-12-01', '2026-12-31', ''],
    [
      'a cadence of days from its anchor on',
      { every: { days: 14, since: '2026-10-06' } },
      '2026-09-01',
      '2026-11-05',
      '2026-10-06 2026-10-20 2026-11-03',
    ],
    [
      'a cadence of weeks on the weekday of its anchor',
      { every: { weeks: 2, since: '2026-12-24' } },
      '2026-12-01',
      '2027-01-31',
      '2026-12-24 2027-01-07 2027-01-21',
    ],
    [
      'every day from the anchor on',
      { every: { days: 1, since: '2026-11-29' } },
      '2026-11-27',
      '2026-11-30',
      '2026-11-29 2026-11-30',
    ],
    [
      'the anchor alone when the next date is never reached',
      { every: { weeks: 1_000_000, since: '2026-11-29' } },
      '2026-01-01',
      '2029-12-31',
      '2026-11-29',
    ],
  ])('pick %s', (_what, on, from, to, expected) => {
    expect(datesOf(on, [from, to], { holidays })).toBe(expected);
  });
});

describe('all, any and not', () => {
  it.each<Row>([
    [
      'a Friday the 13th',
      { all: [{ weekdays: ['fri'] }, { monthDays: [13] }] },
      '2026-01-01',
      '2026-12-31',
      '2026-02-13 2026-03-13 2026-11-13',
    ],
    [
      'either',
      { any: [{ dates: ['2026-11-02'] }, { dates: ['2026-11-01'] }] },
      '2026-11-01',
      '2026-11-30',
      '2026-11-01 2026-11-02',
    ],
    [
      'every other day',
      { not: { monthDays: [2, 3, 4] } },
      '2026-11-01',
      '2026-11-05',
      '2026-11-01 2026-11-05',
    ],
    [
      'the same after two negations',
      { not: { not: { weekdays: ['tue'] } } },
      '2026-11-01',
      '2026-11-08',
      '2026-11-03',
    ],
    [
      'the fourth Thursday that is not the last',
      {
        all: [
          { monthly: { nth: 4, weekday: 'thu' } },
          { not: { monthly: { nth: -1, weekday: 'thu' } } },
        ],
      },
      '2026-10-01',
      '2026-12-31',
      '2026-10-22 2026-12-24',
    ],
    [
      'nothing that contradicts itself',
      { all: [{ weekdays: ['tue'] }, { weekdays: ['wed'] }] },
      '2026-01-01',
      '2026-12-31',
      '',
    ],
  ])('pick %s', (_what, on, from, to, expected) => {
    expect(datesOf(on, [from, to])).toBe(expected);
  });
});
