import { z } from 'zod';
import { instant } from '../http/forms.ts';

/** What is wrong with a document, and where. */
export const calendarProblem = z
  .object({ code: z.string(), path: z.string(), message: z.string() })
  .meta({ id: 'CalendarProblem' });

const move = z
  .object({
    key: z.string(),
    name: z.string(),
    from: instant.nullable(),
    to: instant,
    fromLocal: z.string().nullable(),
    toLocal: z.string(),
    reason: z.string(),
    toldAgain: z.boolean(),
  })
  .meta({ id: 'EffectMove' });

const loss = z
  .object({
    key: z.string(),
    name: z.string(),
    reasons: z.array(z.string()),
    relaxation: z.string().nullable(),
  })
  .meta({ id: 'EffectLoss' });

/** Whom an edit that was not saved yet would move, and who would be told again. */
export const effectView = z
  .object({
    valid: z.boolean(),
    problems: z.array(calendarProblem),
    rollouts: z.array(
      z
        .object({
          rolloutId: z.string(),
          rolloutName: z.string(),
          moves: z.array(move),
          unplaced: z.array(loss),
        })
        .meta({ id: 'RolloutEffect' }),
    ),
    moved: z.int(),
    toldAgain: z.int(),
    unplaced: z.int(),
    summary: z.string(),
  })
  .meta({ id: 'Effect' });
