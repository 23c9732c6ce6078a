import { z } from 'zod';
import { instant, listed, slug, text } from '../http/forms.ts';
import { calendarProblem } from './effect.schemas.ts';

const summaryFields = {
  name: z.string(),
  revision: z.int(),
  document: z.record(z.string(), z.unknown()),
  savedBy: z.string(),
  savedAt: instant,
  /** `the vendor`, `policy hotfix`, `client north`. */
  usedBy: z.array(z.string()),
};

const revision = z
  .object({ revision: z.int(), savedBy: z.string(), savedAt: instant })
  .meta({ id: 'CalendarRevision' });

/** One revision, also as the text of its file, with all revisions there are, the newest first. */
export const calendarView = z
  .object({ ...summaryFields, yaml: z.string(), revisions: z.array(revision) })
  .meta({ id: 'CalendarDetail' });

export const calendarList = listed(
  z.object(summaryFields).meta({ id: 'Calendar' }),
  'CalendarList',
);

export const revisionQuery = z.object({
  revision: z.coerce.number().int().min(1).max(2_000_000_000).optional(),
});
export type RevisionQuery = z.infer<typeof revisionQuery>;

const sent = {
  document: z.record(z.string(), z.unknown()).optional(),
  yaml: text(1_000_000).optional(),
};

const isOne = (body: { readonly document?: unknown; readonly yaml?: unknown }): boolean =>
  (body.document === undefined) !== (body.yaml === undefined);

const oneOfThem = { path: ['document'], message: 'send either document or yaml' };

/** A calendar as an object, or as the text of its file. */
export const calendarBody = z.strictObject(sent).refine(isOne, oneOfThem);
export type CalendarBody = z.infer<typeof calendarBody>;

/** The same to be saved; with the newest revision its author has seen (0 = none), so that nobody's edit is lost. */
export const saveCalendarBody = z
  .strictObject({ ...sent, seenRevision: z.int().min(0).optional() })
  .refine(isOne, oneOfThem);
export type SaveCalendarBody = z.infer<typeof saveCalendarBody>;

/** Which calendar somebody keeps to from now on; null = none of their own. */
export const useCalendarBody = z.strictObject({ calendar: slug.nullable() });
export type UseCalendarBody = z.infer<typeof useCalendarBody>;

export const calendarCheck = z
  .object({
    valid: z.boolean(),
    problems: z.array(calendarProblem),
  })
  .meta({ id: 'CalendarCheck' });

export const askBody = z.strictObject({ questions: z.array(z.unknown()).min(1).max(1_000) });
export type AskBody = z.infer<typeof askBody>;

export const askAnswers = z
  .object({ answers: z.array(z.record(z.string(), z.unknown())) })
  .meta({ id: 'CalendarAnswers' });
