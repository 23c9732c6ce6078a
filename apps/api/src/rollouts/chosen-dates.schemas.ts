import { z } from 'zod';
import { instant, listed, sentInstant } from '../http/forms.ts';

const choosers = ['client', 'person'] as const;

export const offersQuery = z.object({
  count: z.coerce.number().int().min(1).max(200).default(10),
  /** No date of the client before this one. */
  from: z.iso.date().optional(),
  /** A client is bound by how its dates may be moved; a person is not. */
  by: z.enum(choosers).default('person'),
});
export type OffersQuery = z.infer<typeof offersQuery>;

export const offerView = z
  .object({
    start: instant,
    latestEnd: instant,
    /** Wall clock time at the client, `2026-11-25T20:00:00`. */
    localStart: z.string(),
    /** How many could still choose it. */
    free: z.int(),
  })
  .meta({ id: 'Offer' });

export const offerList = listed(offerView, 'OfferList');

export const dateBody = z.strictObject({
  start: sentInstant,
  by: z.enum(choosers).default('person'),
});
export type DateBody = z.infer<typeof dateBody>;

export const chosenDate = z
  .object({ slotStart: instant, slotLatestEnd: instant, localStart: z.string() })
  .meta({ id: 'ChosenDate' });
