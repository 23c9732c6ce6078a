import type { LocalDate } from '../instant.ts';
import type { CalendarProblem } from './calendar-document.ts';
import { isLocalDate } from './local-time.ts';

/** A field of a document whose type is not known yet. */
export type RawFields = Readonly<Record<string, unknown>>;

/** Collects everything that is wrong with a document, so that people see all of it at once. */
export class ProblemList {
  readonly problems: CalendarProblem[] = [];

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
        `"${key}" is no field here; known are ${known.join(', ')}`,
      );
    }
    return raw as RawFields;
  }

  /** A field that Daymark knows of but cannot evaluate yet. */
  refuseLater(path: string): void {
    this.add('not-supported-yet', path, `${path} is not supported yet; remove it`);
  }

  /** A list of texts, not empty unless said otherwise. */
  texts(raw: unknown, path: string, options: { mayBeEmpty?: boolean } = {}): readonly string[] {
    if (!Array.isArray(raw)) {
      this.add('wrong-type', path, `${path} must be a list`);
      return [];
    }
    if (raw.length === 0 && options.mayBeEmpty !== true) {
      this.add('empty-list', path, `${path} must not be empty; leave it out`);
    }
    return raw.filter((each: unknown, index): each is string => {
      if (typeof each === 'string' && each !== '') return true;
      this.add('wrong-type', `${path}[${index}]`, `${path}[${index}] must be a text`);
      return false;
    });
  }

  /** A list of dates that exist; it may be empty. */
  dates(raw: unknown, path: string, options: { mayBeEmpty?: boolean } = {}): readonly LocalDate[] {
    return this.texts(raw, path, { mayBeEmpty: options.mayBeEmpty ?? true }).filter(
      (each, index): each is LocalDate => this.isDate(each, `${path}[${index}]`),
    );
  }

  /** One date that exists. */
  isDate(raw: unknown, path: string): raw is LocalDate {
    if (isLocalDate(raw)) return true;
    this.add('bad-date', path, `${shown(raw)} is no date; write "2026-12-31"`);
    return false;
  }
}

/** The path of a field inside an object. */
export function pathTo(path: string, key: string): string {
  return path === '' ? key : `${path}.${key}`;
}

/** A raw value, short enough for a message. */
export function shown(raw: unknown): string {
  const text = JSON.stringify(raw) as string | undefined;
  return (text ?? 'nothing').slice(0, 60);
}
