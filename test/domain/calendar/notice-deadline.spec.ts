import type { Duration } from '../../../domain/duration.ts';
import type { LocalDate } from '../../../domain/instant.ts';
import {
  answerDeadline,
  businessDayBefore,
  noticeDeadline,
  noticeDeadlineOfDate,
  noticeQueueTime,
  type Lead,
} from '../../../domain/calendar/notice-deadline.ts';
import { aCalendar, at, short } from './reading.ts';

const calendar = aCalendar({
  holidays: { 'ca-on': ['2026-12-25', '2026-12-28', '2027-01-01'] },
  businessDays: { except: ['ca-on'], hours: { from: '09:00', to: '17:00' } },
});
const toronto = { calendar, zone: 'America/Toronto' };

it.each<[string, string, Lead, string]>([
  ['ten business days', '2026-11-26T01:00Z', { businessDays: 10 }, '2026-11-11T22:00Z'],
  ['over a holiday and its weekend', '2026-12-30T01:00Z', { businessDays: 1 }, '2026-12-24T22:00Z'],
  [
    'from a day off, first moved back',
    '2026-12-27T01:00Z',
    { businessDays: 1 },
    '2026-12-23T22:00Z',
  ],
  ['over the clock change', '2026-11-03T15:00Z', { businessDays: 2 }, '2026-10-30T21:00Z'],
  ['three dates', '2026-11-26T01:00Z', { days: 3 }, '2026-11-22T22:00Z'],
  ['three dates over the clock change', '2026-11-03T01:00Z', { days: 3 }, '2026-10-30T21:00Z'],
  ['24 hours over the clock change', '2026-11-01T17:00Z', { hours: 24 }, '2026-10-31T17:00Z'],
  [
    'an exact duration',
    '2026-11-26T01:00Z',
    { duration: 'PT30M' as Duration },
    '2026-11-26T00:30Z',
  ],
  ['the day itself, never after the start', '2026-11-25T15:00Z', { days: 0 }, '2026-11-25T15:00Z'],
  ['the day itself in the evening', '2026-11-26T01:00Z', { businessDays: 0 }, '2026-11-25T22:00Z'],
])('a notice is due %s', (_name, start, lead, due) => {
  expect(short(noticeDeadline(at(start), lead, toronto))).toBe(due);
});

it('counts on the date and by the clock of the client', () => {
  const start = at('2026-11-25T13:00Z');
  const kiritimati = { calendar, zone: 'Pacific/Kiritimati' };

  expect(short(noticeDeadline(start, { days: 1 }, kiritimati))).toBe('2026-11-25T03:00Z');
  expect(short(noticeDeadline(start, { days: 1 }, toronto))).toBe('2026-11-24T22:00Z');
});

it('takes the first of two and the first after none when clocks change at the hour', () => {
  const hours = { from: '01:00', to: '01:30' };
  const twice = { calendar: aCalendar({ businessDays: { hours } }), zone: 'America/Toronto' };
  const gap = aCalendar({ businessDays: { hours: { from: '02:00', to: '02:30' } } });

  const inOverlap = noticeDeadlineOfDate('2026-11-01' as LocalDate, { days: 0 }, twice);
  const inGap = noticeDeadlineOfDate(
    '2027-03-14' as LocalDate,
    { days: 0 },
    { ...twice, calendar: gap },
  );

  expect(short(inOverlap)).toBe('2026-11-01T05:30Z');
  expect(short(inGap)).toBe('2027-03-14T07:00Z');
});

it.each<[string, Lead, string | undefined]>([
  ['a business day before', { businessDays: 5 }, '2026-12-24T14:00Z'],
  ['as soon as agreed for none', { businessDays: 0 }, undefined],
  ['two hours before', { days: 1 }, '2026-12-29T20:00Z'],
  ['two hours before', { hours: 2 }, '2026-12-29T20:00Z'],
  ['as soon as agreed for less than two hours', { duration: 'PT119M' as Duration }, undefined],
  ['as soon as agreed for the day itself', { days: 0 }, undefined],
])('queues a notice %s (%j)', (_name, lead, queued) => {
  const time = noticeQueueTime(at('2026-12-29T22:00Z'), lead, toronto);

  expect(short(time ?? undefined)).toBe(queued);
});

it('finds the working day before, over holidays', () => {
  expect(short(businessDayBefore(at('2026-12-29T22:00Z'), toronto))).toBe('2026-12-24T14:00Z');
  expect(short(businessDayBefore(at('2026-12-27T22:00Z'), toronto))).toBe('2026-12-23T14:00Z');
});

it.each<[string, string, Lead, string]>([
  ['a working day', '2026-12-22T15:00Z', { businessDays: 2 }, '2026-12-24T22:00Z'],
  [
    'a day off, counted from the next one',
    '2026-12-26T15:00Z',
    { businessDays: 1 },
    '2026-12-30T22:00Z',
  ],
  ['late evening, still that date', '2026-12-23T04:30Z', { businessDays: 1 }, '2026-12-23T22:00Z'],
  ['dates', '2026-12-22T15:00Z', { days: 3 }, '2026-12-25T22:00Z'],
  ['exact time', '2026-12-22T15:00Z', { hours: 48 }, '2026-12-24T15:00Z'],
])('an answer may come until a deadline from %s', (_name, accepted, within, until) => {
  expect(short(answerDeadline(at(accepted), within, toronto))).toBe(until);
});
