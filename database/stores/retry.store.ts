import type { ClientId, ClientRolloutId, RolloutId } from '../../domain/ids.ts';
import type { ClientRolloutState, RolloutState } from '../../domain/rollout/states.ts';
import type { Transaction } from '../in-transaction.ts';
import type { ClientRolloutRef } from './client-rollout.store.ts';
import type { SiteKind } from './deployment.store.ts';

/** A client's part as a retry sees it, and the kind of site its newest attempt was for. */
export interface Retriable {
  readonly ref: ClientRolloutRef;
  readonly state: ClientRolloutState;
  readonly rolloutState: RolloutState;
  readonly siteKind: SiteKind;
  readonly planOrder: number;
}

/** What a retry would repeat; a part without any attempt begins with its preview. */
export async function findRetriable(
  tx: Transaction,
  id: ClientRolloutId,
): Promise<Retriable | null> {
  const [row] = await tx.rows<{
    rollout_id: RolloutId;
    client_id: ClientId;
    state: ClientRolloutState;
    rollout_state: RolloutState;
    site_kind: SiteKind;
    plan_position: number;
  }>(
    `select cr.rollout_id, cr.client_id, cr.state, r.state as rollout_state, cr.plan_position,
       coalesce(
         (select d.site_kind
          from deployment d
          where d.client_rollout_id = cr.id
          order by d.claimed_at desc
          limit 1),
         'preview') as site_kind
     from client_rollout cr
     join rollout r on r.id = cr.rollout_id
     where cr.id = $1`,
    [id],
  );
  if (!row) return null;
  return {
    ref: { clientRolloutId: id, rolloutId: row.rollout_id, clientId: row.client_id },
    state: row.state,
    rolloutState: row.rollout_state,
    siteKind: row.site_kind,
    planOrder: row.plan_position,
  };
}

/** The next attempt at this kind of site runs under a new key: only a person's decision does this. */
export async function raiseGeneration(
  tx: Transaction,
  id: ClientRolloutId,
  siteKind: SiteKind,
): Promise<void> {
  const column = siteKind === 'preview' ? 'preview_generation' : 'production_generation';
  await tx.rows(
    `update client_rollout as cr
     set ${column} = cr.${column} + 1
     where cr.id = $1`,
    [id],
  );
}
