import { z } from 'zod';
import { clientKey, instant, paged, pageQuery } from '../http/forms.ts';

export const clientName = z.object({ key: z.string(), name: z.string() });

/** One sentence of the story of a rollout or a client. */
export const storyEntry = z
  .object({
    position: z.int(),
    at: instant,
    kind: z.string(),
    actor: z.string(),
    text: z.string(),
    client: clientName.nullable(),
    cause: z.string().nullable(),
    facts: z.record(z.string(), z.unknown()),
  })
  .meta({ id: 'StoryEntry' });

export const storyPage = paged(storyEntry, 'StoryPage');

export const storyQuery = z.object({ client: clientKey.optional(), ...pageQuery });
export type StoryQuery = z.infer<typeof storyQuery>;
