/** A calendar as people write it; the server checks it, the screen only puts it together. */
export interface CalendarDocument {
  readonly calendar?: string;
  readonly zone: string;
  readonly allow?: 'always' | readonly RuleDocument[];
  readonly deny?: readonly RuleDocument[];
  readonly holidays?: Readonly<Record<string, readonly string[]>>;
  readonly businessDays?: BusinessDaysDocument;
  readonly coverage?: CoverageDocument;
}

/** One rule that allows or closes. */
export interface RuleDocument {
  readonly name?: string;
  readonly on?: Selector;
  readonly from?: string;
  readonly to?: string;
  readonly plusDays?: number;
  readonly between?: readonly [string, string];
  readonly valid?: { readonly since?: string; readonly until?: string };
  readonly replace?: readonly unknown[];
  readonly kinds?: readonly string[];
  readonly tags?: readonly string[];
}

export type Weekday = 'mon' | 'tue' | 'wed' | 'thu' | 'fri' | 'sat' | 'sun';

/** Which dates a rule speaks of: exactly one key. */
export type Selector =
  | { readonly weekdays: readonly Weekday[] }
  | { readonly monthly: MonthlyDocument }
  | { readonly monthDays: readonly number[] }
  | { readonly months: readonly number[] }
  | { readonly yearly: { readonly from: string; readonly to: string } }
  | { readonly dates: readonly string[] }
  | { readonly every: { readonly since: string; readonly days?: number; readonly weeks?: number } }
  | { readonly holidays: string }
  | { readonly offset: OffsetDocument }
  | { readonly next: { readonly weekday: Weekday; readonly from: Selector } }
  | { readonly previous: { readonly weekday: Weekday; readonly from: Selector } }
  | { readonly all: readonly Selector[] }
  | { readonly any: readonly Selector[] }
  | { readonly not: Selector };

export interface MonthlyDocument {
  readonly nth: number;
  readonly weekday: Weekday;
  readonly months?: readonly number[];
}

export interface OffsetDocument {
  readonly from: Selector;
  readonly days?: number;
  readonly months?: number;
  readonly businessDays?: number;
}

export interface BusinessDaysDocument {
  readonly weekdays?: readonly Weekday[];
  readonly except?: readonly string[];
  readonly extra?: readonly string[];
  readonly hours?: { readonly from: string; readonly to: string };
}

/** Allowed times that follow from who is there. */
export interface CoverageDocument {
  readonly teams: Readonly<Record<string, TeamDocument>>;
  readonly away?: readonly AwayDocument[];
  readonly require: {
    readonly during?: Readonly<Record<string, number>>;
    readonly aftercare?: AftercareDocument;
  };
}

export interface TeamDocument {
  readonly people: number;
  readonly off?: readonly string[];
  readonly hours: readonly Pick<RuleDocument, 'on' | 'from' | 'to' | 'plusDays' | 'valid'>[];
  readonly zone?: string;
}

export interface AwayDocument {
  readonly team: string;
  readonly between: readonly [string, string];
  readonly people: number;
}

export interface AftercareDocument {
  readonly within: string;
  readonly hours: number;
  readonly teams: Readonly<Record<string, number>>;
}

/** A stored document as the screen reads it; the server has checked it when it was saved. */
export function asDocument(stored: Readonly<Record<string, unknown>>): CalendarDocument {
  return { zone: 'client', ...stored };
}
