import { z } from 'zod';
import {
  clientRolloutStates,
  cohortStates,
  rolloutStates,
} from '../../../../domain/rollout/states.ts';
import { id, instant, line, listed } from '../http/forms.ts';
import { planView } from '../plans/plans.schemas.ts';

/** How many clients are in which state; a state nobody is in is left out. */
export const stateCounts = z
  .partialRecord(z.enum(clientRolloutStates), z.int())
  .meta({ id: 'StateCounts' });

const summaryFields = {
  id: z.string(),
  name: z.string(),
  change: z.string(),
  /** The build it brings; null while the change has none. */
  version: z.string().nullable(),
  kind: z.enum(['hotfix', 'release']),
  policy: z.string(),
  state: z.enum(rolloutStates),
  since: instant,
  stateReason: z.string().nullable(),
  startedBy: z.string(),
  startedAt: instant,
  endedAt: instant.nullable(),
  counts: stateCounts,
  total: z.int(),
  done: z.int(),
  /** Open attention items. */
  attention: z.int(),
  firstSlot: instant.nullable(),
  lastSlot: instant.nullable(),
  /** The sentence for the boss. */
  sentence: z.string(),
};

export const rolloutSummary = z.object(summaryFields).meta({ id: 'RolloutSummary' });

export const rolloutList = listed(rolloutSummary, 'RolloutList');

export const cohortLane = z
  .object({
    id: z.string(),
    name: z.string(),
    position: z.int(),
    state: z.enum(cohortStates),
    since: instant,
    observeUntil: instant.nullable(),
    total: z.int(),
    done: z.int(),
    /** Of whom the threshold is taken. */
    due: z.int(),
    /** How many must be done before the cohort is observed. */
    threshold: z.int(),
    failures: z.int(),
    counts: stateCounts,
  })
  .meta({ id: 'CohortLane' });

export const rolloutView = z
  .object({
    ...summaryFields,
    cohorts: z.array(cohortLane),
    limits: z.object({
      maxInFlight: z.int(),
      inFlight: z.int(),
      pauseAfterFailures: z.int(),
      failures: z.int(),
    }),
    plan: z.object({ id: z.string(), hash: z.string(), plannedAt: instant }),
    next: z.object({ text: z.string(), at: instant.nullable() }),
    /** New dates for missed clients that wait for a person's word. */
    pendingPlan: planView.nullable(),
  })
  .meta({ id: 'Rollout' });

export const rolloutsQuery = z.object({ state: z.enum(rolloutStates).optional() });
export type RolloutsQuery = z.infer<typeof rolloutsQuery>;

export const startBody = z.strictObject({
  planId: id,
  hash: z.string().regex(/^(sha256:)?[0-9a-f]{64}$/, 'write the hash of the plan you saw'),
  name: line().optional(),
});
export type StartBody = z.infer<typeof startBody>;
