import type { ClientId } from '../../../../domain/ids.ts';
import { type LocalDate, parseInstant } from '../../../../domain/instant.ts';
import { plan } from '../../../../domain/rollout/plan.ts';
import type { PlanInput } from '../../../../domain/rollout/plan-input.ts';
import type { Policy } from '../../../../domain/rollout/policy.ts';
import { duration, planClient, planInput, policyOf } from '../plan-input-of.ts';
import { helpFor, onDates, quick, worldOn } from './relaxation-world.ts';

describe('a later date', () => {
  const latestDate = '2026-11-25' as LocalDate;

  it('is asked for first when up to seven days more are enough', () => {
    const input = worldOn(['2026-12-02'], { latestDate });

    expect(helpFor(input)).toBe(
      'latest-date with the latest date moved to 2 December: 2 December 20:00',
    );
  });

  it('counts from the end of the policy where nobody wished for a date', () => {
    const input = worldOn(['2026-11-27'], { policy: quick({ latestDateDays: 1 }) });

    expect(helpFor(input)).toBe(
      'latest-date with the latest date moved to 27 November: 27 November 20:00',
    );
  });

  it('comes after everything else when it takes more than a week', () => {
    const freeze = {
      zone: 'client',
      allow: 'always',
      deny: [{ name: 'own', between: ['2026-11-25T00:00', '2026-11-26T00:00'] }],
    };
    const clients = [planClient('ash', { layers: [{ layer: 'freeze', calendarId: 'freeze' }] })];
    const days = onDates(['2026-11-25', '2026-12-03']);
    const calendars = { vendor: days, days, freeze };

    expect(helpFor(worldOn([], { latestDate, clients, calendars }))).toBe(
      "freeze with the client's own freeze lifted on 24 November: 25 November 20:00",
    );
    expect(helpFor(worldOn(['2026-12-03'], { latestDate }))).toBe(
      'latest-date with the latest date moved to 3 December: 3 December 20:00',
    );
  });

  it.each([
    ['2027-01-24', 'latest-date with the latest date moved to 24 January: 24 January 20:00'],
    ['2027-01-25', null],
  ])('reaches sixty days further and no more: %s', (date, help) => {
    expect(helpFor(worldOn([date], { latestDate }))).toBe(help);
  });

  it('is no help where another rollout is at the client then', () => {
    const taken = [
      {
        clientId: 'id-ash' as ClientId,
        deployer: 'other',
        start: parseInstant('2026-12-02T00:00:00Z'),
        end: parseInstant('2026-12-03T02:00:00Z'),
      },
    ];
    const input = worldOn(['2026-12-01', '2026-12-02'], { latestDate, taken });

    // Of the evening from 20:00 the other rollout leaves what begins at 21:00.
    expect(helpFor(input)).toBe(
      'latest-date with the latest date moved to 2 December: 2 December 21:00',
    );
  });
});

describe("the client's own freeze", () => {
  const latestDate = '2026-12-10' as LocalDate;
  const between = (name: string, from: string, to: string) => ({
    name,
    between: [`${from}T00:00`, `${to}T00:00`],
  });
  const early = between('early', '2026-11-24', '2026-12-03');
  const late = between('late', '2026-12-03', '2027-03-01');
  const frozen = (deny: readonly unknown[], layer: 'client' | 'freeze' = 'freeze') =>
    planInput({
      policy: quick(),
      latestDate,
      calendars: { ...planInput().calendars, own: { zone: 'client', allow: 'always', deny } },
      clients: [planClient('ash', { layers: [{ layer, calendarId: 'own' }] })],
    });

  it.each([
    ['the later of two', [early, late]],
    ['in whatever order they stand', [late, early]],
  ])('is lifted as late as possible: %s', (_, deny) => {
    expect(helpFor(frozen(deny))).toBe(
      "freeze with the client's own freeze lifted on 9 December: 10 December 20:00",
    );
  });

  it('is lifted for the last stretch that has a place', () => {
    const taken = [
      {
        clientId: 'other' as ClientId,
        deployer: 'other',
        start: parseInstant('2026-12-11T01:00:00Z'),
        end: parseInstant('2026-12-11T04:00:00Z'),
      },
    ];
    const input = { ...frozen([early, late]), vendorLimit: 1, taken };

    expect(helpFor(input)).toBe(
      "freeze with the client's own freeze lifted on 8 December: 9 December 20:00",
    );
  });

  it('is told from the days off in its own calendar, which are a rule', () => {
    const weekdays = { name: 'never midweek', on: { weekdays: ['tue', 'wed', 'thu'] } };

    expect(helpFor(frozen([weekdays], 'client'))).toBe(
      'rule with an exception from never midweek (client) on 24 November: 24 November 20:00',
    );
    expect(helpFor(frozen([weekdays]))).toBe(
      "freeze with the client's own freeze lifted on 9 December: 10 December 20:00",
    );
  });
});

describe('an exception', () => {
  it('is asked from the rule that gives the earliest date', () => {
    const from = (name: string, first: string, next: string) => ({
      name,
      between: [`${first}T00:00`, `${next}T00:00`],
    });
    const deny = [
      from('Stocktaking', '2026-11-26', '2027-06-01'),
      from('Fair', '2026-11-24', '2026-11-26'),
    ];
    const vendor = { zone: 'client', allow: 'always', deny };
    const input = planInput({
      policy: quick(),
      calendars: { ...planInput().calendars, vendor },
      vendorCalendarId: 'vendor',
      latestDate: '2026-12-31' as LocalDate,
    });

    expect(helpFor(input)).toBe(
      'rule with an exception from Fair (vendor) on 24 November: 24 November 20:00',
    );
  });

  it('is asked from the allowed times where nothing is denied', () => {
    const calendars = { days: onDates(['2027-06-01']) };
    const input = planInput({ policy: quick(), calendars, policyCalendarId: 'days' });

    // Planned at noon; the notice of ten seconds comes first.
    expect(plan(input).clients[0]?.placement).toMatchObject({
      relaxation: {
        kind: 'rule',
        text: 'with an exception from the allowed times (policy) on 24 November: 24 November 12:00',
        slotStart: '2026-11-24T17:00:10.000Z',
      },
    });
  });
});

describe('a shorter notice', () => {
  const plannedAt = (text: string): Partial<PlanInput> => ({ plannedAt: parseInstant(text) });

  it.each<readonly [string, Policy['lead'], string, Partial<PlanInput>, string | null]>([
    // Due on Thursday at 17:00, queued on Wednesday at 9:00; a day more would be queued today before noon.
    ['3 of 5 business days', { businessDays: 5 }, '2026-12-01', {}, '3 business days instead of 5'],
    ['1 of 5 business days', { businessDays: 5 }, '2026-11-27', {}, '1 business day instead of 5'],
    ['none of 5', { businessDays: 5 }, '2026-11-26', {}, '0 business days instead of 5'],
    // Queued two hours before 17:00, two days before.
    ['2 of 3 days', { days: 3 }, '2026-11-26', {}, '2 days instead of 3'],
    [
      '1 of 3 days',
      { days: 3 },
      '2026-11-26',
      plannedAt('2026-11-24T20:00:01Z'),
      '1 day instead of 3',
    ],
    ['half of 72 hours', { hours: 72 }, '2026-11-26', {}, '36 hours instead of 72'],
    ['half of 73 hours', { hours: 73 }, '2026-11-26', {}, '36 hours instead of 73'],
    ['no hours of 72', { hours: 72 }, '2026-11-25', {}, '0 hours instead of 72'],
    ['at least none', { days: 3 }, '2026-11-24', plannedAt('2026-11-24T22:30:00Z'), null],
  ])('is as long as possible: %s', (_, lead, date, when, words) => {
    const input = worldOn([date], { policy: quick({ lead }), ...when });
    const help = words === null ? null : expect.stringMatching(`^lead with notice of ${words}: `);

    expect(helpFor(input)).toEqual(help);
  });

  it('is none at all where the policy counts in exact time', () => {
    const input = worldOn(['2026-11-25'], {
      policy: quick({ lead: { duration: duration('P3D') } }),
    });

    expect(helpFor(input)).toBe('lead with no notice before it: 25 November 20:00');
  });

  it('is measured by the notice that the client agreed on where that is the longer one', () => {
    const policy = quick({ lead: { businessDays: 1 } });
    const clients = [planClient('ash', { agreedLead: { businessDays: 5 } })];

    expect(helpFor(worldOn(['2026-12-01'], { policy, clients }))).toBe(
      'lead with notice of 3 business days instead of 5: 1 December 20:00',
    );
  });

  it('helps nobody whose preview finds no time', () => {
    const previews = onDates(['2025-01-01']);
    const days = onDates(['2026-12-03']);
    const input = worldOn([], {
      policy: policyOf('transparent-release', { lead: { businessDays: 9 } }),
      calendars: { vendor: days, days, previews },
      previewCalendarId: 'previews',
    });

    expect(plan(input).clients[0]?.placement).toEqual({
      kind: 'unplaced',
      reasons: ['no time for its preview is open to the preview calendar'],
      relaxation: null,
    });
  });
});
