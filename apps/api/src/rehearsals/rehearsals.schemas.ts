import { z } from 'zod';
import { instant } from '../http/forms.ts';

/** What somebody wants to suppose; what is left out follows from the vendor's own history. */
export const rehearsalBody = z
  .strictObject({
    seed: z.int().min(0).max(2_147_483_647).default(1),
    runs: z.int().min(1).max(2_000).default(200),
    failurePercent: z.number().min(0).max(100).optional(),
    silencePercent: z.number().min(0).max(100).optional(),
  })
  .meta({ id: 'RehearsalOrder' });
export type RehearsalBody = z.infer<typeof rehearsalBody>;

export const rehearsalView = z
  .object({
    seed: z.int(),
    /** Fewer than asked for where the plan has very many clients. */
    runs: z.int(),
    completeRuns: z.int(),
    completion: z.object({ p50: instant.nullable(), p90: instant.nullable() }),
    clients: z.int(),
    placed: z.int(),
    verified: z.object({ min: z.int(), median: z.int(), max: z.int() }),
    /** Of the run that ends in the middle. */
    timeline: z.array(z.object({ at: instant, text: z.string() })),
    messages: z.array(z.object({ kind: z.string(), count: z.number() })),
    busiestHour: z
      .object({
        start: instant,
        end: instant,
        messages: z.number(),
        deployments: z.number(),
      })
      .nullable(),
    sources: z.array(z.string()),
    sentence: z.string(),
  })
  .meta({ id: 'Rehearsal' });
