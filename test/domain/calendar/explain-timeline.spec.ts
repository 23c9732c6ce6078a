import { describe, expect, it } from '@jest/globals';
import type { CalendarDocument } from '../../../domain/calendar/calendar-document.ts';
import type { CalendarLayer } from '../../../domain/calendar/calendar-layer.ts';
import { endOfDayText, explainDays, type Timeline } from '../../../domain/calendar/explain-days.ts';
import type { Duration } from '../../../domain/duration.ts';
import type { LocalDate } from '../../../domain/instant.ts';
import { aLayer, at } from './reading.ts';

type Range = readonly [from: string, to: string];

function timeline(
  layers: readonly CalendarLayer[],
  [from, to]: Range,
  { worstCase, zone = 'UTC' }: { worstCase?: string; zone?: string } = {},
): Timeline {
  const scope = worstCase === undefined ? {} : { worstCase: worstCase as Duration };
  return explainDays(layers, { from: from as LocalDate, to: to as LocalDate, zone, scope });
}

/** What is open on each day, and what closes it. */
function told(layers: readonly CalendarLayer[], range: Range, worstCase?: string): unknown {
  const asked = worstCase === undefined ? {} : { worstCase };
  return timeline(layers, range, asked).days.map(({ date, open, closedBecause }) => [
    ...open.map((each) => `${each.localStart.slice(11, 16)}-${endOfDayText(each, date)}`),
    ...closedBecause.map(({ layer, text }) => `${layer}: ${text}`),
  ]);
}

const tuesday: Range = ['2026-11-24', '2026-11-24'];
const mornings = aLayer({ allow: [{ from: '08:00', to: '12:00' }] }, 'vendor');
const evenings = aLayer({ allow: [{ name: 'evening', from: '18:00', to: '24:00' }] }, 'client');
const sundays = aLayer({ allow: [{ on: { weekdays: ['sun'] } }] }, 'policy');
const always = aLayer({}, 'freeze');

function desk(document: Partial<CalendarDocument>, during = 1): CalendarLayer {
  const hours = [{ from: '23:00', to: '24:00' }];
  const teams = { desk: { people: 1, hours } };
  return aLayer({ ...document, coverage: { teams, require: { during: { desk: during } } } });
}

describe('a day on which nothing is allowed', () => {
  it('is closed by the layers that allow nothing of it alone', () => {
    expect(told([mornings, sundays, always, evenings], tuesday)).toEqual([
      ["policy: outside the policy's allowed times"],
    ]);
  });

  it('is closed by all that allow some of it when they do not meet, and no other', () => {
    expect(told([mornings, always, evenings], tuesday)).toEqual([
      ["vendor: outside the vendor's allowed times", "client: outside the client's allowed times"],
    ]);
  });
});

describe('a day that rules close', () => {
  it('says no end of a rule that has none within two years', () => {
    const never = aLayer({ deny: [{ name: 'Never', on: { not: { dates: [] } } }] }, 'client');

    expect(timeline([never], tuesday).days[0]?.closedBecause).toEqual([
      { layer: 'client', rule: 'Never', text: 'the client\'s "Never"', until: null },
    ]);
  });

  it('names each rule once, in the order in which they begin', () => {
    const layer = aLayer({
      deny: [
        { name: 'late', from: '20:00', to: '24:00' },
        { name: 'often', from: '08:00', to: '09:00' },
        { name: 'often', from: '12:00', to: '13:00' },
      ],
    });

    expect(told([layer], tuesday)).toEqual([
      [
        '00:00-08:00',
        '09:00-12:00',
        '13:00-20:00',
        'calendar: from 08:00: "often" until 09:00',
        'calendar: from 20:00: "late" until Wednesday 25 November 00:00',
      ],
    ]);
  });

  it('is not closed by a team that is never short in the allowed time', () => {
    const allow = [{ from: '23:00', to: '24:00' }];

    expect(told([desk({ allow })], tuesday)).toEqual([['23:00-24:00']]);
    expect(told([desk({ allow }, 2)], tuesday)).toEqual([
      ['coverage: desk has 1 of 2 people: desk is a team of 1'],
    ]);
  });

  it('says of work that is too long for all that is allowed no more than that', () => {
    const allow = [{ from: '23:00', to: '24:00' }];

    expect(told([desk({ allow })], tuesday, 'PT2H')).toEqual([
      [
        'calendar: work of up to 2 h does not fit: open only until Wednesday 25 November 00:00, for 1 h',
      ],
    ]);
  });
});

describe('the open time of a day', () => {
  it('is that of no calendar at all: always', () => {
    expect(told([], tuesday, 'PT3H')).toEqual([['00:00-24:00']]);
  });

  it('holds what runs on from a start the day before', () => {
    const night = aLayer({ allow: [{ from: '22:00', to: '00:30' }] });

    expect(told([night], tuesday, 'PT1H')).toEqual([['00:00-00:30', '22:00-24:00']]);
  });

  it('names every rule that allows it once, in whatever layers', () => {
    const both = aLayer({ allow: [{ name: 'evening', from: '17:00', to: '19:00' }] }, 'vendor');

    expect(timeline([both, evenings], tuesday).days[0]?.open).toEqual([
      {
        start: at('2026-11-24T18:00Z'),
        end: at('2026-11-24T19:00Z'),
        localStart: '2026-11-24T18:00:00',
        localEnd: '2026-11-24T19:00:00',
        rules: ['evening'],
      },
    ]);
  });

  it('is none of a date that the zone skips', () => {
    const skipped: Range = ['2011-12-30', '2011-12-30'];

    expect(timeline([always], skipped, { zone: 'Pacific/Apia' })).toMatchObject({
      days: [],
      opens: 0,
      summary: 'No day of 0 has open time.',
    });
  });

  it('is none of a range that ends before it begins', () => {
    expect(timeline([always], ['2026-11-24', '2026-11-22']).days).toEqual([]);
  });
});

describe('the summary', () => {
  const weekdaysOnly = aLayer({
    allow: [{ on: { weekdays: ['tue'] }, from: '18:00', to: '24:00' }],
  });

  it.each<[string, readonly CalendarLayer[], Range, string]>([
    [
      'one day',
      [weekdaysOnly],
      ['2026-11-23', '2026-11-25'],
      '1 of 3 days has open time, first Tuesday 24 November 18:00–24:00.',
    ],
    [
      'some days',
      [weekdaysOnly],
      ['2026-11-23', '2026-12-01'],
      '2 of 9 days have open time, first Tuesday 24 November 18:00–24:00.',
    ],
    ['no day', [weekdaysOnly], ['2026-11-25', '2026-11-26'], 'No day of 2 has open time.'],
  ])('counts %s', (_what, layers, range, summary) => {
    expect(timeline(layers, range).summary).toBe(summary);
  });
});
