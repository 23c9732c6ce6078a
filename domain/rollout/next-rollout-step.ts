import { durationMs } from '../duration.ts';
import { type Instant, plusMs } from '../instant.ts';
import type { CohortProgress, RolloutFacts } from './cohort-facts.ts';
import { isOver } from './states.ts';

/** The acts of a rollout as a whole; the contract's activities carry the same names. */
export type RolloutActName =
  | 'openCohort'
  | 'observeCohort'
  | 'passCohort'
  | 'pauseForFailures'
  | 'planMissedAgain'
  | 'finishRollout';

export type RolloutNext =
  | {
      readonly kind: 'act';
      readonly act: RolloutActName;
      /** The cohort it is about; null for the rollout itself. */
      readonly cohort: CohortProgress | null;
      readonly because: string;
    }
  | {
      readonly kind: 'wait';
      readonly until: Instant | null;
      readonly then: RolloutActName;
      readonly because: string;
    }
  | { readonly kind: 'end'; readonly because: string };

/** Missed clients are planned again together, and not more often than this. */
export const replanIntervalMs = 10_000;

/** How many of the clients due must be verified before a cohort is observed; at least one while any is due. */
export function thresholdOf(due: number, thresholdPercent: number): number {
  return due === 0 ? 0 : Math.max(1, Math.floor((due * thresholdPercent) / 100));
}

/** What a rollout as a whole does next. Pure. */
export function nextRolloutStep(facts: RolloutFacts, now: Instant): RolloutNext {
  if (isOver(facts.state)) return { kind: 'end', because: `the rollout is ${facts.state}` };
  if (facts.state === 'running' && hasTooManyFailures(facts)) {
    return act('pauseForFailures', null, `${facts.failures} failures reach the limit`);
  }
  if (facts.cohorts.every(isFinished) && facts.missed === 0) {
    return act('finishRollout', null, 'no client has anything left to do');
  }
  if (facts.missed > 0 && facts.state === 'running') {
    const step = nextForMissed(facts, now);
    if (step !== null) return step;
  }
  return nextForCohorts(facts, now);
}

function hasTooManyFailures({ failures, policy, cohorts }: RolloutFacts): boolean {
  const most = Math.max(failures, ...cohorts.map((cohort) => cohort.failures));
  return most >= policy.pauseAfterFailures;
}

function isFinished(cohort: CohortProgress): boolean {
  return cohort.unfinished === 0;
}

function nextForMissed(facts: RolloutFacts, now: Instant): RolloutNext | null {
  // Also where the policy plans again by itself: it could not place everybody, so a person was asked.
  if (facts.replanAsked) return null;
  if (facts.policy.missed === 'ask') {
    return act('planMissedAgain', null, 'clients missed their slot');
  }
  const earliest = facts.replannedAt === null ? now : plusMs(facts.replannedAt, replanIntervalMs);
  if (now >= earliest) return act('planMissedAgain', null, 'clients missed their slot');
  return {
    kind: 'wait',
    until: earliest,
    then: 'planMissedAgain',
    because: 'missed clients gather',
  };
}

function nextForCohorts(facts: RolloutFacts, now: Instant): RolloutNext {
  for (const [index, cohort] of facts.cohorts.entries()) {
    if (cohort.state === 'passed') continue;
    const before = facts.cohorts[index - 1];
    if (cohort.state === 'waiting') {
      return before === undefined || before.state === 'passed'
        ? act('openCohort', cohort, `${cohort.name} may start`)
        : waitForClients(before);
    }
    return nextForOpenCohort(facts, cohort, now);
  }
  return {
    kind: 'wait',
    until: null,
    then: 'finishRollout',
    because: 'waits for the last clients',
  };
}

function nextForOpenCohort(facts: RolloutFacts, cohort: CohortProgress, now: Instant): RolloutNext {
  if (cohort.state === 'open') {
    return cohort.done >= thresholdOf(cohort.due, facts.policy.thresholdPercent)
      ? act('observeCohort', cohort, `${cohort.name} reached its threshold`)
      : waitForClients(cohort);
  }
  const restarted = observationEnd(facts, cohort);
  if (restarted !== null && now < restarted) {
    const because = `${cohort.name} is observed`;
    return { kind: 'wait', until: restarted, then: 'passCohort', because };
  }
  return act('passCohort', cohort, `${cohort.name} was observed long enough`);
}

/** A problem during the observation restarts its time. */
function observationEnd(facts: RolloutFacts, cohort: CohortProgress): Instant | null {
  const { observeUntil, lastProblemAt } = cohort;
  if (observeUntil === null || lastProblemAt === null) return observeUntil;
  const restarted = plusMs(lastProblemAt, durationMs(facts.policy.observation));
  return restarted > observeUntil ? restarted : observeUntil;
}

function waitForClients(cohort: CohortProgress): RolloutNext {
  const because = `${cohort.name}: ${cohort.done} of ${cohort.due} verified`;
  return { kind: 'wait', until: null, then: 'observeCohort', because };
}

function act(name: RolloutActName, cohort: CohortProgress | null, because: string): RolloutNext {
  return { kind: 'act', act: name, cohort, because };
}
