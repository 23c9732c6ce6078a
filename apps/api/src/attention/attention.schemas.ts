import { z } from 'zod';
import { instant, line, listed } from '../http/forms.ts';
import { clientName } from '../rollouts/story.schemas.ts';

export const attentionView = z
  .object({
    id: z.string(),
    kind: z.string(),
    text: z.string(),
    actions: z.array(z.string()),
    owner: z.string().nullable(),
    raisedAt: instant,
    ageMinutes: z.int(),
    rollout: z.object({ id: z.string(), name: z.string() }).nullable(),
    client: clientName.nullable(),
    subjectId: z.string().nullable(),
    resolvedAt: instant.nullable(),
    resolution: z.string().nullable(),
  })
  .meta({ id: 'Attention' });

export const attentionList = listed(attentionView, 'AttentionList');

export const attentionQuery = z.object({ state: z.enum(['open', 'all']).optional() });
export type AttentionQuery = z.infer<typeof attentionQuery>;

export const resolveBody = z.strictObject({ resolution: line(500) });
export type ResolveBody = z.infer<typeof resolveBody>;
