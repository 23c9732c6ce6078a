import { z } from 'zod';
import { agreementKinds } from '../../../../domain/client/agreement.ts';
import { consents } from '../../../../domain/rollout/policy.ts';
import { instant, line, listed, reason, text } from '../http/forms.ts';

/** A date without a zone; it is meant in the client's. */
const localDate = z.iso.date();

/** A wall clock time of the client, `2026-12-20T00:00`. */
export const localTime = z
  .string()
  .regex(
    /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2})?$/,
    'write a local date and time, such as 2026-12-20T00:00',
  );

export const agreementView = z
  .object({
    id: z.string(),
    client: z.string(),
    kind: z.enum(agreementKinds),
    title: z.string(),
    document: z.record(z.string(), z.unknown()),
    source: z.string(),
    owner: z.string(),
    since: z.string(),
    expires: z.string().nullable(),
    bindsCritical: z.boolean(),
    createdBy: z.string(),
    createdAt: instant,
    ended: z.object({ at: instant, by: z.string(), reason: z.string() }).nullable(),
  })
  .meta({ id: 'Agreement' });

export const agreementList = listed(agreementView, 'AgreementList');

/** Where an agreement comes from, and for how long and for what it holds. */
const common = {
  source: line(500),
  owner: line(200),
  bindsCritical: z.boolean().optional(),
};

/** The first and the last day it holds on. */
const days = { since: localDate.optional(), expires: localDate.nullable().optional() };

const amount = z.int().min(0).max(365);
const lead = z.union([
  z.strictObject({ businessDays: amount }),
  z.strictObject({ days: amount }),
  z.strictObject({ hours: z.int().min(0).max(8_760) }),
]);

/** What was agreed; a calendar as an object or as the text of its file. */
export const agreementBody = z
  .discriminatedUnion('kind', [
    z.strictObject({
      kind: z.literal('calendar'),
      document: z.record(z.string(), z.unknown()).optional(),
      yaml: text(1_000_000).optional(),
      ...common,
      ...days,
    }),
    z.strictObject({
      kind: z.literal('freeze'),
      from: localTime,
      to: localTime,
      reason,
      ...common,
    }),
    z.strictObject({ kind: z.literal('lead'), lead, ...common, ...days }),
    z.strictObject({ kind: z.literal('consent'), consent: z.enum(consents), ...common, ...days }),
    z.strictObject({
      kind: z.literal('moves'),
      times: z.int().min(0).max(100),
      noticeHours: z.int().min(0).max(8_760),
      latestDays: z.int().min(0).max(730),
      ...common,
      ...days,
    }),
  ])
  .refine(
    (body) =>
      body.kind !== 'calendar' || (body.document === undefined) !== (body.yaml === undefined),
    { path: ['document'], message: 'send either document or yaml' },
  );
export type AgreementBody = z.infer<typeof agreementBody>;

export const endAgreementBody = z.strictObject({ reason });
export type EndAgreementBody = z.infer<typeof endAgreementBody>;
