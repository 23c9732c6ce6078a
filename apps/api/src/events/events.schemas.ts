import { z } from 'zod';

export const eventsQuery = z.object({ after: z.string().max(20).optional() });
export type EventsQuery = z.infer<typeof eventsQuery>;
