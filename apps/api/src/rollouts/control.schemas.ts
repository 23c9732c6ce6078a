import { z } from 'zod';
import { version } from '../changes/changes.schemas.ts';
import { clientKey, id, instant, line, reason, sentInstant } from '../http/forms.ts';
import { rolloutView } from './rollouts.schemas.ts';
import { clientName } from './story.schemas.ts';

const clients = z.array(clientKey).min(1).max(10_000);

export const pauseBody = z.strictObject({
  reason,
  /** False answers at once and only names what was dispatched. */
  wait: z.boolean().default(true),
});
export type PauseBody = z.infer<typeof pauseBody>;

export const pauseResult = z
  .object({
    rollout: rolloutView,
    alreadyDispatched: z.array(
      z.object({ client: z.string(), site: z.enum(['preview', 'production']), since: instant }),
    ),
  })
  .meta({ id: 'PauseResult' });

export const resumeBody = z.strictObject({ reason: reason.optional() });
export type ResumeBody = z.infer<typeof resumeBody>;

export const stopBody = z.strictObject({ reason });
export type StopBody = z.infer<typeof stopBody>;

const oneOfBoth = (body: { clients?: unknown; tag?: unknown }): boolean =>
  (body.clients === undefined) !== (body.tag === undefined);
const sendOne = { path: ['clients'], message: 'send either clients or tag' };

export const holdBody = z
  .strictObject({
    clients: clients.optional(),
    tag: line(80).optional(),
    reason,
    until: sentInstant.optional(),
  })
  .refine(oneOfBoth, sendOne);
export type HoldBody = z.infer<typeof holdBody>;

export const releaseBody = z
  .strictObject({ clients: clients.optional(), tag: line(80).optional() })
  .refine(oneOfBoth, sendOne);
export type ReleaseBody = z.infer<typeof releaseBody>;

export const retryBody = z.strictObject({ clients, reason });
export type RetryBody = z.infer<typeof retryBody>;

export const skipBody = z.strictObject({ clients, reason, nextVersion: version.optional() });
export type SkipBody = z.infer<typeof skipBody>;

/** With `preview=true` nothing changes; the answer says what would. */
export const previewQuery = z.object({ preview: z.enum(['true', 'false']).optional() });
export type PreviewQuery = z.infer<typeof previewQuery>;

export const controlResult = z
  .object({
    affected: z.array(clientName),
    refused: z.array(z.object({ key: z.string(), why: z.string() })),
    /** Mails that leave because of it. */
    messages: z.array(z.object({ kind: z.string(), count: z.int() })),
    /** Null for a preview. */
    rollout: rolloutView.nullable(),
  })
  .meta({ id: 'ControlResult' });

export const planAgainBody = z.strictObject({
  /** `all` = whoever must move; everybody else keeps its date. */
  clients: z.union([clients, z.enum(['missed', 'all'])]).default('missed'),
  reason,
});
export type PlanAgainBody = z.infer<typeof planAgainBody>;

export const applyPlanBody = z.strictObject({ hash: z.string().max(80) });
export type ApplyPlanBody = z.infer<typeof applyPlanBody>;

export const planPath = z.object({ id, planId: id });
export type PlanPath = z.infer<typeof planPath>;

export const settleBody = z.strictObject({
  outcome: z.enum(['succeeded', 'failed']),
  detail: line(1_000),
});
export type SettleBody = z.infer<typeof settleBody>;

export const settlePath = z.object({ id, deploymentId: id });
export type SettlePath = z.infer<typeof settlePath>;
