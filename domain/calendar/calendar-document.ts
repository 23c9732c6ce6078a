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
  /** Allowed times that follow from who is there. */
  readonly coverage?: CoverageDocument;
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
  /** Published dates that stand instead of the rule in a span. */
  readonly replace?: readonly ReplacedSpanDocument[];
  readonly kinds?: readonly string[];
  readonly tags?: readonly string[];
}

/** A span, both ends inclusive, in which the dates stand instead of the rule's own. */
export interface ReplacedSpanDocument {
  readonly from: string;
  readonly to: string;
  readonly dates: readonly string[];
}

/** Which dates a rule speaks of, as people write it: exactly one key. */
export type DaySelectorDocument =
  | { readonly weekdays: readonly Weekday[] }
  | { readonly monthly: MonthlyDocument }
  | { readonly monthDays: readonly number[] }
  | { readonly months: readonly number[] }
  | { readonly yearly: { readonly from: string; readonly to: string } }
  | { readonly dates: readonly string[] }
  | { readonly every: EveryDocument }
  | { readonly holidays: string }
  | { readonly offset: OffsetDocument }
  | { readonly next: WeekdayFromDocument }
  | { readonly previous: WeekdayFromDocument }
  | { readonly all: readonly DaySelectorDocument[] }
  | { readonly any: readonly DaySelectorDocument[] }
  | { readonly not: DaySelectorDocument };

/** The nth weekday of a month; a negative `nth` counts from the end. */
export interface MonthlyDocument {
  readonly nth: number;
  readonly weekday: Weekday;
  readonly months?: readonly number[];
}

/** A cadence anchored at a date. */
export type EveryDocument =
  | { readonly days: number; readonly since: string }
  | { readonly weeks: number; readonly since: string };

/** Each date of a selector moved. */
export type OffsetDocument =
  | { readonly days: number; readonly from: DaySelectorDocument }
  | { readonly months: number; readonly from: DaySelectorDocument }
  | { readonly businessDays: number; readonly from: DaySelectorDocument };

/** For each date of a selector the first such weekday from there on, or back. */
export interface WeekdayFromDocument {
  readonly weekday: Weekday;
  readonly from: DaySelectorDocument;
}

/** A checked calendar with its defaults filled in, plain JSON. Never change one: answers are cached by identity. */
export interface Calendar {
  readonly name: string;
  readonly zone: string;
  readonly allow: 'always' | readonly CalendarRule[];
  readonly deny: readonly CalendarRule[];
  readonly holidays: HolidaySets;
  readonly businessDays: BusinessDays;
  readonly coverage: Coverage | null;
}

/** The named holiday sets of a calendar. */
export type HolidaySets = Readonly<Record<string, readonly LocalDate[]>>;

/** A checked allow or deny rule. */
export interface CalendarRule extends RuleTiming {
  readonly name: string;
  /** The kinds of change the rule speaks of; absent = all. */
  readonly kinds?: readonly string[];
  /** A client needs all of these tags for the rule to speak of it; absent = every client. */
  readonly tags?: readonly string[];
}

/** When something recurs: a rule, or the hours of a team. */
export interface RuleTiming {
  readonly when: RuleTime;
  readonly valid: ValidSpan;
  /** Spans in which published dates stand instead; absent = none. They never overlap. */
  readonly replace?: readonly ReplacedSpan[];
  /** Names of holiday sets on whose dates nothing starts, published or not. */
  readonly off?: readonly string[];
}

/** A span of start dates, both inclusive, in which the dates stand instead of the rule's own. */
export interface ReplacedSpan {
  readonly from: LocalDate;
  readonly to: LocalDate;
  readonly dates: readonly LocalDate[];
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
  | {
      readonly kind: 'monthly';
      /** 1 to 5, or -1 to -5 from the month's end. */
      readonly nth: number;
      readonly weekday: Weekday;
      /** Absent = every month. */
      readonly months?: readonly number[];
    }
  | { readonly kind: 'monthDays'; readonly days: readonly number[] }
  | { readonly kind: 'months'; readonly months: readonly number[] }
  /** Both inclusive, `MM-DD`; a span that ends before it begins crosses the new year. */
  | { readonly kind: 'yearly'; readonly from: string; readonly to: string }
  | { readonly kind: 'dates'; readonly dates: readonly LocalDate[] }
  | { readonly kind: 'every'; readonly days: number; readonly since: LocalDate }
  | { readonly kind: 'holidays'; readonly set: string }
  | {
      readonly kind: 'offset';
      readonly unit: 'days' | 'months' | 'businessDays';
      readonly count: number;
      readonly from: DaySelector;
    }
  | { readonly kind: 'next' | 'previous'; readonly weekday: Weekday; readonly from: DaySelector }
  | { readonly kind: 'all' | 'any'; readonly of: readonly DaySelector[] }
  | { readonly kind: 'not'; readonly of: DaySelector };

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

/** What a calendar means by business days that says nothing else: Monday to Friday, 09:00 to 17:00. */
export const usualBusinessDays: BusinessDays = {
  weekdays: ['mon', 'tue', 'wed', 'thu', 'fri'],
  except: [],
  extra: [],
  fromMinutes: 9 * 60,
  toMinutes: 17 * 60,
};

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

/** Who must be there for a rollout, as people write it. */
export interface CoverageDocument {
  readonly teams: Readonly<Record<string, TeamDocument>>;
  readonly away?: readonly AwayDocument[];
  readonly require: {
    /** How many of each team must be there while work may be running. */
    readonly during?: Readonly<Record<string, number>>;
    /** How much time after the work must be staffed. */
    readonly aftercare?: {
      readonly within: string;
      readonly hours: number;
      readonly teams: Readonly<Record<string, number>>;
    };
  };
}

/** A team and when its people are there, as people write it. */
export interface TeamDocument {
  readonly people: number;
  /** Names of holiday sets; hours that start on one of their dates do not count. */
  readonly off?: readonly string[];
  readonly hours: readonly Pick<
    CalendarRuleDocument,
    'on' | 'from' | 'to' | 'plusDays' | 'valid' | 'replace'
  >[];
  /** Absent = the calendar's. */
  readonly zone?: string;
}

/** People of a team who are away for a time, wall clock in the team's zone, as people write it. */
export interface AwayDocument {
  readonly team: string;
  readonly between: readonly [string, string];
  readonly people: number;
}

/** Checked coverage of a calendar. */
export interface Coverage {
  readonly teams: readonly Team[];
  readonly during: readonly StaffingNeed[];
  readonly aftercare: Aftercare | null;
}

/** A team, when its people are there, and who of them is away. */
export interface Team {
  readonly name: string;
  readonly people: number;
  readonly hours: readonly RuleTiming[];
  /** Absent = the calendar's. */
  readonly zone?: string;
  readonly away: readonly Away[];
}

/** People who are away for one span of wall clock time. */
export interface Away {
  readonly people: number;
  readonly span: RuleTiming;
}

/** How many of a team must be there. */
export interface StaffingNeed {
  readonly team: string;
  readonly people: number;
}

/** Within this time after the worst case, all needs must hold at once for so long in sum. */
export interface Aftercare {
  readonly withinMs: number;
  /** Whole milliseconds; a fraction of one counts as one. */
  readonly neededMs: number;
  readonly needs: readonly StaffingNeed[];
}
