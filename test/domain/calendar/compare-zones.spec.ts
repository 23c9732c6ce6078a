import { describe, expect, it } from '@jest/globals';
import { differingZones, type OtherClock } from '../../../domain/calendar/compare-zones.ts';
import { instantToLocal } from '../../../domain/calendar/zone.ts';
import { plusMs, type Instant } from '../../../domain/instant.ts';
import { at, short } from './reading.ts';

const toronto = 'America/Toronto';
const now = at('2026-11-25T12:00Z');
const agreeing: OtherClock = (zone, instant) => instantToLocal(zone, instant).local;

/** The instants at which the other data were asked. */
function asked(start: Instant): readonly (string | undefined)[] {
  const instants: Instant[] = [];
  differingZones([toronto], start, (zone, instant) => {
    instants.push(instant);
    return agreeing(zone, instant);
  });
  return instants.map((each) => short(each));
}

/** Other data that have a zone an hour ahead from an instant on. */
function aheadFrom(zone: string, instant: string): OtherClock {
  return (each, from) =>
    each === zone && from >= at(instant)
      ? instantToLocal(each, plusMs(from, 3_600_000)).local
      : agreeing(each, from);
}

describe('other zone data', () => {
  it('are asked every thirty days of a year, and half a day before and after each change', () => {
    expect(asked(now)).toEqual([
      '2026-11-25T12:00Z',
      '2026-12-25T12:00Z',
      '2027-01-24T12:00Z',
      '2027-02-23T12:00Z',
      '2027-03-13T19:00Z',
      '2027-03-14T19:00Z',
      '2027-03-25T12:00Z',
      '2027-04-24T12:00Z',
      '2027-05-24T12:00Z',
      '2027-06-23T12:00Z',
      '2027-07-23T12:00Z',
      '2027-08-22T12:00Z',
      '2027-09-21T12:00Z',
      '2027-10-21T12:00Z',
      '2027-11-06T18:00Z',
      '2027-11-07T18:00Z',
      '2027-11-20T12:00Z',
    ]);
  });

  it.each([
    ['now', '2026-11-01T06:00Z', '2026-10-31T18:00Z'],
    ['in a year', '2026-03-14T07:00Z', '2027-03-13T19:00Z'],
  ])('are not asked about a change that is exactly %s', (_when, start, before) => {
    expect(asked(at(start))).toHaveLength(15);
    expect(asked(at(start))).not.toContain(before);
  });

  it('differ from the first instant at which they tell another time', () => {
    const other = aheadFrom(toronto, '2027-03-14T07:00Z');

    expect(differingZones(['Europe/Berlin', toronto], now, other)).toEqual([
      {
        zone: toronto,
        from: at('2027-03-14T19:00Z'),
        bundled: '2027-03-14T15:00:00',
        other: '2027-03-14T16:00:00',
      },
    ]);
  });

  it('do not differ by seconds', () => {
    const other: OtherClock = (zone, instant) => `${agreeing(zone, instant)?.slice(0, 17) ?? ''}59`;

    expect(differingZones([toronto], now, other)).toEqual([]);
  });

  it('do not differ about a zone that they do not know', () => {
    expect(differingZones([toronto], now, () => null)).toEqual([]);
  });
});
