import { monthNames } from '../../calendar/explain-time.ts';
import { instantToLocal, localDateAt } from '../../calendar/zone.ts';
import { instantOf, type LocalDate } from '../../instant.ts';

/** `15 January`. */
export function dayWords(date: LocalDate): string {
  const [, month = '1', day = '1'] = date.split('-');
  return `${Number(day)} ${monthNames[Number(month) - 1] ?? ''}`;
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

/** `1 day`, `3 days`. */
export function countWords(count: number, one: string, many = `${one}s`): string {
  return `${count} ${count === 1 ? one : many}`;
}
