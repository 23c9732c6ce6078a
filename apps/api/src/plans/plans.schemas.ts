import { z } from 'zod';
import { consents, noAnswerRules } from '../../../../domain/rollout/policy.ts';
import { version } from '../changes/changes.schemas.ts';
import { clientKey, id, instant, line, slug } from '../http/forms.ts';

export const planRow = z
  .object({
    key: z.string(),
    name: z.string(),
    zone: z.string(),
    cohort: z.string(),
    consent: z.enum(consents),
    noAnswerRule: z.enum(noAnswerRules),
    placed: z.boolean(),
    kept: z.boolean(),
    previewAt: instant.nullable(),
    answerBy: instant.nullable(),
    noticeAt: instant.nullable(),
    noticeDeadline: instant.nullable(),
    slotStart: instant.nullable(),
    slotLatestEnd: instant.nullable(),
    /** Wall clock time at the client, `2026-11-25T20:00:00`. */
    localStart: z.string().nullable(),
    /** Why it has no date, naming layer and rule; empty when it has one. */
    reasons: z.array(z.string()),
    /** In what it differs from the policy, and why; empty for a standard client. */
    differs: z.array(z.string()),
    /** The cheapest single thing that would give it a date; null when it has one, or no single thing would. */
    relaxation: z.object({ text: z.string(), slotStart: instant }).nullable(),
    /** Why the date it had cannot stay. */
    whyMoved: z.string().nullable(),
    /** Whose choice its date is; null = the planner's. */
    pinned: z.enum(['client', 'person']).nullable(),
    missingTranslation: z.boolean(),
  })
  .meta({ id: 'PlanRow' });

export const planDifference = z
  .object({
    moves: z.array(
      z.object({
        key: z.string(),
        name: z.string(),
        from: instant.nullable(),
        to: instant.nullable(),
        fromLocal: z.string().nullable(),
        toLocal: z.string().nullable(),
        reason: z.string(),
        /** Was told the old date, so is told the new one. */
        toldAgain: z.boolean(),
      }),
    ),
    same: z.int(),
  })
  .meta({ id: 'PlanDifference' });

export const planView = z
  .object({
    id: z.string(),
    hash: z.string(),
    plannedAt: instant,
    change: z.string(),
    build: z.string().nullable(),
    policy: z.string(),
    rolloutId: z.string().nullable(),
    summary: z.string(),
    cohorts: z.array(z.object({ name: z.string(), clients: z.int() })),
    clients: z.array(planRow),
    warnings: z.array(z.object({ client: z.string(), name: z.string(), warning: z.string() })),
    difference: planDifference.nullable(),
    /** In what it differs from the rollout it was made after; empty when nothing does, or it was made after none. */
    likeDiffers: z.array(z.string()),
    /** How full each day with slots is, in the vendor's zone. */
    capacity: z.array(
      z.object({
        date: z.iso.date(),
        slots: z.int(),
        clients: z.array(z.string()),
        /** The most deployments at once, those of other rollouts included. */
        busiest: z.int(),
        limit: z.int(),
      }),
    ),
  })
  .meta({ id: 'Plan' });

export const cohortRule = z.strictObject({
  name: line(80),
  tags: z.array(line(80)).max(100).optional(),
  reporters: z.boolean().optional(),
  rest: z.boolean().optional(),
  maxInFlight: z.int().min(1).max(1000).optional(),
});

export const clientSelection = z.strictObject({
  tags: z.array(line(80)).max(100).optional(),
  keys: z.array(clientKey).max(10_000).optional(),
  reporters: z.boolean().optional(),
});

export const newPlanBody = z.strictObject({
  change: version,
  /** A rollout whose cohorts, policy and clients are taken over where this order does not say otherwise. */
  like: id.optional(),
  policy: slug.optional(),
  /** All active clients when left out. */
  clients: clientSelection.optional(),
  cohorts: z.array(cohortRule).min(1).max(50).optional(),
  name: line().optional(),
});
export type NewPlanBody = z.infer<typeof newPlanBody>;
