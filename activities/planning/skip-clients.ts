import { inTransaction } from '../../database/in-transaction.ts';
import { missedQuestionKey } from '../../database/read-models/rollout-facts.read-model.ts';
import { resolveAttention } from '../../database/stores/attention.store.ts';
import { type ClientPart, lockParts } from '../../database/stores/client-part.store.ts';
import { rolloutWorkflowId } from '../../workflows/contract/workflow-ids.ts';
import type { ActDependencies } from '../dependencies.ts';
import { settleClosedDates } from './ask-about-closed-dates.ts';
import type { Refusal } from './refusal.ts';
import { type ClientsOrder, selectClients } from './select-clients.ts';
import { isBeforeProduction, takeOut } from './take-out.ts';

/** Clients do not get the change by this rollout. */
export interface SkipOrder extends ClientsOrder {
  readonly reason: string;
  /** The release in which they get it; null = not known yet. */
  readonly nextVersion: string | null;
}

export type SkipAnswer = { readonly kind: 'skipped'; readonly keys: readonly string[] } | Refusal;

/** Takes clients out of a rollout; they no longer count, and whoever was told anything is told. */
export async function skipClients(
  deps: Pick<ActDependencies, 'database' | 'desk'>,
  order: SkipOrder,
): Promise<SkipAnswer> {
  const { rolloutId, reason, nextVersion, actor } = order;
  return await inTransaction(deps.database, async (tx) => {
    const selected = await selectClients(tx, order, { verb: 'skip', allows: maySkip });
    if (selected.kind === 'refused') return selected;
    const { parts } = selected;
    const why = { kind: 'skipped', nextVersion } as const;
    await takeOut(tx, deps, { parts, to: 'skipped', why, reason, actor });
    const left = await lockParts(tx, rolloutId, 'all');
    if (left.every(({ state }) => state !== 'missed')) {
      const dedupeKey = missedQuestionKey(rolloutId);
      await resolveAttention(tx, { dedupeKey, by: actor, resolution: 'skipped' });
    }
    await settleClosedDates(tx, { rolloutId, actor });
    tx.wake(rolloutWorkflowId(rolloutId));
    return { kind: 'skipped', keys: parts.map(({ key }) => key) };
  });
}

/** A failed client may be left as it is; one whose outcome nobody knows must be looked at first. */
function maySkip(part: ClientPart): boolean {
  return isBeforeProduction(part) || ['failed', 'rejected', 'no-answer'].includes(part.state);
}
