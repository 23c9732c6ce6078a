import type { ValidSpan } from '../calendar/calendar-document.ts';
import type { Lead } from '../calendar/notice-deadline.ts';
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
  /** Calendar documents by the id of their revision; freezes and agreements are documents too. */
  readonly calendars: Readonly<Record<string, unknown>>;
  readonly vendorCalendarId: string | null;
  readonly policyCalendarId: string | null;
  /** When preview sites may be deployed to; null = at any time. */
  readonly previewCalendarId: string | null;
  /** Deployments at once over all rollouts. */
  readonly vendorLimit: number;
  /** Preview deployments of this rollout at once. */
  readonly previewLimit: number;
  /** The languages that the build has release notes in; null = there is no build, or no notes yet. */
  readonly noteLocales: readonly string[] | null;
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
  /** The language of its contacts, `fr`. */
  readonly locale: string;
  readonly tags: readonly string[];
  /** The calendar of its business days; null = Monday to Friday. */
  readonly calendarId: string | null;
  /** What narrows its time beside the vendor's and the policy's calendars. */
  readonly layers: readonly OwnLayer[];
  /** A lead it agreed on; of this and the policy's the one with the earlier deadline counts. */
  readonly agreedLead: Lead | null;
  /** Index into `cohorts`. */
  readonly cohort: number;
  /** It reported an issue that the change resolves. */
  readonly reported: boolean;
  readonly consent: Consent;
  readonly noAnswerRule: NoAnswerRule;
  readonly deployer: string;
  readonly deployerLimit: number;
  /** What deploys to its preview site; absent = the same as to production. */
  readonly previewDeployer?: { readonly name: string; readonly limit: number };
  readonly reachableApprovers: number;
  readonly reachableInformed: number;
  /** How far the client's side already is; only what still lies ahead needs time. */
  readonly stage: 'new' | 'on-preview' | 'agreed';
  /** A slot that stays as it is: already begun, or told and still open. */
  readonly keeps: (PresentSlot & { readonly why: 'begun' | 'told' }) | null;
  /** A slot that the client chose or a person promised. */
  readonly pinned: (PresentSlot & { readonly by: 'client' | 'person' }) | null;
  /** Today's date that nobody was told; kept where it still holds, so that few move. */
  readonly current: PresentSlot | null;
  /** How many rounds in a row it let pass without an answer. */
  readonly silentTimes: number;
}

/** A calendar of one client alone; an agreement may stand instead of the vendor's allow rules. */
export interface OwnLayer {
  readonly layer: 'client' | 'freeze' | 'agreement';
  readonly calendarId: string;
  readonly replacesAllow?: true;
  /** On which days of the client's zone it holds; absent = on all. */
  readonly valid?: ValidSpan;
}

/** A slot that a client has already. */
export interface PresentSlot {
  readonly start: Instant;
  readonly latestEnd: Instant;
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
      /** Why the date it had cannot stay; absent when it had none. */
      readonly whyMoved?: string;
    }
  | { readonly kind: 'kept'; readonly slotStart: Instant; readonly slotLatestEnd: Instant }
  | {
      readonly kind: 'unplaced';
      readonly reasons: readonly string[];
      /** The cheapest single thing that would give it a date; null when no single one does. */
      readonly relaxation: Relaxation | null;
    };

/** One rule relaxed, and the date that this client would get by it. */
export interface Relaxation {
  readonly kind: RelaxationKind;
  /** `with the client's own freeze lifted on 20 January: 21 January 20:00`. */
  readonly text: string;
  readonly slotStart: Instant;
}

/** What may be relaxed, in the order of what it costs. */
export const relaxationKinds = [
  'latest-date',
  'freeze',
  'rule',
  'lead',
  'limit',
  'coverage',
  'observation',
] as const;
export type RelaxationKind = (typeof relaxationKinds)[number];

export interface PlanWarning {
  readonly key: string;
  readonly warning:
    | 'no reachable approver'
    | 'nobody to inform'
    | 'silent three times'
    | `no release notes in ${string}`;
}
