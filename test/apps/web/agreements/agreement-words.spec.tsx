import { describe, expect, it } from '@jest/globals';
import {
  agreementWords,
  spanWords,
  standingOf,
} from '../../../../apps/web/src/agreements/agreement-words.ts';

const sundays = { on: { weekdays: ['sun'] }, from: '09:00', to: '17:00' };

describe('an agreement in words', () => {
  it.each([
    [
      'calendar',
      { zone: 'client', allow: [sundays] },
      'Sunday, 09:00–17:00 instead of the vendor’s days',
    ],
    ['calendar', { zone: 'client', allow: 'always' }, 'Any day instead of the vendor’s days'],
    ['calendar', { zone: 'client' }, 'No day instead of the vendor’s days'],
    [
      'calendar',
      {
        zone: 'client',
        allow: [sundays, { ...sundays, on: { weekdays: ['sat'] } }],
        deny: [{ on: { dates: ['2026-12-27'] } }],
      },
      'Sunday, 09:00–17:00 and Saturday, 09:00–17:00 instead of the vendor’s days; ' +
        'closed: 27 Dec 2026, all day',
    ],
    [
      'freeze',
      { from: '2026-12-20T00:00', to: '2027-01-05T06:00', reason: 'stocktaking' },
      'No production from Sun 20 Dec 00:00 to Tue 5 Jan 06:00: stocktaking',
    ],
    ['lead', { lead: { businessDays: 10 } }, 'Told 10 business days before the date'],
    ['lead', { lead: { days: 1 } }, 'Told 1 day before the date'],
    ['lead', { lead: { hours: 72 } }, 'Told 72 hours before the date'],
    ['consent', { consent: 'inform' }, 'Is informed only'],
    ['consent', { consent: 'object' }, 'Goes ahead unless the client objects'],
    ['consent', { consent: 'approve' }, 'Only after the client said yes'],
    [
      'moves',
      { times: 2, noticeHours: 48, latestDays: 14 },
      'May move its date 2 times, up to 48 hours before it and at most 14 days later',
    ],
    [
      'moves',
      { times: 1, noticeHours: 1, latestDays: 1 },
      'May move its date once, up to 1 hour before it and at most 1 day later',
    ],
    ['moves', { times: 0, noticeHours: 0, latestDays: 0 }, 'May not move its date'],
  ] as const)('says %s %j', (kind, document, words) => {
    expect(agreementWords({ kind, document: { ...document } })).toBe(words);
  });

  it.each([
    ['2026-11-25', null, null, 'holds'],
    ['2026-11-26', null, null, 'coming'],
    ['2026-11-01', '2026-11-25', null, 'holds'],
    ['2026-11-01', '2026-11-24', null, 'expired'],
    ['2026-11-26', null, 'ended', 'ended'],
  ] as const)('since %s until %s, %s: it %s on 25 November', (since, expires, end, standing) => {
    const ended =
      end === null ? null : { at: '2026-11-20T10:00:00Z', by: 'anna', reason: 'new contract' };

    expect(standingOf({ since, expires, ended }, '2026-11-25')).toBe(standing);
  });

  it('says since when and until when', () => {
    expect(spanWords({ since: '2026-11-02', expires: null })).toBe('2 Nov 2026 until ended');
    expect(spanWords({ since: '2026-11-02', expires: '2027-01-31' })).toBe(
      '2 Nov 2026 to 31 Jan 2027',
    );
  });
});
