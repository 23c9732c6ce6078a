import type { LocalDate } from '../instant.ts';
import type { CalendarProblem } from './calendar-document.ts';
import { isLocalDate } from './local-time.ts';

/** A field of a document whose type is not known yet. */
export type RawFields = Readonly<Record<string, unknown>>;

/** Reads one entry of a list; nothing when it is wrong, and then it has named the problem. */
export type EntryReader<T> = (raw: unknown, path: string) => T | undefined;

/** How many rules and selectors a document may have: more than people keep, and soon enough asked. */
export const mostParts = 2000;

/** Collects everything that is wrong with a document, so that people see all of it at once. */
export class ProblemList {
  readonly problems: CalendarProblem[] = [];
  #parts = 0;

  /** Whether one more rule or selector is still read; the first one too many is a problem. */
  admitsPart(path: string): boolean {
    this.#parts += 1;
    if (this.#parts === mostParts + 1) {
      this.add('too-large', path, `a calendar has at most ${mostParts} rules and selectors`);
    }
    return this.#parts <= mostParts;
  }

  add(code: string, path: string, message: string): void {
    this.problems.push({ code, path, message });
  }

  /** The fields of an object; fields outside the list are problems. */
  fields(raw: unknown, path: string, known: readonly string[]): RawFields | undefined {
    if (typeof raw !== 'object' || raw === null || Array.isArray(raw)) {
      this.add('wrong-type', path, `${path || 'the calendar'} must be an object`);
      return undefined;
    }
    for (const key of Object.keys(raw)) {
      if (known.includes(key)) continue;
      this.add(
        'unknown-field',
        pathTo(path, key),
        `"${key.slice(0, 60)}" is no field here; known are ${known.join(', ')}`,
      );
    }
    return raw as RawFields;
  }

  /** What could be read of a list, which is not empty unless said otherwise. */
  list<T>(
    raw: unknown,
    path: string,
    read: EntryReader<T>,
    options: { mayBeEmpty?: boolean } = {},
  ): readonly T[] {
    if (!Array.isArray(raw)) {
      this.add('wrong-type', path, `${path} must be a list`);
      return [];
    }
    if (raw.length === 0 && options.mayBeEmpty !== true) {
      this.add('empty-list', path, `${path} must not be empty; leave it out`);
    }
    return raw
      .map((each: unknown, index) => read(each, `${path}[${index}]`))
      .filter((each) => each !== undefined);
  }

  /** A list of texts, not empty unless said otherwise. */
  texts(raw: unknown, path: string, options: { mayBeEmpty?: boolean } = {}): readonly string[] {
    const readText = (each: unknown, at: string): string | undefined => this.text(each, at);
    return this.list(raw, path, readText, options);
  }

  /** A list of dates that exist; it may be empty unless said otherwise. */
  dates(raw: unknown, path: string, options: { mayBeEmpty?: boolean } = {}): readonly LocalDate[] {
    const readDate = (each: unknown, at: string): LocalDate | undefined =>
      this.isDate(each, at) ? each : undefined;
    return this.list(raw, path, readDate, { mayBeEmpty: options.mayBeEmpty ?? true });
  }

  /** A text that is not empty. */
  text(raw: unknown, path: string): string | undefined {
    if (typeof raw === 'string' && raw !== '') return raw;
    this.add('wrong-type', path, `${path} must be a text`);
    return undefined;
  }

  /** One date that exists. */
  isDate(raw: unknown, path: string): raw is LocalDate {
    if (isLocalDate(raw)) return true;
    this.add('bad-date', path, `${shown(raw)} is no date; write "2026-12-31"`);
    return false;
  }

  /** A whole number within the limits, both inclusive. */
  wholeNumber(
    raw: unknown,
    path: string,
    { least, most }: { readonly least: number; readonly most: number },
  ): number | undefined {
    if (Number.isInteger(raw) && Number(raw) >= least && Number(raw) <= most) return Number(raw);
    this.add('bad-number', path, `${path} must be a whole number from ${least} to ${most}`);
    return undefined;
  }
}

/** The path of a field inside an object. */
export function pathTo(path: string, key: string): string {
  return path === '' ? key : `${path}.${key}`;
}

/** A raw value, short enough for a message. */
export function shown(raw: unknown): string {
  if (raw === undefined) return 'nothing';
  // never the whole of what somebody nested a thousand levels deep
  if (typeof raw === 'object' && raw !== null) return Array.isArray(raw) ? 'a list' : 'an object';
  return JSON.stringify(typeof raw === 'string' ? raw.slice(0, 60) : raw);
}
