import type { Transaction } from '../../database/in-transaction.ts';
import { newId } from '../../database/new-id.ts';
import { resolveAttention } from '../../database/stores/attention.store.ts';
import {
  endByPerson,
  insertRepetition,
  readResendSource,
  resendableStatuses,
} from '../../database/stores/mail-decision.store.ts';
import { lockDelivery, type MailStatus } from '../../database/stores/mail-delivery.store.ts';
import type { DeliveryId } from '../../domain/ids.ts';
import { mailWorkflowId } from '../../workflows/contract/workflow-ids.ts';
import { countAsAsked, wakeClient } from './apply-report.ts';
import { keyOf, messageIdOf } from './thread.ts';

/** A person's decision about one mail. */
export interface MailDecision {
  readonly deliveryId: DeliveryId;
  readonly actor: string;
  readonly reason: string;
}

/** What came of it; `not-possible` names where the mail is instead. */
export type MailDecisionResult =
  | { readonly kind: 'done'; readonly deliveryId: DeliveryId }
  | { readonly kind: 'unknown-delivery' }
  | { readonly kind: 'not-possible'; readonly status: MailStatus };

/** Sends a mail once more, as a new row linked to the old one: a decision, not a retry. */
export async function resendDelivery(
  tx: Transaction,
  decision: MailDecision,
): Promise<MailDecisionResult> {
  const source = await readResendSource(tx, decision.deliveryId);
  if (source === null) return { kind: 'unknown-delivery' };
  const ended = await decide(tx, decision, { from: resendableStatuses, to: 'resent' });
  if (ended.kind !== 'done') return ended;
  const row = await lockDelivery(tx, decision.deliveryId);
  if (row === null) return { kind: 'unknown-delivery' };
  const { snapshot } = source;
  const id = newId<DeliveryId>();
  const dedupeKey = `${source.dedupeKey.replace(/:r\d+$/, '')}:r${source.resends + 2}`;
  const rfcMessageId = messageIdOf(id, snapshot.from);
  await insertRepetition(tx, row, {
    id,
    dedupeKey,
    rfcMessageId,
    snapshot: {
      ...snapshot,
      deliveryId: id,
      to: source.currentEmail ?? snapshot.to,
      metadata: { ...snapshot.metadata, did: id, key: keyOf(dedupeKey) },
      headers: snapshot.headers.map((header) =>
        header.name === 'Message-ID' ? { ...header, value: rfcMessageId } : header,
      ),
    },
  });
  return { kind: 'done', deliveryId: id };
}

/** A person knows that the mail arrived; it counts as accepted from now on. */
export async function markDeliverySent(
  tx: Transaction,
  decision: MailDecision,
): Promise<MailDecisionResult> {
  return await decide(tx, decision, { from: ['needs_human'], to: 'accepted' });
}

/** The mail is given up; later ones to the same person go on. */
export async function dropDelivery(
  tx: Transaction,
  decision: MailDecision,
): Promise<MailDecisionResult> {
  const from: readonly MailStatus[] = ['needs_human', 'rejected', 'suppressed', 'expired'];
  return await decide(tx, decision, { from, to: 'dropped' });
}

async function decide(
  tx: Transaction,
  { deliveryId, actor, reason }: MailDecision,
  end: {
    readonly from: readonly MailStatus[];
    readonly to: 'resent' | 'dropped' | 'accepted';
  },
): Promise<MailDecisionResult> {
  const row = await lockDelivery(tx, deliveryId);
  if (row === null) return { kind: 'unknown-delivery' };
  if (!(await endByPerson(tx, row, { ...end, actor, reason }))) {
    return { kind: 'not-possible', status: row.status };
  }
  await resolveAttention(tx, {
    dedupeKey: `mail:${deliveryId}`,
    by: actor,
    resolution: reason,
  });
  if (end.to === 'accepted') await countAsAsked(tx, row);
  wakeClient(tx, row);
  tx.wake(mailWorkflowId(row.stream));
  return { kind: 'done', deliveryId };
}
