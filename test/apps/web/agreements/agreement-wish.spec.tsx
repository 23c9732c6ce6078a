import { describe, expect, it } from '@jest/globals';
import {
  type AgreementWish,
  bodyOf,
  emptyWish,
  missingIn,
} from '../../../../apps/web/src/agreements/agreement-wish.ts';
import { validateCalendar } from '../../../../domain/calendar/validate-calendar.ts';

const wish: AgreementWish = { ...emptyWish('anna@vendor.example'), source: ' Contract §4 ' };
const common = { source: 'Contract §4', owner: 'anna@vendor.example', bindsCritical: true };
const freeze = { from: '2026-12-20T00:00', to: '2027-01-05T06:00', reason: 'stocktaking' };

describe('the form of an agreement', () => {
  it('makes a calendar of weekdays and hours that the server can read', () => {
    const body = bodyOf(wish);

    expect(body).toEqual({
      kind: 'calendar',
      document: {
        zone: 'client',
        allow: [
          {
            name: 'Sunday, 09:00–17:00, by agreement',
            on: { weekdays: ['sun'] },
            from: '09:00',
            to: '17:00',
          },
        ],
      },
      ...common,
    });
    expect(validateCalendar('document' in body ? body.document : null)).toEqual([]);
  });

  it.each<[Partial<AgreementWish>, object]>([
    [
      { calendar: { ...wish.calendar, isText: true, yaml: 'zone: client' } },
      { kind: 'calendar', yaml: 'zone: client' },
    ],
    [
      { kind: 'freeze', freeze, since: '2026-12-01', expires: '2026-12-02' },
      { kind: 'freeze', ...freeze },
    ],
    [
      { kind: 'lead', lead: { unit: 'hours', amount: 72 } },
      { kind: 'lead', lead: { hours: 72 } },
    ],
    [
      { kind: 'lead', lead: { unit: 'days', amount: 3 } },
      { kind: 'lead', lead: { days: 3 } },
    ],
    [
      { kind: 'lead', since: '2026-12-01' },
      { kind: 'lead', lead: { businessDays: 10 }, since: '2026-12-01' },
    ],
    [
      { kind: 'consent', consent: 'object', expires: '2027-06-30', bindsCritical: false },
      { kind: 'consent', consent: 'object', expires: '2027-06-30', bindsCritical: false },
    ],
    [{ kind: 'moves' }, { kind: 'moves', times: 2, noticeHours: 48, latestDays: 14 }],
  ])('sends of %j only what its kind needs', (part, body) => {
    expect(bodyOf({ ...wish, ...part })).toEqual({ ...common, ...body });
  });

  it.each<[Partial<AgreementWish>, string | null]>([
    [{}, null],
    [{ source: ' ' }, 'Say where it was agreed.'],
    [{ owner: '' }, 'Say who looks after it.'],
    [{ calendar: { ...wish.calendar, weekdays: [] } }, 'Choose at least one weekday.'],
    [{ calendar: { ...wish.calendar, to: '09:00' } }, 'Say from when to when.'],
    [{ calendar: { ...wish.calendar, from: '' } }, 'Say from when to when.'],
    [{ calendar: { ...wish.calendar, isText: true, yaml: ' ' } }, 'Write the days.'],
    [{ kind: 'freeze' }, 'Say from when to when.'],
    [{ kind: 'freeze', freeze }, null],
    [
      { kind: 'freeze', freeze: { ...freeze, to: freeze.from } },
      'It would be over before it begins.',
    ],
    [{ kind: 'freeze', freeze: { ...freeze, reason: '' } }, 'Say why.'],
    [{ kind: 'lead', lead: { unit: 'days', amount: Number.NaN } }, 'Say how long before.'],
    [
      { kind: 'moves', moves: { ...wish.moves, times: Number.NaN } },
      'Say how often and until when.',
    ],
    [{ since: '2027-01-02', expires: '2027-01-01' }, 'It would be over before it begins.'],
    [{ since: '2027-01-01', expires: '2027-01-01' }, null],
  ])('with %j says what is missing: %s', (part, missing) => {
    expect(missingIn({ ...wish, ...part })).toBe(missing);
  });

  it('starts with a text that the server can read', async () => {
    const { parse } = await import('yaml');

    expect(validateCalendar(parse(wish.calendar.yaml))).toEqual([]);
  });
});
