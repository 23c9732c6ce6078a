import { durationMs, isDuration } from '../../domain/duration.ts';

it.each([
  ['PT0S', 0],
  ['PT10S', 10_000],
  ['PT45M', 2_700_000],
  ['PT36H', 129_600_000],
  ['P1D', 86_400_000],
  ['P1DT1H1M1S', 90_061_000],
])('reads %s', (text, ms) => {
  expect(isDuration(text)).toBe(true);
  expect(durationMs(text)).toBe(ms);
});

it.each([
  '',
  'P',
  'PT',
  'P1DT',
  '1D',
  'P1M',
  'P1W',
  'P1Y',
  'PT1.5H',
  'PT-1H',
  'PT1M1H',
  'pt1h',
  'PT1H ',
])('refuses "%s" and says what to write', (text) => {
  expect(isDuration(text)).toBe(false);
  expect(() => durationMs(text)).toThrow(`"${text}" is no duration; write P1D`);
});
