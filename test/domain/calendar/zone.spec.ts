import fc from 'fast-check';
import moment from 'moment-timezone';
import type { CalendarError } from '../../../domain/calendar/calendar-error.ts';
import {
  instantToLocal,
  isZone,
  localDateAt,
  localToInstant,
  zoneDataVersion,
} from '../../../domain/calendar/zone.ts';
import { offsetAt, resolveLocal, zoneTable } from '../../../domain/calendar/zone-table.ts';
import { epochMsOf, instantOf } from '../../../domain/instant.ts';
import { at, short } from './reading.ts';

describe('local time to instant', () => {
  it.each([
    ['an ordinary evening', 'America/Toronto', '2026-11-25T20:00', '2026-11-26T01:00Z', 'exact'],
    ['a fixed offset', '-05:00', '2026-07-01T20:00', '2026-07-02T01:00Z', 'exact'],
    ['a gap, north', 'America/Toronto', '2027-03-14T02:30', '2027-03-14T07:00Z', 'gap'],
    [
      'the first minute of a gap',
      'America/Toronto',
      '2027-03-14T02:00',
      '2027-03-14T07:00Z',
      'gap',
    ],
    [
      'the minute before a gap',
      'America/Toronto',
      '2027-03-14T01:59',
      '2027-03-14T06:59Z',
      'exact',
    ],
    ['the end of a gap', 'America/Toronto', '2027-03-14T03:00', '2027-03-14T07:00Z', 'exact'],
    ['an overlap, north', 'America/Toronto', '2026-11-01T01:30', '2026-11-01T05:30Z', 'overlap'],
    ['the end of an overlap', 'America/Toronto', '2026-11-01T02:00', '2026-11-01T07:00Z', 'exact'],
    ['a gap, south', 'Australia/Sydney', '2026-10-04T02:30', '2026-10-03T16:00Z', 'gap'],
    ['an overlap, south', 'Australia/Sydney', '2027-04-04T02:30', '2027-04-03T15:30Z', 'overlap'],
    [
      'a gap of half an hour',
      'Australia/Lord_Howe',
      '2026-10-04T02:15',
      '2026-10-03T15:30Z',
      'gap',
    ],
    [
      'an overlap of half an hour',
      'Australia/Lord_Howe',
      '2027-04-04T01:45',
      '2027-04-03T14:45Z',
      'overlap',
    ],
    [
      'after that half hour',
      'Australia/Lord_Howe',
      '2027-04-04T02:00',
      '2027-04-03T15:30Z',
      'exact',
    ],
    ['a date that never was', 'Pacific/Apia', '2011-12-30T12:00', '2011-12-30T10:00Z', 'gap'],
    ['a leap day', 'America/St_Johns', '2028-02-29T23:59:59', '2028-03-01T03:29:59Z', 'exact'],
    [
      'Winnipeg, which no longer changes',
      'America/Winnipeg',
      '2026-12-01T20:00',
      '2026-12-02T01:00Z',
      'exact',
    ],
    [
      'Vancouver, which no longer changes',
      'America/Vancouver',
      '2026-12-01T20:00',
      '2026-12-02T03:00Z',
      'exact',
    ],
    [
      'Edmonton, which no longer changes',
      'America/Edmonton',
      '2026-12-01T20:00',
      '2026-12-02T02:00Z',
      'exact',
    ],
    [
      'Winnipeg where an overlap used to be',
      'America/Winnipeg',
      '2026-11-01T01:30',
      '2026-11-01T06:30Z',
      'exact',
    ],
    [
      'a date of the next century',
      'America/Toronto',
      '2126-07-01T12:00',
      '2126-07-01T16:00Z',
      'exact',
    ],
  ])('%s', (_name, zone, local, instant, resolved) => {
    const answer = localToInstant(zone, local);

    expect(short(answer.instant)).toBe(instant);
    expect(answer.resolved).toBe(resolved);
  });
});

describe('instant to local time', () => {
  it.each([
    ['America/Toronto', '2026-11-01T05:59:59Z', '2026-11-01T01:59:59', '-04:00'],
    ['America/Toronto', '2026-11-01T06:00:00Z', '2026-11-01T01:00:00', '-05:00'],
    ['Australia/Lord_Howe', '2026-10-03T15:30:00Z', '2026-10-04T02:30:00', '+11:00'],
    ['America/St_Johns', '2026-11-25T00:00:00Z', '2026-11-24T20:30:00', '-03:30'],
    ['America/Winnipeg', '2026-12-25T00:00:00Z', '2026-12-24T19:00:00', '-05:00'],
    ['+05:45', '2026-12-25T00:00:00Z', '2026-12-25T05:45:00', '+05:45'],
    ['America/Toronto', '1890-01-01T00:00:00Z', '1889-12-31T18:42:28', '-05:17:32'],
  ])('%s at %s', (zone, instant, local, offset) => {
    expect(instantToLocal(zone, at(instant))).toEqual({ local, offset });
  });

  it('knows the date on the other side of midnight', () => {
    expect(localDateAt('Asia/Tokyo', at('2026-11-25T15:00:00Z'))).toBe('2026-11-26');
    expect(localDateAt('America/Toronto', at('2026-11-25T04:59:59Z'))).toBe('2026-11-24');
  });
});

describe('zone names', () => {
  it.each(['America/Toronto', 'Canada/Eastern', 'UTC', '+14:00', '-09:30'])('knows %s', (name) => {
    expect(isZone(name)).toBe(true);
  });

  it.each(['America/Torronto', 'america/toronto', '', '+5', '-19:00', '+05:60', 'client', 'Etc'])(
    'refuses "%s"',
    (name) => {
      expect(isZone(name)).toBe(false);
    },
  );

  it('says which zone is none', () => {
    const expected: Partial<CalendarError> = { code: 'unknown-zone', at: 'zone' };

    expect(() => localToInstant('Mars/Base', '2026-01-01T00:00')).toThrow(
      expect.objectContaining(expected),
    );
    expect(() => localToInstant('UTC', '2026-02-30T00:00')).toThrow('"2026-02-30T00:00"');
  });
});

describe('the bundled zone data', () => {
  const zones = moment.tz.names().filter((name) => zoneTable(name) !== undefined);

  it('is the release of the package it is compiled from, with all its zones', () => {
    expect(zoneDataVersion).toBe(moment.tz.dataVersion);
    expect(moment.tz.names().filter((name) => zoneTable(name) === undefined)).toEqual([]);
  });

  it('has the offsets of its source in every zone', () => {
    const instants = fc.integer({ min: Date.UTC(1880, 0), max: Date.UTC(2199, 11, 31) });
    fc.assert(
      fc.property(fc.constantFrom(...zones), instants, (zone, epochMs) => {
        const minutesWest = moment.tz.zone(zone)!.utcOffset(epochMs);

        expect(offsetAt(zoneTable(zone)!, epochMs) / 1000).toBeCloseTo(-minutesWest * 60, 3);
      }),
      { numRuns: 3000 },
    );
  });

  it('finds the first and last instant that show a wall clock time', () => {
    const nearChange = fc
      .constantFrom(...zones.filter((name) => zoneTable(name)!.changes.length > 0))
      .chain((zone) =>
        fc.tuple(
          fc.constant(zone),
          fc.constantFrom(...zoneTable(zone)!.changes),
          fc.integer({ min: -200, max: 200 }),
        ),
      );
    fc.assert(
      fc.property(nearChange, ([zone, change, quarters]) => {
        const table = zoneTable(zone)!;
        const localMs = change + offsetAt(table, change) + quarters * 900_000;
        const shows = (epochMs: number): boolean => epochMs + offsetAt(table, epochMs) === localMs;
        const candidates = [...new Set(table.offsets)].map((offset) => localMs - offset);
        const instants = candidates.filter(shows).sort((a, b) => a - b);

        const { first, last, resolved } = resolveLocal(table, localMs);

        if (instants.length === 0) {
          expect(resolved).toBe('gap');
          expect(table.changes).toContain(first);
          expect(first + offsetAt(table, first)).toBeGreaterThan(localMs);
          expect(first - 1 + offsetAt(table, first - 1)).toBeLessThan(localMs);
        } else {
          expect([first, last]).toEqual([instants[0], instants.at(-1)]);
          expect(resolved).toBe(instants.length === 1 ? 'exact' : 'overlap');
        }
      }),
      { numRuns: 3000 },
    );
  });

  it('comes back to the instant it started from', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...zones),
        fc.integer({ min: Date.UTC(1970, 0) / 1000, max: Date.UTC(2100, 0) / 1000 }),
        (zone, seconds) => {
          const instant = instantOf(seconds * 1000);
          const { local } = instantToLocal(zone, instant);
          const table = zoneTable(zone)!;
          const { first, last } = resolveLocal(table, epochMsOf(at(`${local}Z`)));

          expect([first, last]).toContain(seconds * 1000);
        },
      ),
      { numRuns: 2000 },
    );
  });
});
