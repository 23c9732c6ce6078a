import { z } from 'zod';
import { clientRolloutStates } from '../../../../domain/rollout/states.ts';
import { clientKey, instant, paged, pageQuery } from '../http/forms.ts';
import { storyEntry } from '../rollouts/story.schemas.ts';

export const keyPath = z.object({ key: clientKey });
export type KeyPath = z.infer<typeof keyPath>;

/** One site as it last reported itself. */
export const siteView = z
  .object({
    kind: z.enum(['preview', 'production']),
    url: z.string(),
    deployer: z.string(),
    probe: z.string(),
    /** The build we know it runs. */
    version: z.string().nullable(),
    digest: z.string().nullable(),
    reportedAt: instant.nullable(),
    reportedVersion: z.string().nullable(),
    verdict: z.string().nullable(),
  })
  .meta({ id: 'Site' });

export const clientSummary = z
  .object({
    id: z.string(),
    key: z.string(),
    name: z.string(),
    state: z.enum(['onboarding', 'active', 'leaving']),
    zone: z.string(),
    locale: z.enum(['en', 'fr']),
    supportLevel: z.string().nullable(),
    tags: z.array(z.string()),
    modules: z.array(z.string()),
    owner: z.string().nullable(),
    preview: siteView.nullable(),
    production: siteView.nullable(),
    contacts: z.int(),
    approvers: z.int(),
    unreachable: z.int(),
    coming: z
      .object({
        rolloutId: z.string(),
        rolloutName: z.string(),
        version: z.string().nullable(),
        state: z.enum(clientRolloutStates),
        slotStart: instant.nullable(),
      })
      .nullable(),
  })
  .meta({ id: 'ClientSummary' });

export const clientPage = paged(clientSummary, 'ClientPage');

export const contactView = z
  .object({
    id: z.string(),
    email: z.string(),
    name: z.string(),
    locale: z.enum(['en', 'fr']),
    zone: z.string(),
    roles: z.array(z.string()),
    unreachableReason: z.string().nullable(),
  })
  .meta({ id: 'Contact' });

export const clientView = clientSummary
  .omit({ contacts: true })
  .extend({
    calendar: z.string().nullable(),
    contacts: z.array(contactView),
    rollouts: z.array(
      z.object({
        rolloutId: z.string(),
        name: z.string(),
        version: z.string().nullable(),
        state: z.enum(clientRolloutStates),
        slotStart: instant.nullable(),
        since: instant,
      }),
    ),
    history: z.array(storyEntry),
  })
  .meta({ id: 'Client' });

export const clientsQuery = z.object({
  search: z.string().max(200).optional(),
  tag: z.string().max(80).optional(),
  state: z.enum(['onboarding', 'active', 'leaving']).optional(),
  ...pageQuery,
});
export type ClientsQuery = z.infer<typeof clientsQuery>;

export const importBody = z
  .strictObject({
    csv: z.string().max(20_000_000).optional(),
    /** The file's bytes, so that Windows-1252 arrives as it was saved. */
    csvBase64: z.base64().max(28_000_000).optional(),
    /** Our heading by the file's heading. */
    map: z.record(z.string().max(200), z.string().max(80)).optional(),
    apply: z.boolean(),
  })
  .refine((body) => (body.csv === undefined) !== (body.csvBase64 === undefined), {
    path: ['csv'],
    message: 'send either csv or csvBase64',
  });
export type ImportBody = z.infer<typeof importBody>;

const fieldChange = z.object({
  field: z.string(),
  from: z.string().nullable(),
  to: z.string().nullable(),
});

const kindOfChange = z.enum(['new', 'changed', 'same']);

export const importResult = z
  .object({
    applied: z.boolean(),
    delimiter: z.string(),
    encoding: z.string(),
    rows: z.int(),
    difference: z.object({
      clients: z.array(
        z.object({ key: z.string(), change: kindOfChange, fields: z.array(fieldChange) }),
      ),
      contacts: z.array(
        z.object({
          client: z.string(),
          email: z.string(),
          change: kindOfChange,
          fields: z.array(fieldChange),
        }),
      ),
    }),
    summary: z.string(),
  })
  .meta({ id: 'ImportResult' });
