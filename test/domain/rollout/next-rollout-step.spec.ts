import fc from 'fast-check';
import type { CohortId, RolloutId } from '../../../domain/ids.ts';
import { parseInstant, plusMs } from '../../../domain/instant.ts';
import type { CohortProgress, RolloutFacts } from '../../../domain/rollout/cohort-facts.ts';
import {
  nextRolloutStep,
  replanIntervalMs,
  thresholdOf,
} from '../../../domain/rollout/next-rollout-step.ts';
import { demoPolicy } from '../../../domain/rollout/seeded-policies.ts';

const now = parseInstant('2026-12-01T20:00:00Z');

function cohort(differences: Partial<CohortProgress> = {}): CohortProgress {
  return {
    id: 'pilot' as CohortId,
    name: 'Pilot',
    state: 'open',
    observeUntil: null,
    due: 4,
    done: 0,
    unfinished: 4,
    failures: 0,
    lastProblemAt: null,
    ...differences,
  };
}

function rollout(differences: Partial<RolloutFacts> = {}): RolloutFacts {
  return {
    rolloutId: 'rollout' as RolloutId,
    state: 'running',
    policy: demoPolicy,
    cohorts: [cohort(), cohort({ name: 'Rest', state: 'waiting' })],
    failures: 0,
    missed: 0,
    replanAsked: false,
    replannedAt: null,
    ...differences,
  };
}

const policyAsk = { ...demoPolicy, missed: 'ask' } as const;
const seen = cohort({ state: 'observing', done: 4, unfinished: 0, observeUntil: now });
const rest = cohort({ name: 'Rest', state: 'waiting' });

it.each<readonly [string, Partial<RolloutFacts>, string]>([
  ['opens the first cohort', { cohorts: [cohort({ state: 'waiting' })] }, 'act openCohort'],
  ['waits until the open cohort reached its threshold', {}, 'wait observeCohort'],
  [
    'observes a cohort that reached it',
    { cohorts: [cohort({ done: 4 }), rest] },
    'act observeCohort',
  ],
  [
    'observes a cohort in which nobody is due',
    { cohorts: [cohort({ due: 0 }), rest] },
    'act observeCohort',
  ],
  [
    'watches until the observation is over',
    { cohorts: [{ ...seen, observeUntil: plusMs(now, 1) }, rest] },
    'wait passCohort',
  ],
  ['passes the cohort at that very instant', { cohorts: [seen, rest] }, 'act passCohort'],
  [
    'begins the observation anew after a problem',
    { cohorts: [{ ...seen, lastProblemAt: plusMs(now, -5_000) }, rest] },
    'wait passCohort',
  ],
  [
    'is not held up by an old problem',
    { cohorts: [{ ...seen, lastProblemAt: plusMs(now, -11_000) }, rest] },
    'act passCohort',
  ],
  [
    'opens the next cohort after the one before passed',
    { cohorts: [{ ...seen, state: 'passed' }, rest] },
    'act openCohort',
  ],
  [
    'keeps opening cohorts while paused, for gates guard the starts',
    { state: 'paused', cohorts: [{ ...seen, state: 'passed' }, rest] },
    'act openCohort',
  ],
  ['pauses at the limit of failures', { failures: 2 }, 'act pauseForFailures'],
  [
    'pauses for a single cohort too',
    { cohorts: [cohort({ failures: 2 }), rest] },
    'act pauseForFailures',
  ],
  ['does not pause below the limit', { failures: 1 }, 'wait observeCohort'],
  ['does not pause twice', { state: 'paused', failures: 9 }, 'wait observeCohort'],
  ['asks about missed clients', { missed: 1, policy: policyAsk }, 'act planMissedAgain'],
  ['asks once', { missed: 1, policy: policyAsk, replanAsked: true }, 'wait observeCohort'],
  ['plans missed clients again by policy', { missed: 1 }, 'act planMissedAgain'],
  ['gathers missed clients for a while', { missed: 1, replannedAt: now }, 'wait planMissedAgain'],
  [
    'plans again when the while is over',
    { missed: 1, replannedAt: plusMs(now, -replanIntervalMs) },
    'act planMissedAgain',
  ],
  [
    'leaves to a person whom the policy could not place',
    { missed: 1, replanAsked: true },
    'wait observeCohort',
  ],
  ['plans nobody again while paused', { state: 'paused', missed: 1 }, 'wait observeCohort'],
  [
    'finishes when nobody has anything left to do',
    { cohorts: [seen, { ...rest, unfinished: 0 }] },
    'act finishRollout',
  ],
  [
    'does not finish before the missed have a date',
    { cohorts: [{ ...seen, state: 'passed' }], missed: 1, replanAsked: true },
    'wait finishRollout',
  ],
  [
    'waits for the last clients after every cohort passed',
    { cohorts: [{ ...seen, state: 'passed', unfinished: 1 }] },
    'wait finishRollout',
  ],
  ['ends when it was stopped', { state: 'stopped' }, 'end'],
])('%s', (_, differences, expected) => {
  const step = nextRolloutStep(rollout(differences), now);

  expect(
    step.kind === 'end' ? 'end' : `${step.kind} ${step.kind === 'act' ? step.act : step.then}`,
  ).toBe(expected);
});

it.each([
  [0, 90, 0],
  [1, 90, 1],
  [1, 1, 1],
  [2, 90, 1],
  [9, 90, 8],
  [10, 90, 9],
  [11, 90, 9],
  [19, 90, 17],
  [60, 90, 54],
  [3, 100, 3],
])('of %i due under %i percent, %i must be verified', (due, percent, expected) => {
  expect(thresholdOf(due, percent)).toBe(expected);
});

it('never asks for more than are due, nor for nobody while anybody is due', () => {
  const inputs = [fc.integer({ min: 1, max: 5_000 }), fc.integer({ min: 1, max: 100 })] as const;
  fc.assert(
    fc.property(...inputs, (due, percent) => {
      const threshold = thresholdOf(due, percent);
      return threshold >= 1 && threshold <= due;
    }),
  );
});
