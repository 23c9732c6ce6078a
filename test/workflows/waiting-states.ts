import type { ClientStep, RolloutStep } from '../../workflows/contract/steps.ts';

/** How a loop gets to where it waits: what its acts answer, one after the other. */
export interface WaitingState {
  readonly type: 'clientRolloutWorkflow' | 'rolloutWorkflow' | 'mailWorkflow';
  readonly answers: readonly (ClientStep | RolloutStep | MailAnswer | 'asks-again')[];
  /** Answers after which it is woken, by their number. */
  readonly wokenAfter?: readonly number[];
}

interface MailAnswer {
  readonly kind: 'mail';
  readonly sleepMs: number | null;
}

const day = 86_400_000;
const previewed: readonly ClientStep[] = [
  { kind: 'act', act: 'verifyPreview', summary: 'the preview is deployed' },
  { kind: 'act', act: 'askConsent', summary: 'the preview is verified' },
];
const answered: readonly ClientStep[] = [
  ...previewed,
  { kind: 'wait', sleepMs: 10 * day, then: 'closeRound', summary: 'waits for an answer' },
];
const announced: readonly ClientStep[] = [
  ...answered,
  { kind: 'act', act: 'announce', summary: 'the notice is due' },
];
const windowClosed: ClientStep = {
  kind: 'wait',
  sleepMs: 3 * day,
  then: 'deploy',
  summary: 'window Thu 20:00 Toronto',
};

/** Every state in which a loop may wait for days, so that a change of workflow code meets them all. */
export const waitingStates: Readonly<Record<string, WaitingState>> = {
  'client-preview-deploys': { type: 'clientRolloutWorkflow', answers: ['asks-again'] },
  'client-preview-is-verified': {
    type: 'clientRolloutWorkflow',
    answers: [...previewed.slice(0, 1), 'asks-again'],
  },
  'client-preview-waits-for-a-place': {
    type: 'clientRolloutWorkflow',
    answers: [{ kind: 'wait', sleepMs: null, then: 'preparePreview', summary: 'no place is free' }],
  },
  'client-is-asked': { type: 'clientRolloutWorkflow', answers: answered },
  'client-is-asked-and-reminded': {
    type: 'clientRolloutWorkflow',
    answers: [...answered, answered.at(-1)!, answered.at(-1)!],
    wokenAfter: [2, 3],
  },
  'client-did-not-answer': {
    type: 'clientRolloutWorkflow',
    answers: [
      ...answered,
      { kind: 'wait', sleepMs: null, then: 'closeRound', summary: 'nobody answered in time' },
    ],
    wokenAfter: [2],
  },
  'client-notice-is-due-later': {
    type: 'clientRolloutWorkflow',
    answers: [
      ...answered,
      { kind: 'wait', sleepMs: 2 * day, then: 'announce', summary: 'the notice is due later' },
    ],
    wokenAfter: [2],
  },
  'client-waits-for-its-window': {
    type: 'clientRolloutWorkflow',
    answers: [...announced, windowClosed],
    wokenAfter: [2],
  },
  'client-is-paused': {
    type: 'clientRolloutWorkflow',
    answers: [
      ...announced,
      windowClosed,
      { kind: 'wait', sleepMs: null, then: 'deploy', summary: 'paused by a person' },
    ],
    wokenAfter: [2, 4],
  },
  'client-missed-its-slot': {
    type: 'clientRolloutWorkflow',
    answers: [
      ...answered,
      { kind: 'act', act: 'missSlot', summary: 'its date cannot be kept' },
      { kind: 'wait', sleepMs: null, then: 'announce', summary: 'waits for a new date' },
    ],
    wokenAfter: [2],
  },
  'client-deploys': {
    type: 'clientRolloutWorkflow',
    answers: [...announced, windowClosed, 'asks-again'],
    wokenAfter: [2, 4],
  },
  'client-outcome-is-unknown': {
    type: 'clientRolloutWorkflow',
    answers: [
      ...announced,
      { kind: 'act', act: 'verify', summary: 'the outcome is to be verified' },
      { kind: 'wait', sleepMs: null, then: 'verify', summary: 'a person is asked' },
    ],
    wokenAfter: [2],
  },
  'client-is-done': {
    type: 'clientRolloutWorkflow',
    answers: [
      ...announced,
      { kind: 'act', act: 'verify', summary: 'the outcome is to be verified' },
      { kind: 'end', summary: 'done' },
    ],
    wokenAfter: [2],
  },
  'rollout-waits-for-clients': {
    type: 'rolloutWorkflow',
    answers: [
      { kind: 'wait', sleepMs: null, then: 'observeCohort', summary: 'first: 0 of 4 verified' },
    ],
  },
  'rollout-observes-a-cohort': {
    type: 'rolloutWorkflow',
    answers: [
      { kind: 'act', act: 'observeCohort', summary: 'first reached its threshold' },
      { kind: 'wait', sleepMs: day, then: 'passCohort', summary: 'first is observed' },
    ],
  },
  'rollout-gathers-missed-clients': {
    type: 'rolloutWorkflow',
    answers: [
      { kind: 'act', act: 'planMissedAgain', summary: 'clients missed their slot' },
      { kind: 'wait', sleepMs: day, then: 'planMissedAgain', summary: 'missed clients gather' },
    ],
  },
  'rollout-paused-itself': {
    type: 'rolloutWorkflow',
    answers: [
      { kind: 'act', act: 'pauseForFailures', summary: '2 failures reach the limit' },
      { kind: 'wait', sleepMs: null, then: 'observeCohort', summary: 'paused' },
    ],
  },
  'rollout-is-done': {
    type: 'rolloutWorkflow',
    answers: [
      { kind: 'act', act: 'finishRollout', summary: 'no client has anything left to do' },
      { kind: 'end', summary: 'done' },
    ],
  },
  'mail-is-due-later': {
    type: 'mailWorkflow',
    answers: [{ kind: 'mail', sleepMs: day }],
  },
  'mail-has-nothing-to-do': {
    type: 'mailWorkflow',
    answers: [
      { kind: 'mail', sleepMs: day },
      { kind: 'mail', sleepMs: null },
    ],
    wokenAfter: [0],
  },
};
