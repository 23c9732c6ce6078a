import type { ClientActName } from '../../domain/rollout/next-client-step.ts';
import type { RolloutActName } from '../../domain/rollout/next-rollout-step.ts';

/** The acts of one client's strand, named as people would tell the story. */
export const clientActs = [
  'preparePreview',
  'verifyPreview',
  'askConsent',
  'closeRound',
  'announce',
  'missSlot',
  'deploy',
  'verify',
] as const satisfies readonly ClientActName[];
export type ClientAct = ClientActName;

/** The acts of a rollout as a whole. */
export const rolloutActs = [
  'openCohort',
  'observeCohort',
  'passCohort',
  'pauseForFailures',
  'planMissedAgain',
  'finishRollout',
] as const satisfies readonly RolloutActName[];
export type RolloutAct = RolloutActName;

/**
 * What a loop does next: call the activity of that name, sleep (until woken at the latest) and then look
 * through that act's eyes again, or end. `summary` is what the history shows a reader.
 */
export type Step<Act extends string> =
  | { readonly kind: 'act'; readonly act: Act; readonly summary: string }
  | {
      readonly kind: 'wait';
      /** Null = until woken. */
      readonly sleepMs: number | null;
      readonly then: Act;
      readonly summary: string;
    }
  | { readonly kind: 'end'; readonly summary: string };

export type ClientStep = Step<ClientAct>;
export type RolloutStep = Step<RolloutAct>;
