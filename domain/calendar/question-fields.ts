import { isDuration, type Duration } from '../duration.ts';
import type { LocalDate } from '../instant.ts';
import { CalendarError } from './calendar-error.ts';
import { isLocalDate, localMsOf, localTextOf } from './local-time.ts';
import { shown, type RawFields } from './problem-list.ts';
import { isZone } from './zone.ts';

/** A moment of a question. Calendars know milliseconds; finer digits are kept for the answer. */
export interface AskedMoment {
  /** The millisecond in which the moment lies. */
  readonly ms: number;
  /** Whether it lies after the beginning of that millisecond. */
  readonly beyond: boolean;
  /** `.123456789`, empty when it is zero. */
  readonly fraction: string;
}

/** Reads the fields of a question and says which one is wrong. */
export class QuestionFields {
  readonly #fields: RawFields;

  constructor(fields: RawFields) {
    this.#fields = fields;
  }

  /** Programs write null for what they do not say. */
  has(name: string): boolean {
    return this.#fields[name] !== undefined && this.#fields[name] !== null;
  }

  raw(name: string): unknown {
    return this.#fields[name];
  }

  text(name: string): string {
    const value = this.required(name);
    if (typeof value === 'string' && value !== '') return value;
    throw this.#wrong('wrong-type', name, 'must be a text');
  }

  optionalText(name: string): string | undefined {
    return this.has(name) ? this.text(name) : undefined;
  }

  instant(name: string): AskedMoment {
    const text = this.text(name);
    const [, local, fraction] =
      /^(\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(?::\d{2})?)(\.\d{1,9})?Z$/.exec(text) ?? [];
    const moment = momentOf(local, fraction);
    if (moment) return moment;
    throw this.#wrong('bad-instant', name, 'is no instant; write 2026-11-25T20:00:00Z');
  }

  localTime(name: string): AskedMoment {
    const text = this.text(name);
    const [, local, fraction] = /^([^.]+)(\.\d{1,9})?$/.exec(text) ?? [];
    const moment = momentOf(local, fraction);
    if (moment) return moment;
    throw this.#wrong('bad-local-time', name, 'is no local time; write 2026-11-25T20:00');
  }

  date(name: string): LocalDate {
    const value = this.required(name);
    if (isLocalDate(value)) return value;
    throw this.#wrong('bad-date', name, 'is no date; write 2026-11-25');
  }

  wholeNumber(name: string, least = -1_000_000): number {
    const value = this.required(name);
    if (Number.isInteger(value) && Number(value) >= least && Number(value) <= 1_000_000) {
      return Number(value);
    }
    throw this.#wrong('bad-number', name, `must be a whole number from ${least} to 1000000`);
  }

  oneOf<T extends string>(name: string, choices: readonly T[], otherwise: T): T {
    if (!this.has(name)) return otherwise;
    const found = choices.find((each) => each === this.raw(name));
    if (found !== undefined) return found;
    throw this.#wrong('bad-choice', name, `must be one of ${choices.join(', ')}`);
  }

  zone(name: string): string {
    const value = this.text(name);
    if (isZone(value)) return value;
    throw this.#wrong('unknown-zone', name, 'is no zone; write America/Toronto or -05:00');
  }

  optionalZone(name: string): string | undefined {
    return this.has(name) ? this.zone(name) : undefined;
  }

  optionalDuration(name: string): Duration | undefined {
    if (!this.has(name)) return undefined;
    const value = this.text(name);
    if (isDuration(value)) return value;
    throw this.#wrong('bad-duration', name, 'is no duration; write P1D, PT45M or PT10S');
  }

  optionalTexts(name: string): readonly string[] | undefined {
    if (!this.has(name)) return undefined;
    const value = this.raw(name);
    if (Array.isArray(value) && value.every((each) => typeof each === 'string')) return value;
    throw this.#wrong('wrong-type', name, 'must be a list of texts');
  }

  required(name: string): unknown {
    if (this.has(name)) return this.raw(name);
    throw new CalendarError('required', `the question needs "${name}"`, name);
  }

  #wrong(code: string, name: string, what: string): CalendarError {
    return new CalendarError(code, `${name}: ${shown(this.raw(name))} ${what}`, name);
  }
}

/** The moment as it is written in an answer, no fraction when it is zero. */
export function momentText({ ms, fraction }: Pick<AskedMoment, 'ms' | 'fraction'>): string {
  return `${localTextOf(ms)}${fraction}`;
}

function momentOf(local: string | undefined, fraction = ''): AskedMoment | undefined {
  const localMs = localMsOf(local);
  if (localMs === undefined) return undefined;
  const digits = fraction.slice(1).padEnd(9, '0');
  return {
    ms: localMs + Number(digits.slice(0, 3)),
    beyond: Number(digits.slice(3)) > 0,
    fraction: Number(digits) > 0 ? fraction : '',
  };
}
