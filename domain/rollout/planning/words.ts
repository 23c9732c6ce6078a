import { instantToLocal, localDateAt } from '../../calendar/zone.ts';
import { durationMs } from '../../duration.ts';
import { instantOf, type LocalDate } from '../../instant.ts';

const months = [
  'January',
  'February',
  'March',
  'April',
  'May',
  'June',
  'July',
  'August',
  'September',
  'October',
  'November',
  'December',
] as const;

/** `15 January`. */
export function dayWords(date: LocalDate): string {
  const [, month = '1', day = '1'] = date.split('-');
  return `${Number(day)} ${months[Number(month) - 1] ?? ''}`;
}

/** `15 January 2027`. */
export function dateWords(date: LocalDate): string {
  return `${dayWords(date)} ${date.slice(0, 4)}`;
}

/** `21 January 20:00`, as the clocks of a zone show it. */
export function momentWords(at: number, zone: string): string {
  const { local } = instantToLocal(zone, instantOf(at));
  return `${dayWords(localDateAt(zone, instantOf(at)))} ${local.slice(11, 16)}`;
}

const units = [
  ['d', 86_400_000],
  ['h', 3_600_000],
  ['min', 60_000],
  ['s', 1_000],
] as const;

/** `45 min`, `1 h 30 min`. */
export function lengthWords(duration: string): string {
  let left = durationMs(duration);
  const parts: string[] = [];
  for (const [unit, ms] of units) {
    const count = Math.floor(left / ms);
    left -= count * ms;
    if (count > 0) parts.push(`${count} ${unit}`);
  }
  return parts.length === 0 ? '0 s' : parts.join(' ');
}

/** `1 day`, `3 days`. */
export function countWords(count: number, one: string, many = `${one}s`): string {
  return `${count} ${count === 1 ? one : many}`;
}
