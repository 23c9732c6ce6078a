import { z } from 'zod';
import { gates } from '../../../../domain/rollout/judge-gates.ts';
import { consents } from '../../../../domain/rollout/policy.ts';
import {
  clientRolloutStates,
  deploymentStates,
  roundStates,
  verifications,
} from '../../../../domain/rollout/states.ts';
import { clientKey, id, instant, listed } from '../http/forms.ts';
import { messageView } from '../messages/messages.schemas.ts';
import { storyEntry } from './story.schemas.ts';

export const closedGate = z
  .object({
    gate: z.enum(gates),
    reason: z.string(),
    next: z.discriminatedUnion('kind', [
      z.object({ kind: z.literal('at'), at: instant }),
      z.object({ kind: z.literal('when'), what: z.string() }),
    ]),
  })
  .meta({ id: 'ClosedGate' });

export const clientActions = ['hold', 'release', 'retry', 'skip'] as const;

const rowFields = {
  clientRolloutId: z.string(),
  key: z.string(),
  name: z.string(),
  zone: z.string(),
  cohort: z.string(),
  state: z.enum(clientRolloutStates),
  stateWords: z.string(),
  since: instant,
  reason: z.string().nullable(),
  consent: z.enum(consents),
  slotStart: instant.nullable(),
  slotLatestEnd: instant.nullable(),
  slotLocal: z.string().nullable(),
  hold: z.object({ reason: z.string(), by: z.string(), until: instant.nullable() }).nullable(),
  /** Every closed gate; empty = nothing keeps it, or it is over. */
  whyNot: z.array(closedGate),
  nextText: z.string(),
  nextAt: instant.nullable(),
  previewVersion: z.string().nullable(),
  productionVersion: z.string().nullable(),
  round: z
    .object({
      number: z.int(),
      state: z.enum(roundStates),
      deadline: instant.nullable(),
      decidedBy: z.string().nullable(),
      decidedAt: instant.nullable(),
    })
    .nullable(),
  notice: z.object({ acceptedAt: instant.nullable(), undeliverable: z.boolean() }).nullable(),
  /** What this reader may do to it now. */
  actions: z.array(z.enum(clientActions)),
};

export const clientRow = z.object(rowFields).meta({ id: 'ClientRow' });

export const clientRowList = listed(clientRow, 'ClientRowList');

export const deploymentView = z
  .object({
    id: z.string(),
    site: z.enum(['preview', 'production']),
    build: z.string(),
    generation: z.int(),
    state: z.enum(deploymentStates),
    attempt: z.int(),
    claimedAt: instant,
    finishedAt: instant.nullable(),
    detail: z.string().nullable(),
    verification: z.enum(verifications).nullable(),
    verifiedAt: instant.nullable(),
  })
  .meta({ id: 'Deployment' });

export const roundView = z
  .object({
    id: z.string(),
    number: z.int(),
    build: z.string(),
    consent: z.enum(consents),
    state: z.enum(roundStates),
    openedAt: instant,
    requestedAt: instant.nullable(),
    deadline: instant.nullable(),
    decidedAt: instant.nullable(),
    decidedName: z.string().nullable(),
    decidedWay: z.enum(['link', 'phone', 'rule']).nullable(),
    comment: z.string().nullable(),
  })
  .meta({ id: 'Round' });

export const clientRolloutView = z
  .object({
    ...rowFields,
    story: z.array(storyEntry),
    messages: z.array(messageView),
    deployments: z.array(deploymentView),
    rounds: z.array(roundView),
  })
  .meta({ id: 'ClientRollout' });

export const clientRowsQuery = z.object({
  state: z.enum(clientRolloutStates).optional(),
  cohort: z.string().max(80).optional(),
  search: z.string().max(200).optional(),
});
export type ClientRowsQuery = z.infer<typeof clientRowsQuery>;

export const rolloutClientPath = z.object({ id, key: clientKey });
export type RolloutClientPath = z.infer<typeof rolloutClientPath>;
