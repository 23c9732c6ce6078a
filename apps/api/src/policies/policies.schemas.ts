import { z } from 'zod';
import { instant, listed, slug } from '../http/forms.ts';

export const namePath = z.object({ name: slug });
export type NamePath = z.infer<typeof namePath>;

export const policyView = z
  .object({
    name: z.string(),
    title: z.string(),
    revision: z.int(),
    document: z.record(z.string(), z.unknown()),
    savedBy: z.string(),
    savedAt: instant,
  })
  .meta({ id: 'Policy' });

export const policyList = listed(policyView, 'PolicyList');

export const policyBody = z.strictObject({ document: z.record(z.string(), z.unknown()) });
export type PolicyBody = z.infer<typeof policyBody>;
