import { ask } from '../../../domain/calendar/ask.ts';
import type {
  CalendarDocument,
  CalendarRuleDocument,
} from '../../../domain/calendar/calendar-document.ts';

/** The windows of one rule that touch a range, `start/end` in UTC without seconds. */
function windows(
  zone: string,
  rule: CalendarRuleDocument,
  [from, to]: readonly [string, string],
): readonly string[] {
  const calendar: CalendarDocument = { zone, allow: [{ name: 'window', ...rule }] };
  const answer = ask({ ask: 'windows', calendar, from: `${from}Z`, to: `${to}Z` });
  const found = answer['windows'] as readonly { start: string; end: string }[];
  return found.map(({ start, end }) => `${start}/${end}`.replaceAll(':00Z', ''));
}

type Row = [
  what: string,
  zone: string,
  rule: CalendarRuleDocument,
  range: readonly [string, string],
  expected: readonly string[],
];

const nights: CalendarRuleDocument = { from: '22:00', to: '05:00' };

describe('a gap', () => {
  it.each<Row>([
    [
      'moves a start to the first instant after it',
      'America/Toronto',
      { from: '02:30', to: '04:00' },
      ['2027-03-14T00:00', '2027-03-15T00:00'],
      ['2027-03-14T07:00/2027-03-14T08:00'],
    ],
    [
      'moves an end to the first instant after it',
      'America/Toronto',
      { from: '01:00', to: '02:30' },
      ['2027-03-14T00:00', '2027-03-15T00:00'],
      ['2027-03-14T06:00/2027-03-14T07:00'],
    ],
    [
      'swallows a window that lies in it',
      'America/Toronto',
      { from: '02:10', to: '02:50' },
      ['2027-03-14T00:00', '2027-03-15T00:00'],
      [],
    ],
    [
      'swallows a window that ends as it does',
      'America/Toronto',
      { from: '02:00', to: '03:00' },
      ['2027-03-14T00:00', '2027-03-15T00:00'],
      [],
    ],
    [
      'shortens a night',
      'Europe/London',
      { from: '23:00', to: '05:00' },
      ['2027-03-27T12:00', '2027-03-28T12:00'],
      ['2027-03-27T23:00/2027-03-28T04:00'],
    ],
    [
      'of half an hour shortens a night by that',
      'Australia/Lord_Howe',
      nights,
      ['2026-10-03T06:00', '2026-10-04T06:00'],
      ['2026-10-03T11:30/2026-10-03T18:00'],
    ],
    [
      'of two hours shortens a night by that',
      'Antarctica/Troll',
      nights,
      ['2027-03-27T12:00', '2027-03-28T12:00'],
      ['2027-03-27T22:00/2027-03-28T03:00'],
    ],
    [
      'of two hours swallows what lies in it',
      'Antarctica/Troll',
      { from: '01:30', to: '02:30' },
      ['2027-03-27T12:00', '2027-03-28T12:00'],
      [],
    ],
    [
      'at midnight begins the day an hour later',
      'Africa/Cairo',
      { on: { dates: ['2027-04-30'] } },
      ['2027-04-29T00:00', '2027-05-02T00:00'],
      ['2027-04-29T22:00/2027-04-30T21:00'],
    ],
    [
      'at midnight ends the day before where it begins',
      'Africa/Cairo',
      { on: { dates: ['2027-04-29'] } },
      ['2027-04-28T00:00', '2027-05-02T00:00'],
      ['2027-04-28T22:00/2027-04-29T22:00'],
    ],
    [
      'at midnight swallows the first half hour',
      'Asia/Beirut',
      { on: { dates: ['2027-03-28'] }, from: '00:00', to: '00:30' },
      ['2027-03-27T00:00', '2027-03-29T00:00'],
      [],
    ],
    [
      'at midnight, as Brazil once had it',
      'America/Sao_Paulo',
      { on: { dates: ['2018-11-04'] }, from: '00:15', to: '06:00' },
      ['2018-11-03T00:00', '2018-11-05T00:00'],
      ['2018-11-04T03:00/2018-11-04T08:00'],
    ],
    [
      'moves both ends of a span',
      'America/Toronto',
      { between: ['2027-03-14T02:15', '2027-03-21T02:15'] },
      ['2027-03-01T00:00', '2027-04-01T00:00'],
      ['2027-03-14T07:00/2027-03-21T06:15'],
    ],
    [
      'swallows a span that lies in it',
      'America/Toronto',
      { between: ['2027-03-14T02:15', '2027-03-14T02:45'] },
      ['2027-03-01T00:00', '2027-04-01T00:00'],
      [],
    ],
  ])('%s', (_what, zone, rule, range, expected) => {
    expect(windows(zone, rule, range)).toEqual(expected);
  });
});

describe('an overlap', () => {
  it.each<Row>([
    [
      'is spanned by a window that lies in it',
      'America/Toronto',
      { from: '01:15', to: '01:45' },
      ['2026-11-01T00:00', '2026-11-02T00:00'],
      ['2026-11-01T05:15/2026-11-01T06:45'],
    ],
    [
      'begins a window at its first occurrence',
      'America/Toronto',
      { from: '01:30', to: '04:00' },
      ['2026-11-01T00:00', '2026-11-02T00:00'],
      ['2026-11-01T05:30/2026-11-01T09:00'],
    ],
    [
      'ends a window at its last occurrence',
      'America/Toronto',
      { from: '00:00', to: '01:30' },
      ['2026-11-01T00:00', '2026-11-02T00:00'],
      ['2026-11-01T04:00/2026-11-01T06:30'],
    ],
    [
      'lengthens a night',
      'Australia/Sydney',
      { from: '23:00', to: '05:00' },
      ['2027-04-03T04:00', '2027-04-04T04:00'],
      ['2027-04-03T12:00/2027-04-03T19:00'],
    ],
    [
      'of half an hour lengthens a night by that',
      'Australia/Lord_Howe',
      nights,
      ['2027-04-03T06:00', '2027-04-04T06:00'],
      ['2027-04-03T11:00/2027-04-03T18:30'],
    ],
    [
      'of half an hour is spanned',
      'Australia/Lord_Howe',
      { from: '01:35', to: '01:50' },
      ['2027-04-03T06:00', '2027-04-04T06:00'],
      ['2027-04-03T14:35/2027-04-03T15:20'],
    ],
    [
      'of two hours is spanned',
      'Antarctica/Troll',
      { from: '01:30', to: '02:30' },
      ['2026-10-24T12:00', '2026-10-25T12:00'],
      ['2026-10-24T23:30/2026-10-25T02:30'],
    ],
    [
      'before midnight belongs to the day that ends',
      'America/Sao_Paulo',
      { on: { dates: ['2018-02-17'] }, from: '23:15', to: '24:00' },
      ['2018-02-17T00:00', '2018-02-19T00:00'],
      ['2018-02-18T01:15/2018-02-18T03:00'],
    ],
    [
      'before midnight does not delay the next day',
      'America/Sao_Paulo',
      { on: { dates: ['2018-02-18'] } },
      ['2018-02-17T00:00', '2018-02-20T00:00'],
      ['2018-02-18T03:00/2018-02-19T03:00'],
    ],
    [
      'after midnight begins the day at its first occurrence',
      'America/Havana',
      { on: { dates: ['2025-11-02'] }, from: '00:00', to: '06:00' },
      ['2025-11-01T12:00', '2025-11-03T00:00'],
      ['2025-11-02T04:00/2025-11-02T11:00'],
    ],
  ])('%s', (_what, zone, rule, range, expected) => {
    expect(windows(zone, rule, range)).toEqual(expected);
  });

  it('is open throughout for a window that spans it', () => {
    const calendar = { zone: 'America/Toronto', allow: [{ from: '01:15', to: '01:45' }] };

    const states = ['05:15', '05:59', '06:05', '06:44'].map(
      (time) => ask({ ask: 'state', calendar, at: `2026-11-01T${time}:00Z` })['nextClose'],
    );

    expect(states).toEqual(Array(4).fill('2026-11-01T06:45:00Z'));
  });

  it('fires a reminder once, at its first occurrence', () => {
    const businessDays = { hours: { from: '00:30', to: '01:30' }, weekdays: ['sun'] };
    const calendar = { zone: 'America/Toronto', businessDays };

    const { at } = ask({ ask: 'noticeDeadline', calendar, date: '2026-11-08', businessDays: 1 });

    expect(at).toBe('2026-11-01T05:30:00Z');
  });
});

describe('a date that a zone skipped', () => {
  const skipped = { on: { dates: ['2011-12-30'] } };

  it.each<Row>([
    [
      'has no time of its own',
      'Pacific/Apia',
      { ...skipped },
      ['2011-12-29T00:00', '2012-01-01T00:00'],
      [],
    ],
    [
      'has no evening',
      'Pacific/Apia',
      { ...skipped, from: '18:00', to: '22:00' },
      ['2011-12-29T00:00', '2012-01-01T00:00'],
      [],
    ],
    [
      'still owns its overnight window, which begins where it would have ended',
      'Pacific/Apia',
      { ...skipped, ...nights },
      ['2011-12-29T00:00', '2012-01-01T00:00'],
      ['2011-12-30T10:00/2011-12-30T15:00'],
    ],
    [
      'is where the night before ends',
      'Pacific/Apia',
      { on: { dates: ['2011-12-29'] }, ...nights },
      ['2011-12-29T00:00', '2012-01-01T00:00'],
      ['2011-12-30T08:00/2011-12-30T10:00'],
    ],
    [
      'counts among the days that a window lasts',
      'Pacific/Apia',
      { on: { dates: ['2011-12-29'] }, from: '18:00', to: '06:00', plusDays: 2 },
      ['2011-12-29T00:00', '2012-01-01T00:00'],
      ['2011-12-30T04:00/2011-12-30T16:00'],
    ],
  ])('%s', (_what, zone, rule, range, expected) => {
    expect(windows(zone, rule, range)).toEqual(expected);
  });

  it('joins the days around it', () => {
    const calendar = {
      zone: 'Pacific/Apia',
      allow: [{ on: { dates: ['2011-12-29', '2011-12-31'] } }],
    };

    const { nextClose } = ask({ ask: 'state', calendar, at: '2011-12-29T12:00:00Z' });

    expect(nextClose).toBe('2011-12-31T10:00:00Z');
  });
});

describe('the zone of a rule', () => {
  const evening: CalendarRuleDocument = { on: { weekdays: ['thu'] }, from: '22:00', to: '24:00' };

  it.each<[what: string, zone: string, clientZone: string | undefined, opens: string]>([
    ['wall clock in winter', 'America/New_York', undefined, '2027-01-15T03:00:00Z'],
    ['a fixed offset', '-05:00', undefined, '2027-01-15T03:00:00Z'],
    ['an offset of a quarter of an hour', '+05:45', undefined, '2027-01-14T16:15:00Z'],
    ['no offset', '+00:00', undefined, '2027-01-14T22:00:00Z'],
    ["the client's", 'client', 'Asia/Kathmandu', '2027-01-14T16:15:00Z'],
    ["the client's, an offset", 'client', '+14:00', '2027-01-14T08:00:00Z'],
  ])('may be %s', (_what, zone, clientZone, opens) => {
    const calendar: CalendarDocument = { zone, allow: [evening] };

    const answer = ask({ ask: 'state', calendar, at: '2027-01-10T00:00:00Z', clientZone });

    expect(answer['nextOpen']).toBe(opens);
  });

  it('stays the same wall clock in summer, unless it is an offset', () => {
    const opens = ['America/New_York', '-05:00'].map(
      (zone) =>
        ask({ ask: 'state', calendar: { zone, allow: [evening] }, at: '2027-07-11T00:00:00Z' })[
          'nextOpen'
        ],
    );

    expect(opens).toEqual(['2027-07-16T02:00:00Z', '2027-07-16T03:00:00Z']);
  });

  it("is an error when it is the client's and nobody said which", () => {
    const answer = ask({ ask: 'state', calendar: { zone: 'client' }, at: '2027-07-11T00:00:00Z' });

    expect(answer).toMatchObject({ error: { code: 'client-zone-missing', at: 'clientZone' } });
  });
});
