import { z } from 'zod';
import { consents } from '../../../../domain/rollout/policy.ts';
import { roundStates } from '../../../../domain/rollout/states.ts';
import { id, instant, listed, reason, text } from '../http/forms.ts';
import { clientName } from '../rollouts/story.schemas.ts';

export const approvalView = z
  .object({
    roundId: z.string(),
    rollout: z.object({ id: z.string(), name: z.string() }),
    client: clientName,
    build: z.string(),
    consent: z.enum(consents),
    state: z.enum(roundStates),
    requestedAt: instant.nullable(),
    deadline: instant.nullable(),
    approvers: z.array(z.object({ name: z.string(), email: z.string() })),
  })
  .meta({ id: 'Approval' });

export const approvalList = listed(approvalView, 'ApprovalList');

export const approvalsQuery = z.object({ state: z.enum([...roundStates, 'all']).optional() });
export type ApprovalsQuery = z.infer<typeof approvalsQuery>;

export const recordBody = z
  .strictObject({
    decision: z.enum(['approve', 'reject']),
    contactEmail: z.email().max(254),
    /** How the vendor knows: who phoned whom, when. */
    reason,
    comment: text(4_000).optional(),
  })
  .refine((body) => body.decision === 'approve' || (body.comment ?? '').trim() !== '', {
    path: ['comment'],
    message: 'a rejection needs a comment',
  });
export type RecordBody = z.infer<typeof recordBody>;

export const roundPath = z.object({ roundId: id });
export type RoundPath = z.infer<typeof roundPath>;
