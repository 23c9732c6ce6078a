import type { CalendarDocument } from '../../../domain/calendar/calendar-document.ts';
import { layerFrom } from '../../../domain/calendar/calendar-layer.ts';
import { judgeSchedule } from '../../../domain/calendar/judge-schedule.ts';
import type { Duration } from '../../../domain/duration.ts';
import { aLayer, at, short } from './reading.ts';

const evenings = {
  zone: 'America/Toronto',
  allow: [
    { name: 'evenings', on: { weekdays: ['tue', 'wed', 'thu'] }, from: '20:00', to: '23:00' },
  ],
} satisfies CalendarDocument;
const friNight = {
  zone: 'America/Toronto',
  allow: [{ name: 'night', on: { weekdays: ['fri'] }, from: '22:00', to: '05:00' }],
} satisfies CalendarDocument;
const sunday = {
  zone: 'America/Toronto',
  allow: [{ name: 'early', on: { weekdays: ['sun'] }, from: '00:30', to: '01:30' }],
} satisfies CalendarDocument;
const inGap = {
  zone: 'America/Toronto',
  allow: [{ name: 'gap', on: { weekdays: ['sun'] }, from: '02:10', to: '02:50' }],
} satisfies CalendarDocument;

it.each<[string, CalendarDocument, string, boolean, string | undefined, string | undefined]>([
  [
    'the minute before it opens',
    evenings,
    '2026-11-26T00:59Z',
    true,
    '2026-11-26T01:00Z',
    undefined,
  ],
  [
    'the minute it opens',
    evenings,
    '2026-11-26T01:00Z',
    false,
    '2026-11-26T01:00Z',
    '2026-11-26T04:00Z',
  ],
  [
    'its last minute',
    evenings,
    '2026-11-26T03:59Z',
    false,
    '2026-11-26T03:59Z',
    '2026-11-26T04:00Z',
  ],
  ['the minute it closes', evenings, '2026-11-26T04:00Z', true, '2026-11-27T01:00Z', undefined],
  [
    'the weekday of the client, not of UTC',
    evenings,
    '2026-11-24T02:00Z',
    true,
    '2026-11-25T01:00Z',
    undefined,
  ],
  [
    'an hour later once summer time ends',
    evenings,
    '2026-10-29T23:59Z',
    true,
    '2026-10-30T00:00Z',
    undefined,
  ],
  [
    'Saturday morning of a Friday night',
    friNight,
    '2026-11-28T07:00Z',
    false,
    '2026-11-28T07:00Z',
    '2026-11-28T10:00Z',
  ],
  [
    'Friday morning, which is not Friday night',
    friNight,
    '2026-11-27T07:00Z',
    true,
    '2026-11-28T03:00Z',
    undefined,
  ],
  [
    'both occurrences of an overlap',
    sunday,
    '2026-11-01T06:15Z',
    false,
    '2026-11-01T06:15Z',
    '2026-11-01T06:30Z',
  ],
  [
    'a window that a gap swallows',
    inGap,
    '2027-03-14T00:00Z',
    true,
    '2027-03-21T06:10Z',
    undefined,
  ],
])('judges %s', (_name, document, asked, closed, opens, closes) => {
  const verdict = judgeSchedule([aLayer(document)], at(asked));

  expect(verdict.closed).toBe(closed);
  expect(short(verdict.nextOpen)).toBe(opens);
  expect(short(verdict.nextClose)).toBe(closes);
});

describe('several rules and layers', () => {
  const freeze = { name: 'freeze', between: ['2026-12-15T00:00', '2027-01-05T00:00'] as const };
  const audit = { name: 'audit', between: ['2026-12-20T00:00', '2026-12-22T00:00'] as const };

  it('names every rule that closes, whose it is and until when, also outside allowed times', () => {
    const layers = [
      aLayer({ ...evenings, deny: [freeze] }, 'vendor'),
      aLayer({ zone: 'UTC', deny: [audit] }, 'client'),
    ];

    const { reasons, nextOpen } = judgeSchedule(layers, at('2026-12-21T12:00Z'));

    expect(reasons).toEqual([
      { layer: 'vendor', rule: 'freeze', until: at('2027-01-05T05:00Z') },
      { layer: 'vendor', rule: 'no allow rule' },
      { layer: 'client', rule: 'audit', until: at('2026-12-22T00:00Z') },
    ]);
    expect(short(nextOpen)).toBe('2027-01-06T01:00Z');
  });

  it('lets a deny rule beat an allow rule of the same time', () => {
    const verdict = judgeSchedule(
      [aLayer({ allow: [freeze], deny: [freeze] })],
      at('2026-12-16T00:00Z'),
    );

    expect(verdict.reasons.map(({ rule }) => rule)).toEqual(['freeze']);
    expect(short(verdict.horizon)).toBe('2028-12-16T00:00Z');
    expect(verdict.nextOpen).toBeUndefined();
  });

  it.each([
    ['hotfix', ['pilot'], false],
    ['hotfix', ['pilot', 'staged'], true],
    ['hotfix', [], false],
    ['release', ['pilot', 'staged'], false],
    [undefined, ['pilot', 'staged'], true],
  ])('a rule for hotfixes of two tags speaks of %s with %j: %s', (kind, tags, closed) => {
    const rule = { ...freeze, kinds: ['hotfix'], tags: ['pilot', 'staged'] };

    const verdict = judgeSchedule([aLayer({ deny: [rule] })], at('2026-12-16T00:00Z'), {
      kind,
      tags,
    });

    expect(verdict.closed).toBe(closed);
  });

  it('asks for the zone of the client when the calendar is in it', () => {
    const layers = [aLayer({ ...evenings, zone: 'client' })];
    const asked = at('2026-11-25T09:30Z');

    expect(judgeSchedule(layers, asked, { clientZone: 'Asia/Tokyo' }).closed).toBe(true);
    expect(judgeSchedule(layers, asked, { clientZone: 'Australia/Sydney' }).closed).toBe(false);
    expect(() => judgeSchedule(layers, asked)).toThrow('clientZone');
  });

  it('is closed at all times when it cannot be read, and says why', () => {
    const broken = layerFrom('client', { zone: 'Mars/Base' });

    const { closed, reasons, nextOpen } = judgeSchedule([broken], at('2026-11-25T12:00Z'));

    expect(closed).toBe(true);
    expect(reasons[0]?.rule).toContain('the calendar cannot be read');
    expect(reasons[0]?.rule).toContain('Mars/Base');
    expect(nextOpen).toBeUndefined();
  });
});

describe('work that takes its time', () => {
  it.each([
    ['PT3H', '2026-11-26T01:00Z', false, '2026-11-26T01:00Z'],
    ['PT3H', '2026-11-26T01:01Z', true, '2026-11-27T01:00Z'],
    ['PT1M', '2026-11-26T03:59Z', false, '2026-11-26T03:59Z'],
    ['PT3H1S', '2026-11-26T01:00Z', true, undefined],
  ])('%s from %s does not fit: %s', (worstCase, asked, closed, opens) => {
    const verdict = judgeSchedule([aLayer(evenings)], at(asked), {
      worstCase: worstCase as Duration,
    });

    expect(verdict.closed).toBe(closed);
    expect(short(verdict.nextOpen)).toBe(opens);
    if (closed) expect(verdict.reasons[0]?.rule).toBe('worst case does not fit');
  });

  it('runs on where one window touches the next', () => {
    const allow = [
      { on: { weekdays: ['wed'] as const }, from: '22:00', to: '24:00' },
      { on: { weekdays: ['thu'] as const }, from: '00:00', to: '02:00' },
    ];

    const verdict = judgeSchedule([aLayer({ allow })], at('2026-11-25T22:00Z'), {
      worstCase: 'PT4H' as Duration,
    });

    expect(verdict.closed).toBe(false);
    expect(short(verdict.nextClose)).toBe('2026-11-26T02:00Z');
  });

  it('takes a day as 24 hours, on the day that has 25', () => {
    const sundays = [{ on: { dates: ['2026-11-01'] } }];
    const layers = [aLayer({ zone: 'America/Toronto', allow: sundays })];
    const from = (text: string): boolean =>
      judgeSchedule(layers, at(text), { worstCase: 'P1D' as Duration }).closed;

    expect(from('2026-11-01T05:00Z')).toBe(false);
    expect(from('2026-11-01T05:01Z')).toBe(true);
  });
});
