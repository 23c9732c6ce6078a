import { z } from 'zod';
import { version } from '../changes/changes.schemas.ts';
import { instant, listed, slug } from '../http/forms.ts';

export const cadencePath = z.object({ name: slug });
export type CadencePath = z.infer<typeof cadencePath>;

export const cadenceView = z
  .object({
    name: z.string(),
    title: z.string(),
    revision: z.int(),
    document: z.record(z.string(), z.unknown()),
    /** The days on which its next rollouts are due, in its zone; at most five, none later than in two years. */
    nextDates: z.array(z.iso.date()),
    /** The day for which the last rollout was started by it. */
    last: z.iso.date().nullable(),
    savedBy: z.string(),
    savedAt: instant,
  })
  .meta({ id: 'Cadence' });

export const cadenceList = listed(cadenceView, 'CadenceList');

export const cadenceBody = z.strictObject({ document: z.record(z.string(), z.unknown()) });
export type CadenceBody = z.infer<typeof cadenceBody>;

export const proposeBody = z.strictObject({ change: version });
export type ProposeBody = z.infer<typeof proposeBody>;
