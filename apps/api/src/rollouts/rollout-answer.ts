import type { RolloutEntry } from '../../../../database/read-models/rollout-list.read-model.ts';
import { bossSentence } from '../../../../domain/rollout/boss-sentence.ts';
import type { RolloutFacts } from '../../../../domain/rollout/cohort-facts.ts';
import { nextRolloutStep, thresholdOf } from '../../../../domain/rollout/next-rollout-step.ts';
import type { Instant } from '../../../../domain/instant.ts';
import type { Answer } from '../http/answers.ts';
import type { planView } from '../plans/plans.schemas.ts';
import type { cohortLane, rolloutSummary, rolloutView, stateCounts } from './rollouts.schemas.ts';

type Counts = Answer<typeof stateCounts>;

/** A rollout as lists show it. */
export function summaryOf(entry: RolloutEntry): Answer<typeof rolloutSummary> {
  const counts = countsOf(entry.groups);
  return {
    ...entry,
    counts,
    total: totalOf(counts),
    done: counts.done ?? 0,
    sentence: bossSentence({ ...entry, lastDate: dateOf(entry.lastSlot) }),
  };
}

/** A rollout as its own screen shows it. */
export function rolloutAnswer(
  entry: RolloutEntry,
  facts: RolloutFacts,
  around: {
    readonly lanes: readonly LaneRow[];
    readonly pendingPlan: Answer<typeof planView> | null;
    readonly now: Instant;
  },
): Answer<typeof rolloutView> {
  const next = nextRolloutStep(facts, around.now);
  return {
    ...summaryOf(entry),
    cohorts: around.lanes.map((lane) => laneOf(lane, entry, facts)),
    limits: {
      maxInFlight: entry.maxInFlight,
      inFlight: entry.inFlight,
      pauseAfterFailures: entry.pauseAfterFailures,
      failures: facts.failures,
    },
    plan: entry.plan,
    next: { text: next.because, at: next.kind === 'wait' ? next.until : null },
    pendingPlan: around.pendingPlan,
  };
}

/** A cohort's own row. */
export interface LaneRow {
  readonly id: string;
  readonly name: string;
  readonly position: number;
  readonly state: 'waiting' | 'open' | 'observing' | 'passed';
  readonly since: Instant;
  readonly observeUntil: Instant | null;
}

function laneOf(
  lane: LaneRow,
  entry: RolloutEntry,
  facts: RolloutFacts,
): Answer<typeof cohortLane> {
  const counts = countsOf(entry.groups.filter(({ cohortId }) => cohortId === lane.id));
  const progress = facts.cohorts.find(({ id }) => id === lane.id);
  const due = progress?.due ?? 0;
  return {
    ...lane,
    total: totalOf(counts),
    done: counts.done ?? 0,
    due,
    threshold: thresholdOf(due, facts.policy.thresholdPercent),
    failures: progress?.failures ?? 0,
    counts,
  };
}

function countsOf(groups: RolloutEntry['groups']): Counts {
  const counts: Partial<Record<keyof Counts, number>> = {};
  for (const { state, names } of groups) counts[state] = (counts[state] ?? 0) + names.length;
  return counts;
}

function totalOf(counts: Counts): number {
  return Object.values(counts).reduce((sum, each) => sum + each, 0);
}

function dateOf(at: Instant | null): string | null {
  if (at === null) return null;
  const format = { day: 'numeric', month: 'short', year: 'numeric', timeZone: 'UTC' } as const;
  return new Date(at).toLocaleDateString('en-GB', format);
}
