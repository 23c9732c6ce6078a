import type { LocalDate } from '../instant.ts';
import type { Weekday } from './local-time.ts';

export type { Weekday } from './local-time.ts';

/** A calendar as people write it; `readCalendar` checks it. Only `zone` is required. */
export interface CalendarDocument {
  readonly calendar?: string;
  /** An IANA zone, a fixed offset such as `-05:00`, or `client` for each client's own zone. */
  readonly zone: string;
  readonly allow?: 'always' | readonly CalendarRuleDocument[];
  readonly deny?: readonly CalendarRuleDocument[];
  readonly holidays?: Readonly<Record<string, readonly string[]>>;
  readonly businessDays?: {
    readonly weekdays?: readonly Weekday[];
    readonly except?: readonly string[];
    readonly extra?: readonly string[];
    readonly hours?: { readonly from: string; readonly to: string };
  };
}

/** One allow or deny rule as people write it. */
export interface CalendarRuleDocument {
  readonly name?: string;
  readonly on?: DaySelectorDocument;
  readonly from?: string;
  readonly to?: string;
  readonly plusDays?: number;
  readonly between?: readonly [string, string];
  readonly valid?: { readonly since?: string; readonly until?: string };
  readonly kinds?: readonly string[];
  readonly tags?: readonly string[];
}

/** Which dates a rule speaks of, as people write it. */
export type DaySelectorDocument =
  | { readonly weekdays: readonly Weekday[] }
  | { readonly dates: readonly string[] }
  | { readonly holidays: string };

/** A checked calendar with its defaults filled in, plain JSON. Never change one: answers are cached by identity. */
export interface Calendar {
  readonly name: string;
  readonly zone: string;
  readonly allow: 'always' | readonly CalendarRule[];
  readonly deny: readonly CalendarRule[];
  readonly holidays: HolidaySets;
  readonly businessDays: BusinessDays;
}

/** The named holiday sets of a calendar. */
export type HolidaySets = Readonly<Record<string, readonly LocalDate[]>>;

/** A checked allow or deny rule. */
export interface CalendarRule {
  readonly name: string;
  readonly when: RuleTime;
  /** The kinds of change the rule speaks of; absent = all. */
  readonly kinds?: readonly string[];
  /** A client needs all of these tags for the rule to speak of it; absent = every client. */
  readonly tags?: readonly string[];
  readonly valid: ValidSpan;
}

/** The local start dates, both inclusive, on which a rule holds. */
export interface ValidSpan {
  readonly since?: LocalDate;
  readonly until?: LocalDate;
}

/** When a rule holds: one span of wall clock time, or hours of selected dates. */
export type RuleTime =
  | { readonly kind: 'span'; readonly startLocalMs: number; readonly endLocalMs: number }
  | {
      readonly kind: 'days';
      /** Absent = every date. */
      readonly on?: DaySelector;
      readonly fromMinutes: number;
      /** Minutes after the midnight that begins the start date; more than a day for overnight windows. */
      readonly toMinutes: number;
    };

/** Which dates a rule speaks of. */
export type DaySelector =
  | { readonly kind: 'weekdays'; readonly weekdays: readonly Weekday[] }
  | { readonly kind: 'dates'; readonly dates: readonly LocalDate[] }
  | { readonly kind: 'holidays'; readonly set: string };

/** What "N business days" means in a calendar. */
export interface BusinessDays {
  readonly weekdays: readonly Weekday[];
  /** Names of holiday sets. */
  readonly except: readonly string[];
  /** Working dates that would otherwise be off. */
  readonly extra: readonly LocalDate[];
  readonly fromMinutes: number;
  readonly toMinutes: number;
}

/** What is wrong with a document: a stable code, where, and what to write instead. */
export interface CalendarProblem {
  readonly code: string;
  readonly path: string;
  readonly message: string;
}

/** A document that could be read, or everything that is wrong with it. */
export type CalendarReading =
  | { readonly kind: 'readable'; readonly calendar: Calendar }
  | { readonly kind: 'unreadable'; readonly problems: readonly CalendarProblem[] };
