import { z } from 'zod';

/** What every error looks like, RFC 9457. */
export const problemBody = z
  .looseObject({
    type: z.string(),
    title: z.string(),
    status: z.int(),
    /** Stable; programs branch on it and on nothing else. */
    code: z.string(),
    detail: z.string(),
    errors: z
      .array(
        z.object({
          path: z.string(),
          message: z.string(),
          line: z.int().optional(),
          column: z.int().optional(),
          heading: z.string().optional(),
        }),
      )
      .optional(),
  })
  .meta({ id: 'Problem' });
export type ProblemBody = z.infer<typeof problemBody>;
