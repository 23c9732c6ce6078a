import { z } from 'zod';

export const healthView = z
  .object({ status: z.enum(['ok', 'unavailable']), detail: z.record(z.string(), z.string()) })
  .meta({ id: 'Health' });
