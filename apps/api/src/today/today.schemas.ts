import { z } from 'zod';
import { clientRolloutStates } from '../../../../domain/rollout/states.ts';
import { attentionView } from '../attention/attention.schemas.ts';
import { instant } from '../http/forms.ts';
import { rolloutSummary } from '../rollouts/rollouts.schemas.ts';
import { clientName } from '../rollouts/story.schemas.ts';

export const todayView = z
  .object({
    now: instant,
    startsToday: z.array(
      z.object({
        rolloutId: z.string(),
        rolloutName: z.string(),
        key: z.string(),
        name: z.string(),
        slotStart: instant,
        slotLocal: z.string().nullable(),
        zone: z.string(),
        state: z.enum(clientRolloutStates),
      }),
    ),
    attention: z.array(attentionView),
    deadlines: z.array(
      z.object({
        roundId: z.string(),
        client: clientName,
        deadline: instant,
        rolloutId: z.string(),
      }),
    ),
    paused: z.array(
      z.object({
        rolloutId: z.string(),
        name: z.string(),
        reason: z.string(),
        by: z.string(),
        since: instant,
      }),
    ),
    /** When the vendor's own calendar lets anything start. */
    nextWindow: z.object({ opensAt: instant.nullable(), open: z.boolean(), text: z.string() }),
    live: z.boolean(),
    running: z.array(rolloutSummary),
  })
  .meta({ id: 'Today' });
