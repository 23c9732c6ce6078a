import { z } from 'zod';
import { instant } from '../http/forms.ts';

/** The zone data that every answer rests on, beside the runtime's; and the stored dates that they derive otherwise. */
export const zoneDataView = z
  .object({
    version: z.string(),
    runtime: z.string(),
    differing: z.array(
      z
        .object({ zone: z.string(), from: instant, bundled: z.string(), other: z.string() })
        .meta({ id: 'DifferingZone' }),
    ),
    slots: z.int(),
    moved: z.array(
      z
        .object({
          rolloutId: z.string(),
          rollout: z.string(),
          client: z.string(),
          clientName: z.string(),
          zone: z.string(),
          local: z.string(),
          stored: instant,
          derived: instant.nullable(),
          zoneData: z.string().nullable(),
          text: z.string(),
        })
        .meta({ id: 'MovedSlot' }),
    ),
    summary: z.string(),
  })
  .meta({ id: 'ZoneData' });
