import { z } from 'zod';
import { instant, reason } from '../http/forms.ts';

export const vendorView = z
  .object({
    name: z.string(),
    /** Whether clients get mail; off = their owners at the vendor do. */
    live: z.object({ on: z.boolean(), changedAt: instant, changedBy: z.string() }),
    maxInFlight: z.int(),
    calendar: z.string().nullable(),
    counts: z.object({ clients: z.int(), contacts: z.int(), rolloutsRunning: z.int() }),
  })
  .meta({ id: 'Vendor' });

export const liveBody = z.strictObject({ on: z.boolean(), reason });
export type LiveBody = z.infer<typeof liveBody>;

/** What an installation runs on, with secrets masked. */
export const doctorView = z
  .object({
    settings: z.array(
      z.object({ name: z.string(), meaning: z.string(), value: z.string().nullable() }),
    ),
    schema: z.string(),
    temporal: z.object({ address: z.string(), reachable: z.boolean(), detail: z.string() }),
    zoneData: z.string(),
    wakesOwed: z.int(),
    durability: z.object({ fsync: z.string(), synchronousCommit: z.string() }),
  })
  .meta({ id: 'Doctor' });
