import type { AttentionId, ClientId, ClientRolloutId, RolloutId } from '../../domain/ids.ts';
import type { Transaction } from '../in-transaction.ts';
import { newId } from '../new-id.ts';

/** Something only a person can decide; the dedupe key keeps one question from being asked twice. */
export interface NewAttention {
  readonly dedupeKey: string;
  readonly kind: string;
  /** What happened, to whom, and what can be done, in a sentence or two. */
  readonly text: string;
  /** Names of the actions offered, such as `resend`, `mark-sent`, `drop`, `retry`, `skip`. */
  readonly actions: readonly string[];
  readonly rolloutId?: RolloutId;
  readonly clientId?: ClientId;
  readonly clientRolloutId?: ClientRolloutId;
  /** The row the actions are about, such as a delivery or a deployment. */
  readonly subjectId?: string;
  /** Who is asked first; null = whoever looks. */
  readonly owner?: string | null;
}

/** Raises an attention item; one that is open under the same key stays as it is, a settled one is opened again. */
export async function raiseAttention(tx: Transaction, item: NewAttention): Promise<void> {
  const rows = await tx.rows<{ id: AttentionId }>(
    `insert into attention_item as a
       (id, dedupe_key, kind, rollout_id, client_id, client_rollout_id, subject_id, text, actions, owner, raised_at)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)
     on conflict (dedupe_key) do update
       set text = excluded.text, actions = excluded.actions, raised_at = excluded.raised_at,
           subject_id = excluded.subject_id, resolved_at = null, resolved_by = null, resolution = null
       where a.resolved_at is not null
     returning a.id`,
    [
      newId(),
      item.dedupeKey,
      item.kind,
      item.rolloutId ?? null,
      item.clientId ?? null,
      item.clientRolloutId ?? null,
      item.subjectId ?? null,
      item.text,
      item.actions,
      item.owner ?? null,
      await tx.now(),
    ],
  );
  if (rows.length === 0) return;
  tx.record({
    kind: 'attention.raised',
    actor: 'daymark',
    cause: item.text,
    ...(item.rolloutId ? { rolloutId: item.rolloutId } : {}),
    ...(item.clientId ? { clientId: item.clientId } : {}),
    ...(item.clientRolloutId ? { clientRolloutId: item.clientRolloutId } : {}),
    facts: { attention: item.kind },
  });
}

/** What the open item under a key says; null when none is open. */
export async function readOpenAttention(
  tx: Transaction,
  dedupeKey: string,
): Promise<string | null> {
  const [row] = await tx.rows<{ text: string }>(
    `select a.text from attention_item a where a.dedupe_key = $1 and a.resolved_at is null`,
    [dedupeKey],
  );
  return row?.text ?? null;
}

/** Settles every open item whose dedupe key equals the given one or starts with it and a colon. */
export async function resolveAttention(
  tx: Transaction,
  settled: { readonly dedupeKey: string; readonly by: string; readonly resolution: string },
): Promise<void> {
  const rows = await tx.rows<{
    kind: string;
    rollout_id: RolloutId | null;
    client_id: ClientId | null;
    client_rollout_id: ClientRolloutId | null;
  }>(
    `update attention_item as a
     set resolved_at = $2, resolved_by = $3, resolution = $4
     where (a.dedupe_key = $1 or starts_with(a.dedupe_key, $1 || ':')) and a.resolved_at is null
     returning a.kind, a.rollout_id, a.client_id, a.client_rollout_id`,
    [settled.dedupeKey, await tx.now(), settled.by, settled.resolution],
  );
  for (const row of rows) {
    tx.record({
      kind: 'attention.resolved',
      actor: settled.by,
      cause: settled.resolution,
      ...(row.rollout_id ? { rolloutId: row.rollout_id } : {}),
      ...(row.client_id ? { clientId: row.client_id } : {}),
      ...(row.client_rollout_id ? { clientRolloutId: row.client_rollout_id } : {}),
      facts: { attention: row.kind },
    });
  }
}
