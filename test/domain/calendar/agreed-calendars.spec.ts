import type {
  CalendarDocument,
  CalendarRuleDocument,
} from '../../../domain/calendar/calendar-document.ts';
import {
  layerFrom,
  scopeLayers,
  type CalendarLayer,
} from '../../../domain/calendar/calendar-layer.ts';
import { judgeSchedule } from '../../../domain/calendar/judge-schedule.ts';
import { listWindows } from '../../../domain/calendar/list-windows.ts';
import { fits, nextOpen, openStretches } from '../../../domain/calendar/open-stretches.ts';
import { epochMsOf } from '../../../domain/instant.ts';
import type { Duration } from '../../../domain/duration.ts';
import { aLayer, at, short } from './reading.ts';

const tuesdays: CalendarRuleDocument[] = [
  { name: 'Tuesdays', on: { weekdays: ['tue'] }, from: '20:00', to: '23:00' },
];
const sundays: CalendarRuleDocument[] = [
  { name: 'Sundays', on: { weekdays: ['sun'] }, from: '08:00', to: '12:00' },
];
const freeze: CalendarRuleDocument = {
  name: 'year-end',
  between: ['2026-12-15T00:00', '2027-01-05T00:00'],
};

function agreed(document: Partial<CalendarDocument> = { allow: sundays }): CalendarLayer {
  return { ...aLayer(document, 'agreement'), replacesAllow: true };
}

const vendor = aLayer({ allow: tuesdays, deny: [freeze] }, 'vendor');
const policy = aLayer({ allow: [{ name: 'mornings', from: '06:00', to: '11:00' }] }, 'policy');

describe('an agreement that replaces', () => {
  it('opens Sundays instead of Tuesdays, whatever the vendor and the policy allow', () => {
    const layers = [vendor, policy, agreed()];

    expect(short(nextOpen(layers, at('2026-11-24T21:00Z')))).toBe('2026-11-29T08:00Z');
    expect(short(nextOpen(layers, at('2026-11-29T11:59Z')))).toBe('2026-11-29T11:59Z');
    expect(fits(layers, at('2026-11-29T08:00Z'), { worstCase: 'PT4H' as Duration })).toBe(true);
  });

  it('leaves the deny rules of the vendor and the policy in force', () => {
    const {
      closed,
      reasons,
      nextOpen: opens,
    } = judgeSchedule([vendor, agreed()], at('2026-12-20T09:00Z'));

    expect(closed).toBe(true);
    expect(reasons).toEqual([
      { layer: 'vendor', rule: 'year-end', until: '2027-01-05T00:00:00.000Z' },
    ]);
    expect(short(opens)).toBe('2027-01-10T08:00Z');
  });

  it('leaves what the client allows itself, and its freezes', () => {
    const client = aLayer({ allow: [{ from: '10:00', to: '24:00' }] }, 'client');
    const own = aLayer(
      { allow: 'always', deny: [{ name: 'stocktaking', on: { dates: ['2026-11-29'] } }] },
      'freeze',
    );

    expect(short(nextOpen([vendor, client, own, agreed()], at('2026-11-25T00:00Z')))).toBe(
      '2026-12-06T10:00Z',
    );
  });

  it('has rules of its own that deny', () => {
    const layer = agreed({
      allow: sundays,
      deny: [{ name: 'never in Advent', on: { months: [12] } }],
    });

    expect(judgeSchedule([vendor, layer], at('2026-12-06T09:00Z')).reasons).toEqual([
      { layer: 'agreement', rule: 'never in Advent', until: '2027-01-01T00:00:00.000Z' },
    ]);
  });

  it('names itself when nothing is allowed', () => {
    const { reasons } = judgeSchedule([vendor, policy, agreed()], at('2026-11-24T21:00Z'));

    expect(reasons).toEqual([{ layer: 'agreement', rule: 'no allow rule' }]);
  });

  it('has windows of its own alone, with the vendor’s freeze cut out', () => {
    const [start, end] = ['2026-12-12T00:00Z', '2027-01-12T00:00Z'].map((each) =>
      epochMsOf(at(each)),
    );

    const windows = listWindows(scopeLayers([vendor, policy, agreed()], {}), {
      start: start ?? 0,
      end: end ?? 0,
    });

    expect(
      windows.map((each) => [each.layer, each.rule, new Date(each.start).toISOString()]),
    ).toEqual([
      ['agreement', 'Sundays', '2026-12-13T08:00:00.000Z'],
      ['agreement', 'Sundays', '2027-01-10T08:00:00.000Z'],
    ]);
  });

  it('has one window alone when it opens every instant', () => {
    const range = {
      start: epochMsOf(at('2026-11-24T00:00Z')),
      end: epochMsOf(at('2026-11-25T00:00Z')),
    };

    const windows = listWindows(scopeLayers([vendor, agreed({ allow: 'always' })], {}), range);

    expect(windows).toEqual([{ ...range, layer: 'agreement', rule: 'always' }]);
  });

  it('may open every instant', () => {
    const range = { start: at('2026-12-14T00:00Z'), end: at('2026-12-16T00:00Z') };

    expect(openStretches([vendor, agreed({ allow: 'always' })], range)).toEqual([
      { start: range.start, end: at('2026-12-15T00:00Z') },
    ]);
  });

  it('opens nothing when it cannot be read', () => {
    const broken = {
      ...layerFrom('agreement', { zone: 'UTC', allow: [{ from: '08:00' }] }),
      replacesAllow: true as const,
    };

    const { closed, reasons } = judgeSchedule([vendor, broken], at('2026-11-24T21:00Z'));

    expect(closed).toBe(true);
    expect(reasons.map(({ layer }) => layer)).toEqual(['agreement', 'agreement']);
  });
});

describe('an agreement that does not replace', () => {
  it('narrows what the vendor allows', () => {
    const narrower = aLayer({ allow: [{ from: '21:00', to: '22:00' }] }, 'agreement');

    expect(short(nextOpen([vendor, narrower], at('2026-11-24T12:00Z')))).toBe('2026-11-24T21:00Z');
  });
});

describe('windows of several layers', () => {
  const range = {
    start: epochMsOf(at('2026-11-24T00:00Z')),
    end: epochMsOf(at('2026-11-26T00:00Z')),
  };
  const always = aLayer({ allow: 'always' }, 'client');
  const frozen = aLayer({ allow: 'always', deny: [{ on: { weekdays: ['wed'] } }] }, 'freeze');

  it('are those of the rules alone when the other layers are always open', () => {
    const windows = listWindows(scopeLayers([vendor, always, frozen], {}), range);

    expect(windows.map(({ layer, rule }) => `${layer} ${rule}`)).toEqual(['vendor Tuesdays']);
  });

  it('are one for each layer when all of them are always open', () => {
    const windows = listWindows(scopeLayers([always, frozen], {}), range);

    expect(
      windows.map(({ layer, rule, end }) => [layer, rule, new Date(end).toISOString()]),
    ).toEqual([
      ['client', 'always', '2026-11-25T00:00:00.000Z'],
      ['freeze', 'always', '2026-11-25T00:00:00.000Z'],
    ]);
  });
});
