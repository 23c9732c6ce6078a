import { z } from 'zod';

/** One line of text a person or program sends; never empty, never longer than a screen shows. */
export const line = (longest = 200): z.ZodString =>
  z
    .string()
    .trim()
    .min(1)
    .max(longest)
    .regex(/^[^\p{Cc}]*$/u, 'must be one line without control characters');

/** Several lines of text. */
export const text = (longest: number): z.ZodString => z.string().max(longest);

/** Why a person decided something; read in the story, so it is never empty. */
export const reason = line(500);

/** An instant as it is answered: UTC with milliseconds. */
export const instant = z.iso.datetime({ precision: 3 });

/** An instant as it may be sent: with `Z` or an offset. */
export const sentInstant = z.iso.datetime({ offset: true });

/** The key of a client: what the vendor calls it in its own lists. */
export const clientKey = z
  .string()
  .regex(
    /^[a-z0-9][a-z0-9._-]{0,79}$/,
    'write lower-case letters, digits, dot, dash or underscore',
  );

/** The name of a policy, a calendar, a deployer or a tag. */
export const slug = z
  .string()
  .regex(
    /^[A-Za-z0-9][A-Za-z0-9._ -]{0,79}$/,
    'write letters, digits, dot, dash, underscore or space',
  );

/** The id of anything we made. */
export const id = z.uuid();

/** The path of something found by its id. */
export const idPath = z.object({ id });
export type IdPath = z.infer<typeof idPath>;

/** Which part of a long list is wanted. */
export const pageQuery = {
  cursor: z.string().max(200).optional(),
  limit: z.coerce.number().int().min(1).max(500).optional(),
};

/** A list that may be too long for one answer. */
export const paged = <Item extends z.ZodType>(
  item: Item,
  name: string,
): z.ZodObject<{ items: z.ZodArray<Item>; nextCursor: z.ZodNullable<z.ZodString> }> =>
  z.object({ items: z.array(item), nextCursor: z.string().nullable() }).meta({ id: name });

/** A list that is always answered as a whole. */
export const listed = <Item extends z.ZodType>(
  item: Item,
  name: string,
): z.ZodObject<{ items: z.ZodArray<Item> }> =>
  z.object({ items: z.array(item) }).meta({ id: name });

/** The number a cursor stands for; one that is none of ours starts from the beginning. */
export function numberIn(cursor: string | undefined): number | undefined {
  const value = Number(cursor ?? Number.NaN);
  return Number.isSafeInteger(value) && value >= 0 ? value : undefined;
}
