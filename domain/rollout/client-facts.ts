import type { CalendarLayer } from '../calendar/calendar-layer.ts';
import type { ClientTime } from '../calendar/notice-deadline.ts';
import type {
  BuildId,
  ClientId,
  ClientRolloutId,
  CohortId,
  ContactId,
  DeploymentId,
  RolloutId,
  RoundId,
} from '../ids.ts';
import type { Instant } from '../instant.ts';
import type { Consent, NoAnswerRule, Policy } from './policy.ts';
import type {
  ClientRolloutState,
  CohortState,
  DeploymentState,
  RolloutState,
  RoundState,
  Verification,
} from './states.ts';

/** Everything the rules need to know of one client's part of a rollout, as read in one moment. */
export interface ClientFacts {
  readonly clientRolloutId: ClientRolloutId;
  readonly rolloutId: RolloutId;
  readonly clientId: ClientId;
  readonly planPosition: number;
  readonly state: ClientRolloutState;
  readonly since: Instant;
  readonly changeKind: 'hotfix' | 'release';
  readonly critical: boolean;
  readonly policy: Policy;
  readonly consent: Consent;
  readonly noAnswerRule: NoAnswerRule;
  readonly control: ControlFacts;
  readonly client: {
    readonly zone: string;
    readonly tags: readonly string[];
    /** Its business days, for deadlines. */
    readonly time: ClientTime;
  };
  /** Whose windows must all be open: vendor, policy, client. */
  readonly layers: readonly CalendarLayer[];
  /** What is to be brought; null while the change has no build. */
  readonly build: BuildFacts | null;
  readonly minimumVersion: string | null;
  readonly previewAt: Instant | null;
  readonly preview: SiteFacts;
  readonly production: SiteFacts;
  /** The newest question put to this client; null before the first. */
  readonly round: RoundFacts | null;
  /** The build the client agreed to, or was informed of; null before that. */
  readonly agreedBuildId: BuildId | null;
  readonly slot: SlotFacts | null;
  /** Why the planner found no date; null when there is one, or when nobody has planned it. */
  readonly noDateReason: string | null;
  readonly notice: NoticeFacts;
  readonly cohort: CohortGateFacts;
  readonly capacity: {
    readonly preview: readonly CapacityFacts[];
    readonly production: readonly CapacityFacts[];
  };
}

/** Who may stop this client from starting. */
export interface ControlFacts {
  readonly live: boolean;
  readonly rollout: RolloutState;
  readonly rolloutReason: string | null;
  readonly hold: {
    readonly reason: string;
    readonly by: string;
    readonly until: Instant | null;
  } | null;
}

export interface BuildFacts {
  readonly id: BuildId;
  readonly version: string;
  readonly digest: string;
  readonly qaPassed: boolean;
  readonly blocked: boolean;
  /** Issues resolved by it and by all it was made from. */
  readonly issues: readonly string[];
}

export interface SiteFacts {
  /** The build the site runs as far as we know, with the issues resolved in it; null when none is known. */
  readonly current: { readonly version: string; readonly issues: readonly string[] } | null;
  /**
   * The newest attempt of this rollout at this site for the present build, or the one that production is busy with;
   * null when there is none.
   */
  readonly deployment: DeploymentFacts | null;
  /** Another attempt of this rollout at this site that has no outcome yet, such as one for an older build. */
  readonly leftover: DeploymentFacts | null;
  /** Name of another rollout that works on this site or keeps it for an open question. */
  readonly busyWith: string | null;
}

export interface DeploymentFacts {
  readonly id: DeploymentId;
  readonly buildId: BuildId;
  readonly generation: number;
  readonly state: DeploymentState;
  readonly verification: Verification | null;
  readonly permitUntil: Instant | null;
  readonly attempt: number;
  readonly deadline: Instant;
  /** A person deploys and records it; there is nobody to ask. */
  readonly byHand: boolean;
}

export interface RoundFacts {
  readonly id: RoundId;
  readonly number: number;
  readonly buildId: BuildId;
  readonly state: RoundState;
  readonly consent: Consent;
  /** When the mail with the question was accepted for the first contact; null before that. */
  readonly requestedAt: Instant | null;
  /** Counted from the acceptance of the request; null until it was accepted. */
  readonly deadline: Instant | null;
  /** Since when the deadline has passed under a no-answer rule that goes on waiting; null before that. */
  readonly overdueSince: Instant | null;
  readonly decidedBy: ContactId | null;
}

export interface SlotFacts {
  readonly start: Instant;
  readonly latestEnd: Instant;
  /** When the notice is queued, and when it must have been accepted at the latest. */
  readonly noticeAt: Instant;
  readonly noticeDeadline: Instant;
}

/** The notice for the present slot's date. */
export interface NoticeFacts {
  readonly written: boolean;
  /** The first acceptance for a valid contact while live; null = nobody was told yet. */
  readonly acceptedAt: Instant | null;
  /** Every contact bounced, is suppressed or was refused; then nobody can be told. */
  readonly undeliverable: boolean;
}

export interface CohortGateFacts {
  readonly id: CohortId;
  readonly name: string;
  readonly state: CohortState;
  readonly previousName: string | null;
  readonly previousObserveUntil: Instant | null;
  readonly failures: number;
  readonly rolloutFailures: number;
}

/** One limit on deployments at once and how much of it is taken. */
export interface CapacityFacts {
  readonly of: 'cohort' | 'rollout' | 'deployer' | 'vendor';
  readonly inFlight: number;
  readonly limit: number;
}
