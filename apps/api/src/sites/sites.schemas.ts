import { z } from 'zod';
import { clientKey } from '../http/forms.ts';

export const surveyBody = z.strictObject({ clients: z.array(clientKey).max(10_000).optional() });
export type SurveyBody = z.infer<typeof surveyBody>;

export const surveyResult = z
  .object({
    items: z.array(
      z.object({
        client: z.string(),
        site: z.enum(['preview', 'production']),
        url: z.string(),
        verdict: z.string(),
        version: z.string().nullable(),
        digest: z.string().nullable(),
        adopted: z.boolean(),
        drift: z.boolean(),
        detail: z.string(),
      }),
    ),
    summary: z.string(),
  })
  .meta({ id: 'SurveyResult' });
