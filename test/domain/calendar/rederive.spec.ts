import { describe, expect, it } from '@jest/globals';
import { rederive } from '../../../domain/calendar/rederive.ts';
import { tableOfZone } from '../../../domain/calendar/zone.ts';
import type { ZoneTable } from '../../../domain/calendar/zone-table.ts';
import type { Instant } from '../../../domain/instant.ts';

const hourMs = 3_600_000;

/** A release of the zone data in which Winnipeg stays an hour ahead for good. */
function changed(): ZoneTable {
  return { changes: [], offsets: [-5 * hourMs], localStarts: [] };
}

const evening = {
  zone: 'America/Winnipeg',
  local: '2027-01-12T20:00:00',
  instant: '2027-01-13T02:00:00.000Z' as Instant,
};

describe('a stored date under other zone data', () => {
  it('moves when the clocks will show another time at its instant', () => {
    expect(rederive(evening, changed)).toEqual({
      kind: 'moved',
      instant: '2027-01-13T01:00:00.000Z',
      minutesLater: -60,
      text: 'planned for 2027-01-12 20:00 in America/Winnipeg; the clocks will show 2027-01-12 21:00 then, so 2027-01-12 20:00 is 60 minutes earlier',
    });
  });

  it('moves the other way when the clocks will show less', () => {
    const behind = (): ZoneTable => ({ changes: [], offsets: [-7 * hourMs], localStarts: [] });

    expect(rederive(evening, behind)).toEqual({
      kind: 'moved',
      instant: '2027-01-13T03:00:00.000Z',
      minutesLater: 60,
      text: 'planned for 2027-01-12 20:00 in America/Winnipeg; the clocks will show 2027-01-12 19:00 then, so 2027-01-12 20:00 is 60 minutes later',
    });
  });

  it('stays where they still show the chosen time', () => {
    const toronto = { ...evening, zone: 'America/Toronto', instant: '2027-01-13T01:00:00.000Z' };

    expect(rederive(toronto as typeof evening)).toEqual({ kind: 'same' });
  });

  it.each(['2026-11-01T05:30:00.000Z', '2026-11-01T06:30:00.000Z'])(
    'stays in either hour of an overlap: %s',
    (instant) => {
      const time = { zone: 'America/Toronto', local: '2026-11-01T01:30:00' };

      expect(rederive({ ...time, instant: instant as Instant })).toEqual({ kind: 'same' });
    },
  );

  it('says so when a zone is gone', () => {
    expect(rederive({ ...evening, zone: 'Mars/Base' })).toEqual({
      kind: 'unknown-zone',
      text: '"Mars/Base" or "2027-01-12T20:00:00" cannot be read any more',
    });
    expect(rederive({ ...evening, local: 'tonight' })).toMatchObject({ kind: 'unknown-zone' });
  });

  it('lets bugs through', () => {
    const broken = (): ZoneTable => {
      throw new TypeError('no table');
    };

    expect(() => rederive(evening, broken)).toThrow('no table');
    expect(tableOfZone('America/Winnipeg').offsets.length).toBeGreaterThan(1);
  });
});
