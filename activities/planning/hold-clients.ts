import { inTransaction, type Transaction } from '../../database/in-transaction.ts';
import type { Dispatch } from '../../database/read-models/dispatches.read-model.ts';
import { type ClientPart, endHold, setHold } from '../../database/stores/client-part.store.ts';
import type { Instant } from '../../domain/instant.ts';
import type { EventKind } from '../../domain/rollout/event-words.ts';
import { hasEnded } from '../../domain/rollout/states.ts';
import { rolloutWorkflowId } from '../../workflows/contract/workflow-ids.ts';
import type { ActDependencies } from '../dependencies.ts';
import { awaitPermits } from './await-permits.ts';
import { type ClientsOrder, selectClients } from './select-clients.ts';
import type { Refusal } from './refusal.ts';
import { wakeParts } from './wake-parts.ts';

/** Clients are kept from starting, and from being told a date, for a reason. */
export interface HoldOrder extends ClientsOrder {
  readonly reason: string;
  /** Null = until somebody releases them. */
  readonly until: Instant | null;
  readonly wait?: boolean;
}

export type HoldAnswer =
  | {
      readonly kind: 'held';
      readonly keys: readonly string[];
      /** What had been told to start before the hold; it finishes. */
      readonly dispatched: readonly Dispatch[];
    }
  | Refusal;

/** Puts clients of a rollout on hold; after it returned no start leaves for any of them. */
export async function holdClients(
  deps: Pick<ActDependencies, 'database'>,
  order: HoldOrder,
): Promise<HoldAnswer> {
  const { rolloutId, actor, reason, until } = order;
  const held = await inTransaction(deps.database, async (tx) => {
    const selected = await selectClients(tx, order, { verb: 'hold', allows: isUnderWay });
    if (selected.kind === 'refused') return selected;
    const { parts } = selected;
    const ids = parts.map(({ clientRolloutId }) => clientRolloutId);
    await setHold(tx, ids, { reason, by: actor, until });
    tellEach(tx, parts, { kind: 'client-rollout.held', actor, cause: reason, facts: { until } });
    return { kind: 'held' as const, ids, keys: parts.map(({ key }) => key) };
  });
  if (held.kind === 'refused') return held;
  const { ids: clientRolloutIds, keys } = held;
  const permits = { rolloutId, clientRolloutIds, wait: order.wait ?? true };
  return { kind: 'held', keys, dispatched: await awaitPermits(deps.database, permits) };
}

export type ReleaseAnswer =
  { readonly kind: 'released'; readonly keys: readonly string[] } | Refusal;

/** Releases clients from their hold; they go on in plan order. */
export async function releaseClients(
  deps: Pick<ActDependencies, 'database'>,
  order: ClientsOrder,
): Promise<ReleaseAnswer> {
  return await inTransaction(deps.database, async (tx) => {
    const selected = await selectClients(tx, order, {
      verb: 'release',
      allows: ({ held }) => held,
    });
    if (selected.kind === 'refused') return selected;
    const { parts } = selected;
    const ids = parts.map(({ clientRolloutId }) => clientRolloutId);
    await endHold(tx, ids);
    tellEach(tx, parts, { kind: 'client-rollout.released', actor: order.actor, facts: {} });
    return { kind: 'released', keys: parts.map(({ key }) => key) };
  });
}

function isUnderWay({ state }: ClientPart): boolean {
  return !hasEnded(state) || state === 'failed' || state === 'unknown';
}

/** One event each; the rollout counts anew who is due. */
function tellEach(
  tx: Transaction,
  parts: readonly ClientPart[],
  event: {
    readonly kind: EventKind;
    readonly actor: string;
    readonly cause?: string;
    readonly facts: Readonly<Record<string, unknown>>;
  },
): void {
  for (const { rolloutId, clientId, clientRolloutId } of parts) {
    tx.record({ ...event, rolloutId, clientId, clientRolloutId });
  }
  wakeParts(tx, parts);
  const [first] = parts;
  if (first) tx.wake(rolloutWorkflowId(first.rolloutId));
}
