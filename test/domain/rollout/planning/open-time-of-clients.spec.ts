import { instantOf, type LocalDate, parseInstant } from '../../../../domain/instant.ts';
import type { PlanClient, PlanInput } from '../../../../domain/rollout/plan-input.ts';
import { calendarsOf } from '../../../../domain/rollout/planning/client-side.ts';
import {
  datesOf,
  openTimeOfClients,
  stretchEndAt,
} from '../../../../domain/rollout/planning/open-time-of-clients.ts';
import { planClient, planInput } from '../plan-input-of.ts';

const zone = 'America/Toronto';
const text = (ms: number): string => instantOf(ms).slice(0, 16);
const date = (text: string): LocalDate => text as LocalDate;

/** A release planned at noon in Toronto on Tuesday 24 November, under one calendar of the vendor. */
function under(rules: Record<string, unknown>, differences: Partial<PlanInput> = {}): PlanInput {
  return planInput({
    calendars: { days: { zone: 'client', ...rules } },
    policyCalendarId: 'days',
    latestDate: date('2026-11-26'),
    ...differences,
  });
}

/** First and last start of each stretch, in UTC. */
function startsFor(input: PlanInput, client: PlanClient = planClient('ash')) {
  return openTimeOfClients(
    input,
    calendarsOf(input),
  )(client).map(({ first, last }) => [text(first), text(last)]);
}

const evenings = { allow: [{ from: '20:00', to: '23:00' }] };

describe('the dates of a plan', () => {
  it.each<readonly [string, Partial<PlanInput>, string, string]>([
    ['begin when it is made', {}, '2026-11-24T17:00', '2026-11-27T05:00'],
    [
      'begin with the midnight of the earliest date',
      { earliestDate: date('2026-11-25') },
      '2026-11-25T05:00',
      '2026-11-27T05:00',
    ],
    [
      'do not begin in the past',
      { earliestDate: date('2026-11-24') },
      '2026-11-24T17:00',
      '2026-11-27T05:00',
    ],
    [
      'end with the date that lies so many days later by the policy',
      { latestDate: null },
      '2026-11-24T17:00',
      '2027-01-24T05:00',
    ],
  ])('%s', (_, differences, from, until) => {
    const dates = datesOf(planInput({ latestDate: date('2026-11-26'), ...differences }), zone);

    expect([text(dates.from), text(dates.until)]).toEqual([from, until]);
  });
});

describe('the open time of a client', () => {
  it('leaves room for the worst case, on each date of the plan', () => {
    expect(startsFor(under(evenings))).toEqual([
      ['2026-11-25T01:00', '2026-11-25T03:15'],
      ['2026-11-26T01:00', '2026-11-26T03:15'],
      ['2026-11-27T01:00', '2026-11-27T03:15'],
    ]);
  });

  it('begins when the plan is made, and ends before the midnight after the latest date', () => {
    const input = under({ allow: 'always' });
    const starts = openTimeOfClients(input, calendarsOf(input))(planClient('ash'));

    expect(starts[0]?.first).toBe(Date.parse('2026-11-24T17:00:00Z'));
    // Each date but the last one ends in time for the worst case.
    expect(starts.map(({ last }) => text(last))).toEqual([
      '2026-11-25T04:15',
      '2026-11-26T04:15',
      '2026-11-27T04:15',
    ]);
  });

  it('knows an end that lies beyond the latest date', () => {
    const night = { from: '22:00', to: '21:00', on: { dates: ['2026-11-26'] } };
    const input = under({ allow: [night] });
    const [only] = openTimeOfClients(input, calendarsOf(input))(planClient('ash'));

    expect(only).toEqual({
      first: Date.parse('2026-11-27T03:00:00Z'),
      last: Date.parse('2026-11-27T05:00:00Z') - 1,
      stretchEnd: Date.parse('2026-11-28T02:00:00Z'),
    });
  });

  it('is empty where the latest date is over', () => {
    expect(startsFor(under({ allow: 'always' }, { latestDate: date('2026-11-23') }))).toEqual([]);
    expect(startsFor(under(evenings, { earliestDate: date('2026-11-27') }))).toEqual([]);
  });

  it('follows the clocks of its zone', () => {
    const west = planClient('ash', { zone: 'America/Los_Angeles' });
    const input = under(evenings, { latestDate: date('2026-11-24') });

    expect(startsFor(input, west)).toEqual([['2026-11-25T04:00', '2026-11-25T06:15']]);
  });

  it('is narrowed by the vendor, the policy and the client, and widened by an agreement alone', () => {
    const calendars = {
      vendor: { zone: 'client', deny: [{ from: '20:00', to: '21:00' }], allow: 'always' },
      days: { zone: 'client', ...evenings },
      own: { zone: 'client', allow: 'always', deny: [{ from: '22:00', to: '23:00' }] },
      noons: { zone: 'client', allow: [{ from: '12:00', to: '13:00' }] },
    };
    const latestDate = date('2026-11-24');
    const input = planInput({ calendars, latestDate, policyCalendarId: 'days' });
    const all = { ...input, vendorCalendarId: 'vendor' };
    const own = { layer: 'client', calendarId: 'own' } as const;
    const agreed = { layer: 'agreement', calendarId: 'noons', replacesAllow: true } as const;
    const layered = (...layers: PlanClient['layers']) => planClient('ash', { layers });
    const hours = (planned: PlanInput, client: PlanClient) =>
      startsFor(planned, client).map((span) => span.map((each) => each.slice(11)));

    expect(hours(input, layered())).toEqual([['01:00', '03:15']]);
    expect(hours(all, layered())).toEqual([['02:00', '03:15']]);
    expect(hours(all, layered(own))).toEqual([['02:00', '02:15']]);
    expect(hours(all, layered(agreed))).toEqual([['17:00', '17:15']]);
    const later = { ...agreed, valid: { since: date('2026-11-25') } };
    expect(hours(all, layered(later))).toEqual([['02:00', '03:15']]);
  });

  it('is one list for all clients to whom the same rules apply', () => {
    const allow = [
      { from: '20:00', to: '21:00' },
      { from: '06:00', to: '07:00', tags: ['early'] },
    ];
    const deny = [{ on: { dates: ['2026-11-25'] }, tags: ['fair'] }];
    const input = under({ allow, deny });
    const openTimeOf = openTimeOfClients(input, calendarsOf(input));
    const tagged = (...tags: readonly string[]) => openTimeOf(planClient('ash', { tags }));
    const plain = tagged();

    expect(tagged('city')).toBe(plain);
    expect(tagged('early', 'fair', 'city')).toBe(tagged('fair', 'early'));
    expect(plain.map(({ first }) => text(first))).toEqual([
      '2026-11-25T01:00',
      '2026-11-26T01:00',
      '2026-11-27T01:00',
    ]);
    expect(tagged('fair').map(({ first }) => text(first))).toEqual([
      '2026-11-25T01:00',
      '2026-11-27T01:00',
    ]);
    expect(tagged('early').map(({ first }) => text(first))).toEqual([
      '2026-11-25T01:00',
      '2026-11-25T11:00',
      '2026-11-26T01:00',
      '2026-11-26T11:00',
      '2026-11-27T01:00',
    ]);
    expect(openTimeOf(planClient('ash', { zone: 'America/Los_Angeles' }))).not.toBe(plain);
  });

  it('keeps to rules for hotfixes when the change is critical', () => {
    const input = under({ allow: [{ from: '06:00', to: '07:00', kinds: ['hotfix'] }] });

    expect(startsFor(input)).toEqual([]);
    expect(startsFor({ ...input, changeKind: 'hotfix' })).toHaveLength(2);
    expect(startsFor({ ...input, critical: true })).toHaveLength(2);
  });

  describe('where people must be there afterwards', () => {
    const wednesday = { on: { weekdays: ['wed'] }, from: '09:00', to: '17:00' };
    /** Eight hours of Wednesday must follow the work within so long. */
    const startsWithin = (within: string, plannedAt: string) => {
      const coverage = {
        teams: { help: { people: 1, hours: [wednesday] } },
        require: { aftercare: { within, hours: 8, teams: { help: 1 } } },
      };
      const input = under(
        { zone, allow: 'always', coverage },
        { plannedAt: parseInstant(plannedAt), latestDate: date('2026-11-25') },
      );
      return openTimeOfClients(
        input,
        calendarsOf(input),
      )(planClient('ash')).map(({ first, last }) => [instantOf(first), instantOf(last)]);
    };

    it.each([
      ['it ends between 5:00 and 9:00', 'PT12H', '09:15:00', '13:15:00'],
      ['it ends at 9:00', 'PT8H', '13:15:00', '13:15:00'],
      // Eight hours and half a minute after 8:59:30 are over at 17:00; only the next whole minute is tried.
      ['it ends at 9:00, not half a minute before', 'PT8H30S', '13:15:00', '13:15:00'],
    ])('lasts as long as %s', (_, within, first, last) => {
      expect(startsWithin(within, '2026-11-24T17:00:30Z')).toEqual([
        [`2026-11-25T${first}.000Z`, `2026-11-25T${last}.000Z`],
      ]);
    });

    it('begins at once, whole minute or not, where enough are there from the beginning', () => {
      expect(startsWithin('PT12H', '2026-11-25T12:00:30Z')).toEqual([
        ['2026-11-25T12:00:30.000Z', '2026-11-25T13:15:00.000Z'],
      ]);
    });
  });
});

describe('the end of a stretch', () => {
  const endAt = (at: string, rules: Record<string, unknown> = evenings): string => {
    const input = under(rules);
    const start = Date.parse(`${at}:00Z`);
    const client = planClient('ash');
    return text(stretchEndAt(start, { input, client, calendarOf: calendarsOf(input) }));
  };

  it('is found however late the start is', () => {
    expect(endAt('2027-06-02T00:30')).toBe('2027-06-02T03:00');
  });

  it('is the start itself where it is closed', () => {
    expect(endAt('2027-06-02T12:00')).toBe('2027-06-02T12:00');
    expect(endAt('2027-06-02T03:00')).toBe('2027-06-02T03:00');
  });

  it('is the start itself where nothing is open for days', () => {
    expect(endAt('2027-06-02T12:00', { allow: [] })).toBe('2027-06-02T12:00');
  });
});
