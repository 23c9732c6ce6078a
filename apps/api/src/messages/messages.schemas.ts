import { z } from 'zod';
import { instant, paged, pageQuery, reason } from '../http/forms.ts';
import { clientName } from '../rollouts/story.schemas.ts';

export const messageStatuses = [
  'planned',
  'queued',
  'sending',
  'accepted',
  'delivered',
  'bounced',
  'complained',
  'suppressed',
  'rejected',
  'unknown',
  'needs_human',
  'resent',
  'dropped',
  'cancelled',
  'superseded',
  'expired',
] as const;

const fields = {
  id: z.string(),
  kind: z.string(),
  client: clientName.nullable(),
  to: z.string(),
  toName: z.string(),
  subject: z.string(),
  status: z.enum(messageStatuses),
  statusSince: instant,
  statusWords: z.string(),
  /** False = it went to the client's owner, not to the client. */
  live: z.boolean(),
  acceptedAt: instant.nullable(),
  attempt: z.int(),
  lastError: z.string().nullable(),
  createdAt: instant,
};

export const messageView = z.object(fields).meta({ id: 'Message' });

export const messagePage = paged(messageView, 'MessagePage');

/** A message with its text as sent; secret links are left out. */
export const messageDetail = z
  .object({
    ...fields,
    text: z.string(),
    html: z.string(),
    headers: z.array(z.object({ name: z.string(), value: z.string() })),
    events: z.array(
      z.object({ at: instant, kind: z.string(), actor: z.string(), text: z.string() }),
    ),
  })
  .meta({ id: 'MessageDetail' });

export const messagesQuery = z.object({
  status: z.enum(messageStatuses).optional(),
  kind: z.string().max(80).optional(),
  ...pageQuery,
});
export type MessagesQuery = z.infer<typeof messagesQuery>;

export const messageDecisionBody = z.strictObject({ reason });
export type MessageDecisionBody = z.infer<typeof messageDecisionBody>;
