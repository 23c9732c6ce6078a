import { describe, expect, it } from '@jest/globals';
import {
  type CalendarLayer,
  layerFrom,
  scopeLayers,
} from '../../../domain/calendar/calendar-layer.ts';
import { judgeSchedule } from '../../../domain/calendar/judge-schedule.ts';
import { listWindows } from '../../../domain/calendar/list-windows.ts';
import type { Instant, LocalDate } from '../../../domain/instant.ts';

const evening = { from: '20:00', to: '23:00' };
const tuesdays = {
  zone: 'UTC',
  allow: [{ name: 'Tuesdays', on: { weekdays: ['tue'] }, ...evening }],
};
const sundays = {
  zone: 'client',
  allow: [{ name: 'Sundays', on: { weekdays: ['sun'] }, ...evening }],
  deny: [{ name: 'fair', on: { dates: ['2027-01-17', '2027-02-14'] } }],
};
const scope = { clientZone: 'America/Toronto' };

function layersUntil(until: string, since = '2026-11-01'): readonly CalendarLayer[] {
  const valid = { since: since as LocalDate, until: until as LocalDate };
  return [
    layerFrom('vendor', tuesdays),
    layerFrom('policy', { zone: 'UTC', allow: tuesdays.allow }),
    { ...layerFrom('agreement', sundays), replacesAllow: true, valid },
  ];
}

function judge(layers: readonly CalendarLayer[], at: string) {
  return judgeSchedule(layers, at as Instant, scope);
}

describe('an agreement that holds for some time', () => {
  // 20:00 in Toronto is 01:00 of the next day in UTC.
  it.each([
    ['opens Sundays while it holds', '2027-01-25T01:30:00.000Z', []],
    ['closes Tuesdays while it holds', '2027-01-26T21:00:00.000Z', ['agreement: no allow rule']],
    ['holds to the end of its last day', '2027-02-01T01:30:00.000Z', []],
    ['leaves Tuesdays to the vendor after it', '2027-02-02T21:00:00.000Z', []],
    [
      'closes Sundays after it',
      '2027-02-08T01:30:00.000Z',
      ['vendor: no allow rule', 'policy: no allow rule'],
    ],
    ['denies while it holds', '2027-01-18T01:30:00.000Z', ['agreement: fair']],
    [
      'denies nothing after it',
      '2027-02-15T01:30:00.000Z',
      ['vendor: no allow rule', 'policy: no allow rule'],
    ],
    ['leaves Tuesdays to the vendor before it', '2026-10-27T21:00:00.000Z', []],
  ])('%s', (_, at, expected) => {
    const { reasons } = judge(layersUntil('2027-01-31'), at);

    expect(reasons.map(({ layer, rule }) => `${layer}: ${rule}`)).toEqual(expected);
  });

  it('finds the next opening on the other side of its last day', () => {
    const verdict = judge(layersUntil('2027-01-31'), '2027-02-01T05:00:00.000Z');

    expect(verdict.nextOpen).toBe('2027-02-02T20:00:00.000Z');
  });

  it('lists the windows of whoever has the say', () => {
    const range = {
      start: Date.parse('2027-01-24T00:00:00Z'),
      end: Date.parse('2027-02-10T00:00:00Z'),
    };
    const windows = listWindows(scopeLayers(layersUntil('2027-01-31'), scope), range);
    const shown = windows.map(({ layer, start }) => `${layer} ${new Date(start).toISOString()}`);

    expect(shown).toEqual([
      'agreement 2027-01-25T01:00:00.000Z',
      'agreement 2027-02-01T01:00:00.000Z',
      'vendor 2027-02-02T20:00:00.000Z',
      'policy 2027-02-02T20:00:00.000Z',
      'vendor 2027-02-09T20:00:00.000Z',
      'policy 2027-02-09T20:00:00.000Z',
    ]);
  });

  it('lists none of its own windows when it no longer holds', () => {
    const daily = layerFrom('vendor', { zone: 'UTC', allow: [{ from: '00:00', to: '24:00' }] });
    const [, , agreement] = layersUntil('2027-01-31');
    const range = {
      start: Date.parse('2027-02-08T00:00:00Z'),
      end: Date.parse('2027-02-09T00:00:00Z'),
    };

    const windows = listWindows(scopeLayers([daily, agreement!], scope), range);

    expect(windows).toEqual([{ ...range, layer: 'vendor', rule: 'allow[0]' }]);
  });

  it('cuts a window at the midnight that ends its last day', () => {
    const night = {
      zone: 'client',
      allow: [{ on: { weekdays: ['sun'] }, from: '22:00', to: '02:00' }],
    };
    const [vendor, , agreement] = layersUntil('2027-01-31');
    const layers = [vendor!, { ...agreement!, ...layerFrom('agreement', night) }];

    expect(judge(layers, '2027-02-01T03:30:00.000Z').nextClose).toBe('2027-02-01T05:00:00.000Z');
  });

  it('takes the say at all times without days', () => {
    const always = { ...layerFrom('agreement', sundays), replacesAllow: true as const };
    const layers = [layerFrom('vendor', tuesdays), always];

    expect(judge(layers, '2027-02-08T01:30:00.000Z').closed).toBe(false);
    expect(judge(layers, '2027-02-02T21:00:00.000Z').closed).toBe(true);
  });

  // Midnight in Toronto is 04:00 in UTC in summer, 05:00 in winter.
  it.each([
    [
      'holds from the midnight that begins its first day',
      '2026-11-01T04:00:00.000Z',
      ['agreement: no allow rule'],
    ],
    [
      'does not hold a millisecond before',
      '2026-11-01T03:59:59.999Z',
      ['vendor: no allow rule', 'policy: no allow rule'],
    ],
    ['holds to the last millisecond', '2027-02-01T04:59:59.999Z', ['agreement: no allow rule']],
    [
      'does not hold from the midnight that ends its last day',
      '2027-02-01T05:00:00.000Z',
      ['vendor: no allow rule', 'policy: no allow rule'],
    ],
  ])('%s', (_, at, expected) => {
    const { reasons } = judge(layersUntil('2027-01-31'), at);

    expect(reasons.map(({ layer, rule }) => `${layer}: ${rule}`)).toEqual(expected);
  });

  it.each([
    ['2026-11-01T03:59:59.999Z', false],
    ['2026-11-01T04:00:00.000Z', true],
    ['2026-11-01T05:59:59.999Z', true],
    ['2027-02-01T03:00:00.000Z', true],
    ['2027-02-01T04:59:59.999Z', true],
    ['2027-02-01T05:00:00.000Z', false],
    ['2027-02-01T05:30:00.000Z', false],
  ])('denies a night on its own side of the midnights alone: %s', (at, isDenied) => {
    const nights = {
      zone: 'client',
      allow: 'always',
      deny: [{ name: 'night', from: '22:00', to: '02:00' }],
    };
    const [, , agreement] = layersUntil('2027-01-31');
    const vendor = layerFrom('vendor', { zone: 'UTC', allow: 'always' });
    const layers = [vendor, { ...agreement!, ...layerFrom('agreement', nights) }];

    expect(judge(layers, at).closed).toBe(isDenied);
  });

  it('opens every instant while it holds, and leaves the rest to the vendor', () => {
    const [vendor, , agreement] = layersUntil('2027-01-31');
    const always = { ...agreement!, ...layerFrom('agreement', { zone: 'UTC', allow: 'always' }) };
    const policy = layerFrom('policy', { zone: 'UTC', allow: 'always' });

    const asked = [
      '2027-02-01T04:59:59.000Z',
      '2027-02-01T05:00:00.000Z',
      '2027-02-02T20:00:00.000Z',
    ];

    expect(asked.map((at) => judge([vendor!, policy, always], at).closed)).toEqual([
      false,
      true,
      false,
    ]);
  });

  it.each<[string, object, readonly boolean[]]>([
    ['since a day', { since: '2027-01-31' }, [true, false, false]],
    ['until a day', { until: '2027-01-31' }, [false, false, true]],
  ])('may hold %s alone', (_what, valid, open) => {
    const [vendor, , agreement] = layersUntil('2027-01-31');
    const layers = [vendor!, { ...agreement!, valid }] as readonly CalendarLayer[];
    // 20:30 in Toronto on three Sundays
    const sundaysAt = [
      '2027-01-25T01:30:00.000Z',
      '2027-02-01T01:30:00.000Z',
      '2027-02-08T01:30:00.000Z',
    ];

    expect(sundaysAt.map((at) => judge(layers, at).closed)).toEqual(open);
  });

  it('needs the zone of the client', () => {
    expect(() =>
      judgeSchedule(layersUntil('2027-01-31').slice(0, 2), '2027-02-02T21:00:00.000Z' as Instant),
    ).not.toThrow();
    const utc = { zone: 'UTC', allow: 'always' };
    const agreement = { ...layersUntil('2027-01-31')[2]!, ...layerFrom('agreement', utc) };
    expect(() => judgeSchedule([agreement], '2027-02-02T21:00:00.000Z' as Instant)).toThrow(
      expect.objectContaining({
        code: 'client-zone-missing',
        at: 'clientZone',
        message: 'an agreement holds on days of the client’s own zone; say clientZone',
      }),
    );
  });
});
