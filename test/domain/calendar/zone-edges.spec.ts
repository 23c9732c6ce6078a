import { describe, expect, it } from '@jest/globals';
import { CalendarError } from '../../../domain/calendar/calendar-error.ts';
import { isZone, localToInstant, offsetText } from '../../../domain/calendar/zone.ts';
import { zonesWithRules } from '../../../domain/calendar/zone-table.ts';

describe('the zones of the bundled data', () => {
  it('are those with rules of their own, and no other names for them', () => {
    const zones = zonesWithRules();

    expect(zones).toEqual(expect.arrayContaining(['America/Toronto', 'Etc/UTC']));
    expect(zones.filter((each) => ['UTC', 'US/Eastern'].includes(each))).toEqual([]);
    expect(zones.length).toBe(new Set(zones).size);
  });

  it.each(['-05:0', '-05:000', 'x-05:00', '+18:60', '-5:00', 'Toronto', ''])(
    'have no zone "%s"',
    (name) => {
      expect(isZone(name)).toBe(false);
    },
  );
});

describe('a local time before all rules', () => {
  it.each([
    ['UTC', '1960-01-01T00:00', '1960-01-01T00:00:00.000Z'],
    ['-05:00', '1960-01-01T00:00', '1960-01-01T05:00:00.000Z'],
    ['Etc/UTC', '0001-01-01T00:00', '0001-01-01T00:00:00.000Z'],
  ])('is one instant in %s', (zone, local, instant) => {
    expect(localToInstant(zone, local)).toEqual({ instant, resolved: 'exact' });
  });
});

describe('an offset', () => {
  it.each([
    [0, '+00:00'],
    [-18_000_000, '-05:00'],
    [20_700_000, '+05:45'],
    [18_030_000, '+05:00:30'],
    [-1_000, '-00:00:01'],
  ])('of %i ms is %s', (ms, text) => {
    expect(offsetText(ms)).toBe(text);
  });
});

it('a time that is none is an error that says where and what to write', () => {
  const read = (): unknown => localToInstant('UTC', 'tonight');

  expect(read).toThrow(CalendarError);
  expect(read).toThrow(
    expect.objectContaining({
      name: 'CalendarError',
      code: 'bad-local-time',
      at: 'local',
      message: '"tonight" is no local time; write 2026-11-25T20:00',
    }),
  );
});
