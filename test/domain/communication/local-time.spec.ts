import {
  formatLocal,
  formatLocalDate,
  formatLocalShort,
  formatLocalSpan,
} from '../../../domain/communication/local-time.ts';
import type { Instant } from '../../../domain/instant.ts';

const at = (text: string) => text as Instant;

it.each([
  [
    '2026-12-02T01:00:00.000Z',
    'America/Toronto',
    'en',
    'Tuesday 1 December 2026 at 20:00, Eastern Time (Toronto)',
  ],
  [
    '2026-12-02T01:00:00.000Z',
    'America/Toronto',
    'fr',
    'mardi 1er décembre 2026 à 20 h 00, heure de l’Est (Toronto)',
  ],
  [
    '2026-11-25T23:30:00.000Z',
    'America/St_Johns',
    'en',
    'Wednesday 25 November 2026 at 20:00, Newfoundland Time (St. John’s)',
  ],
  [
    '2026-07-14T07:05:00.000Z',
    'Europe/London',
    'fr',
    'mardi 14 juillet 2026 à 8 h 05, heure du Royaume-Uni (Londres)',
  ],
  ['2028-02-29T12:00:00.000Z', 'UTC', 'en', 'Tuesday 29 February 2028 at 12:00, UTC'],
  ['2026-12-02T01:00:00.000Z', '-05:00', 'en', 'Tuesday 1 December 2026 at 20:00, UTC−05:00'],
  [
    '2026-12-02T01:00:00.000Z',
    'Asia/Tokyo',
    'fr',
    'mercredi 2 décembre 2026 à 10 h 00, heure locale (Tokyo)',
  ],
] as const)('tells %s in %s in %s', (instant, zone, locale, expected) => {
  expect(formatLocal(at(instant), zone, locale)).toBe(expected);
});

it('tells the two hours of the autumn clock change apart', () => {
  const first = formatLocal(at('2026-11-01T05:30:00.000Z'), 'America/Toronto', 'en');
  const second = formatLocal(at('2026-11-01T06:30:00.000Z'), 'America/Toronto', 'en');

  expect(first).toBe('Sunday 1 November 2026 at 01:30 (UTC−04:00), Eastern Time (Toronto)');
  expect(second).toBe('Sunday 1 November 2026 at 01:30 (UTC−05:00), Eastern Time (Toronto)');
});

it('names the other date when a span ends on one', () => {
  const span = { start: at('2026-12-02T03:00:00.000Z'), end: at('2026-12-02T07:00:00.000Z') };

  expect(formatLocalSpan(span, 'America/Toronto', 'en')).toEqual({
    date: 'Tuesday 1 December 2026',
    time: 'between 22:00 and 02:00 on Wednesday 2 December 2026',
    zone: 'Eastern Time (Toronto)',
  });
  expect(formatLocalSpan(span, 'America/Vancouver', 'fr')).toEqual({
    date: 'mardi 1er décembre 2026',
    time: 'entre 20 h 00 et 0 h 00 le mercredi 2 décembre 2026',
    zone: 'heure du Pacifique (Vancouver)',
  });
});

it('has a short form for tables', () => {
  expect(formatLocalShort(at('2026-12-02T01:00:00.000Z'), 'America/Toronto')).toBe(
    'Tue 1 Dec 20:00',
  );
  expect(formatLocalDate(at('2026-12-02T01:00:00.000Z'), 'America/Toronto', 'fr')).toBe(
    'mardi 1er décembre 2026',
  );
});
