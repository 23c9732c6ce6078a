import { z } from 'zod';
import { instant, listed, slug, text } from '../http/forms.ts';

export const calendarView = z
  .object({
    name: z.string(),
    revision: z.int(),
    document: z.record(z.string(), z.unknown()),
    savedBy: z.string(),
    savedAt: instant,
  })
  .meta({ id: 'Calendar' });

export const calendarList = listed(calendarView, 'CalendarList');

/** A calendar as an object, or as the text of its file. */
export const calendarBody = z
  .strictObject({
    document: z.record(z.string(), z.unknown()).optional(),
    yaml: text(1_000_000).optional(),
  })
  .refine((body) => (body.document === undefined) !== (body.yaml === undefined), {
    path: ['document'],
    message: 'send either document or yaml',
  });
export type CalendarBody = z.infer<typeof calendarBody>;

/** Which calendar somebody keeps to from now on; null = none of their own. */
export const useCalendarBody = z.strictObject({ calendar: slug.nullable() });
export type UseCalendarBody = z.infer<typeof useCalendarBody>;

export const calendarCheck = z
  .object({
    valid: z.boolean(),
    problems: z.array(z.object({ code: z.string(), path: z.string(), message: z.string() })),
  })
  .meta({ id: 'CalendarCheck' });

export const askBody = z.strictObject({ questions: z.array(z.unknown()).min(1).max(1_000) });
export type AskBody = z.infer<typeof askBody>;

export const askAnswers = z
  .object({ answers: z.array(z.record(z.string(), z.unknown())) })
  .meta({ id: 'CalendarAnswers' });
