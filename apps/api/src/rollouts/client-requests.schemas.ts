import { z } from 'zod';
import { weekdays } from '../../../../domain/calendar/local-time.ts';
import { localTime } from '../agreements/agreements.schemas.ts';
import { instant, listed, reason } from '../http/forms.ts';

/** A time of the client's clock; 24:00 = the end of the day. */
const clockTime = z
  .string()
  .regex(/^(([01]\d|2[0-3]):[0-5]\d|24:00)$/, 'write a time of day, such as 20:00');

/** What a client asks for beside its own date. */
export const requestBody = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('freeze'), from: localTime, to: localTime, reason }),
  z.strictObject({
    kind: z.literal('preference'),
    weekday: z.enum(weekdays),
    /** Between which times the start may lie; the end is not included. */
    fromTime: clockTime,
    toTime: clockTime,
    reason,
  }),
  z.strictObject({ kind: z.literal('skip'), reason }),
]);
export type RequestBody = z.infer<typeof requestBody>;

const fields = {
  id: z.string(),
  /** `applied` = within what clients decide by themselves, and done; `waiting` = a person decides. */
  state: z.enum(['applied', 'waiting']),
  answer: z.object({
    /** What the planner said to it at that moment. */
    text: z.string(),
    slotStart: instant.nullable(),
    moves: z.array(z.object({ key: z.string(), from: instant.nullable(), to: instant.nullable() })),
    /** Why a person has to decide; null = nobody has to. */
    whyWaiting: z.string().nullable(),
  }),
};

export const requestAnswer = z.object(fields).meta({ id: 'ClientRequestAnswer' });

export const requestView = z
  .object({
    ...fields,
    /** What was asked for, in words. */
    title: z.string(),
    request: requestBody,
    requestedBy: z.string(),
    requestedAt: instant,
    /** What a person made of one that waited; null = nothing yet, or nobody had to. */
    settled: z.object({ at: instant, by: z.string(), resolution: z.string() }).nullable(),
  })
  .meta({ id: 'ClientRequest' });

export const requestList = listed(requestView, 'ClientRequestList');
