import type { ClientId } from '../ids.ts';
import type { Instant, LocalDate } from '../instant.ts';
import type { Consent, NoAnswerRule, Policy } from './policy.ts';

/** All that a plan follows from; stored with it, so that the same question can be put again. Plain JSON. */
export interface PlanInput {
  readonly plannedAt: Instant;
  readonly changeKind: 'hotfix' | 'release';
  /** A critical change keeps to the rules that calendars have for hotfixes, whatever its kind. */
  readonly critical: boolean;
  readonly policy: Policy;
  /** No production before that local date, none after that one; null = no wish beyond the policy. */
  readonly earliestDate: LocalDate | null;
  readonly latestDate: LocalDate | null;
  /** Calendar documents by the id of their revision. */
  readonly calendars: Readonly<Record<string, unknown>>;
  readonly vendorCalendarId: string | null;
  readonly policyCalendarId: string | null;
  /** Deployments at once over all rollouts. */
  readonly vendorLimit: number;
  readonly cohorts: readonly { readonly name: string; readonly maxInFlight: number | null }[];
  readonly clients: readonly PlanClient[];
  /** What other rollouts have planned or begun, each for its own worst case. */
  readonly taken: readonly TakenSlot[];
}

/** A deployment of another rollout: it takes a place, and its client has no time for a second one. */
export interface TakenSlot {
  readonly clientId: ClientId;
  readonly deployer: string;
  readonly start: Instant;
  readonly end: Instant;
}

/** One client as the planner sees it. */
export interface PlanClient {
  readonly clientId: ClientId;
  readonly key: string;
  readonly name: string;
  readonly zone: string;
  readonly tags: readonly string[];
  readonly calendarId: string | null;
  /** Index into `cohorts`. */
  readonly cohort: number;
  /** It reported an issue that the change resolves. */
  readonly reported: boolean;
  readonly consent: Consent;
  readonly noAnswerRule: NoAnswerRule;
  readonly deployer: string;
  readonly deployerLimit: number;
  readonly reachableApprovers: number;
  readonly reachableInformed: number;
  /** How far the client's side already is; only what still lies ahead needs time. */
  readonly stage: 'new' | 'on-preview' | 'agreed';
  /** A slot that stays as it is: promised, or already begun. */
  readonly keeps: { readonly start: Instant; readonly latestEnd: Instant } | null;
}

/** What comes out: a date or the reasons why there is none, for every client, in cohort and key order. */
export interface PlanContent {
  readonly clients: readonly PlannedClient[];
  readonly warnings: readonly PlanWarning[];
}

export interface PlannedClient {
  readonly clientId: ClientId;
  readonly key: string;
  readonly cohort: number;
  readonly consent: Consent;
  readonly placement: Placement;
}

export type Placement =
  | {
      readonly kind: 'placed';
      readonly previewAt: Instant;
      /** When an answer is expected at the latest; null for *inform*. */
      readonly answerBy: Instant | null;
      readonly noticeAt: Instant;
      readonly noticeDeadline: Instant;
      readonly slotStart: Instant;
      readonly slotLatestEnd: Instant;
      /** Wall clock time at the client, `2026-11-25T20:00:00`. */
      readonly localStart: string;
    }
  | { readonly kind: 'kept'; readonly slotStart: Instant; readonly slotLatestEnd: Instant }
  | { readonly kind: 'unplaced'; readonly reasons: readonly string[] };

export interface PlanWarning {
  readonly key: string;
  readonly warning: 'no reachable approver' | 'nobody to inform';
}
