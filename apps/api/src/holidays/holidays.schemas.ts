import { z } from 'zod';
import { weekdays } from '../../../../domain/calendar/local-time.ts';
import { listed } from '../http/forms.ts';

const code = z.string().regex(/^[A-Z0-9]{1,4}$/, 'write a code such as CA or ON');

export const placeList = listed(
  z
    .object({
      country: z.string(),
      name: z.string(),
      regions: z.array(z.object({ code: z.string(), name: z.string() })),
    })
    .meta({ id: 'HolidayPlace' }),
  'HolidayPlaceList',
);

export const proposeBody = z.strictObject({
  country: code,
  region: code.optional(),
  years: z.array(z.int().min(1990).max(2100)).min(1).max(20),
});
export type ProposeBody = z.infer<typeof proposeBody>;

/** Days to be reviewed; nothing is saved, and no calendar reads them. */
export const proposalView = z
  .object({
    place: z.string(),
    items: z.array(
      z
        .object({
          date: z.string(),
          weekday: z.enum(weekdays),
          name: z.string(),
          kind: z.enum(['public', 'bank', 'optional', 'school', 'observance']),
          substitute: z.boolean(),
          suggested: z.boolean(),
          note: z.string().nullable(),
        })
        .meta({ id: 'ProposedHoliday' }),
    ),
    attribution: z.string(),
  })
  .meta({ id: 'HolidayProposal' });
