import { offsetAt, zoneTable } from '../../../domain/calendar/zone-table.ts';

/** Zones whose rules are newer in the bundled data than in the pinned runtime (tz 2026c). */
const knownToDiffer = ['America/Havana', 'America/Inuvik', 'America/Winnipeg'];
const from = Date.UTC(2026, 0);
const until = Date.UTC(2028, 0);
const dayMs = 86_400_000;

const zones = Intl.supportedValuesOf('timeZone');

it('knows every zone of the runtime', () => {
  expect(zones.length).toBeGreaterThan(400);
  expect(zones.filter((zone) => zoneTable(zone) === undefined)).toEqual([]);
});

it('has the offsets of the runtime in every zone, but where the bundled data is newer', () => {
  expect(zones.filter(differs).sort()).toEqual(knownToDiffer);
});

it.each([
  ['America/Winnipeg', -5],
  ['America/Vancouver', -7],
  ['America/Edmonton', -6],
  ['America/Inuvik', -6],
])('knows that the clocks of %s no longer go back in winter', (zone, hours) => {
  expect(offsetAt(zoneTable(zone)!, Date.parse('2026-12-01T12:00Z'))).toBe(hours * 3_600_000);
});

function differs(zone: string): boolean {
  const table = zoneTable(zone);
  if (table === undefined) return true;
  const clock = new Intl.DateTimeFormat('en-GB', { timeZone: zone, timeZoneName: 'longOffset' });
  for (let at = from; at < until; at += dayMs) {
    if (offsetText(clock, at) !== asOffset(offsetAt(table, at))) return true;
  }
  return false;
}

function offsetText(clock: Intl.DateTimeFormat, at: number): string {
  const parts = clock.formatToParts(at);
  return parts.find(({ type }) => type === 'timeZoneName')?.value ?? '';
}

/** As `longOffset` writes it in British English: `GMT-05:00`. */
function asOffset(offsetMs: number): string {
  const time = new Date(Math.abs(offsetMs)).toISOString().slice(11, 16);
  return `GMT${offsetMs < 0 ? '-' : '+'}${time}`;
}
