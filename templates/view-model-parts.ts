import { z } from 'zod';

/** The languages a client may read. */
export const locales = ['en', 'fr'] as const;
export type Locale = (typeof locales)[number];

const breaksLine = /[\p{Cc}\p{Zl}\p{Zp}]/u;

/** One line that must say something: a name, a date in words, a version. */
export const line = z
  .string()
  .min(1)
  .max(300)
  .refine((text) => text.trim() !== '', 'must not be blank')
  .refine((text) => !breaksLine.test(text), 'must be one line without control characters');

/** One line that may be empty when there is nothing to say. */
export const optionalLine = z
  .string()
  .max(300)
  .refine((text) => !breaksLine.test(text), 'must be one line without control characters');

/** Several lines somebody wrote (a comment, a reason); empty when there is nothing to say. */
export const freeText = z.string().max(4000);

/** Release notes in Markdown; they enter the page sanitised, never as they are. */
export const markdown = z.string().max(60_000);

/** An absolute web address. */
export const webAddress = z
  .string()
  .max(2000)
  .refine(isWebAddress, 'must be an absolute http or https address');

/** Where a secret link will stand: a mark such as `{{link:1}}`; never the link itself. */
export const linkMark = z
  .string()
  .regex(/^\{\{link:[1-9]\d?\}\}$/, 'must be a mark such as {{link:1}}');

/** Whom a client asks: the channels and hours of its support level, and a named person. */
export const help = z.strictObject({
  /** "phone +1 416 555 0100, e-mail support@vendor.example" */
  channels: line,
  /** "Monday to Friday, 9:00 to 17:00, Toronto time" */
  hours: line,
  /** The person at the vendor who answers for this update. */
  personName: line,
  personEmail: z.email().max(254),
});

/** What happens when nobody answers by the deadline. */
export const noAnswerRule = z.enum(['go-ahead', 'wait', 'next-window', 'ask-a-person']);

/** How a question ended; `by` and `at` are formatted, `at` with its zone. */
export const outcome = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('approved'), by: line, at: line, comment: freeText }),
  z.strictObject({ kind: z.literal('rejected'), by: line, at: line, comment: freeText }),
  /** consent `object`: a person objected, with the comment. */
  z.strictObject({ kind: z.literal('objected'), by: line, at: line, comment: freeText }),
  /** consent `object`: the time to object is over and nobody did. */
  z.strictObject({ kind: z.literal('not-objected'), deadline: line }),
  /** Never shown as an approval. `announcedOn`: the day the request was sent, in words. */
  z.strictObject({
    kind: z.literal('no-answer'),
    deadline: line,
    announcedOn: line,
    rule: noAnswerRule,
  }),
  /** A newer build replaced the one that was asked about. */
  z.strictObject({ kind: z.literal('superseded'), newVersion: line }),
]);

function isWebAddress(text: string): boolean {
  if (!URL.canParse(text) || /[\s<>"'`\\]/.test(text)) return false;
  const { protocol, username, password } = new URL(text);
  return (protocol === 'https:' || protocol === 'http:') && username === '' && password === '';
}
