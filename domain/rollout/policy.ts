import type { Lead } from '../calendar/notice-deadline.ts';
import type { Duration } from '../duration.ts';

export const consents = ['inform', 'object', 'approve'] as const;
/** What a client must do before production. */
export type Consent = (typeof consents)[number];

export const noAnswerRules = ['go-ahead', 'wait', 'next-window', 'ask-a-person'] as const;
/** What happens when nobody answers an *approve* in time. */
export type NoAnswerRule = (typeof noAnswerRules)[number];

/** Which clients a cohort takes: those with any of the tags, those that reported the issue, or all that are left. */
export interface CohortRule {
  readonly name: string;
  readonly tags?: readonly string[];
  readonly reporters?: boolean;
  readonly rest?: boolean;
  readonly maxInFlight?: number;
}

/** The rules for a kind of change; data, saved as revisions. */
export interface Policy {
  readonly name: string;
  readonly title: string;
  /** The calendar (by name) whose windows production keeps to; null = none beside vendor and client. */
  readonly calendar: string | null;
  readonly previewRequired: boolean;
  readonly consent: Consent;
  /** Consent of the clients that reported the issue, where it differs. */
  readonly reportersConsent?: Consent;
  readonly noAnswerRule: NoAnswerRule;
  readonly answerWithin: Lead;
  readonly lead: Lead;
  readonly worstCase: Duration;
  /** How long until a due preview is expected to be verified; the planner leaves this much. */
  readonly previewAllowance: Duration;
  readonly observation: Duration;
  /** Percent of the clients due that must be verified before the cohort is observed; rounded down. */
  readonly thresholdPercent: number;
  readonly cohorts: readonly CohortRule[];
  readonly maxInFlight: number;
  /** Preview deployments at once; absent = as many as the vendor's limit. */
  readonly previewMaxInFlight?: number;
  /** The calendar (by name) of preview deployments; absent = at any time. */
  readonly previewCalendar?: string;
  /** How a client may move its own date; absent = only a person may. */
  readonly clientMoves?: ClientMoves;
  readonly pauseAfterFailures: number;
  readonly latestDateDays: number;
  /** What becomes of clients that missed their slot: a person plans again, or it is applied at once. */
  readonly missed: 'ask' | 'plan-again';
  /** How long a client-facing mail can still be called back. */
  readonly undoTime: Duration;
  readonly probes: { readonly times: number; readonly interval: Duration };
  /** How long a deployment may take before its outcome counts as unknown. */
  readonly operationDeadline: Duration;
}

/** How often, how long before, and how far a client may move its own date. */
export interface ClientMoves {
  readonly times: number;
  /** How long before the new date it must be chosen at the latest. */
  readonly noticeHours: number;
  /** How many days after the date it moves from the new one may lie. */
  readonly latestDays: number;
}
