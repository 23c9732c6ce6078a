import { z } from 'zod';
import { weekdays } from '../../../../domain/calendar/local-time.ts';
import { isDuration } from '../../../../domain/duration.ts';
import { clientRolloutStates } from '../../../../domain/rollout/states.ts';
import { clientKey, instant, line, slug, text } from '../http/forms.ts';

/** Days that a calendar can be asked about with two years to spare on either side. */
const localDate = z.iso
  .date()
  .refine((date) => date >= '1900-01-01' && date < '2900-01-01', 'name a day from 1900 to 2899');

/** Which calendar (stored, sent, or all layers of a client) is explained on which days, for which work. */
export const explainBody = z
  .strictObject({
    calendar: slug.optional(),
    document: z.record(z.string(), z.unknown()).optional(),
    yaml: text(1_000_000).optional(),
    client: clientKey.optional(),
    kind: line(40).optional(),
    tags: z.array(line(80)).max(100).optional(),
    clientZone: line(80).optional(),
    worstCase: z
      .string()
      .refine((value) => isDuration(value), 'write a duration such as PT45M')
      .optional(),
    from: localDate,
    to: localDate,
  })
  .refine(
    ({ calendar, document, yaml, client }) =>
      [calendar, document, yaml, client].filter((each) => each !== undefined).length === 1,
    { path: ['calendar'], message: 'send one of calendar, document, yaml and client' },
  )
  .refine(({ from, to }) => from <= to, { path: ['to'], message: 'must not lie before from' })
  .refine(({ from, to }) => Date.parse(to) - Date.parse(from) < 400 * 86_400_000, {
    path: ['to'],
    message: 'at most 400 days are explained at once',
  });
export type ExplainBody = z.infer<typeof explainBody>;

const stretch = z
  .object({
    start: instant,
    end: instant,
    localStart: z.string(),
    localEnd: z.string(),
    rules: z.array(z.string()),
  })
  .meta({ id: 'TimelineStretch' });

const closedReason = z
  .object({
    layer: z.string(),
    rule: z.string(),
    text: z.string(),
    until: instant.nullable(),
  })
  .meta({ id: 'TimelineReason' });

const slot = z
  .object({
    start: instant,
    end: instant,
    client: z.string(),
    clientName: z.string(),
    rollout: z.string(),
    rolloutId: z.string(),
    state: z.enum(clientRolloutStates),
  })
  .meta({ id: 'TimelineSlot' });

export const timelineView = z
  .object({
    zone: z.string(),
    from: z.string(),
    to: z.string(),
    worstCase: z.string().nullable(),
    days: z.array(
      z
        .object({
          date: z.string(),
          weekday: z.enum(weekdays),
          open: z.array(stretch),
          closedBecause: z.array(closedReason),
          slots: z.array(slot),
        })
        .meta({ id: 'TimelineDay' }),
    ),
    opens: z.int(),
    summary: z.string(),
  })
  .meta({ id: 'Timeline' });
