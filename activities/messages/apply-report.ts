import type { Transaction } from '../../database/in-transaction.ts';
import { markRequested } from '../../database/stores/approval-round.store.ts';
import {
  type NewAttention,
  raiseAttention,
  resolveAttention,
} from '../../database/stores/attention.store.ts';
import { markUnreachable } from '../../database/stores/contact-reach.store.ts';
import type { DeliveryRow } from '../../database/stores/mail-delivery.store.ts';
import {
  type ReportedStatus,
  type ReportEffect,
  storeReports,
} from '../../database/stores/mail-outcome.store.ts';
import type { ContactId } from '../../domain/ids.ts';
import { hasEnded } from '../../domain/rollout/states.ts';
import { clientRolloutWorkflowId } from '../../workflows/contract/workflow-ids.ts';

/** What somebody who knows says became of a mail. */
export interface MailReport {
  readonly status: ReportedStatus;
  readonly messageId: string | null;
  /** For people, where it did not arrive. */
  readonly reason: string;
  readonly by: 'answer' | 'search' | 'webhook' | 'details';
}

const questions = ['release-on-preview', 'fix-on-preview'];
/** What becomes of these decides whether and when their client goes on. */
const opensGates = [...questions, 'notice', 'moved'];

/**
 * Stores a report and does what follows from it: a question counts as put, the client's loop looks at its gates
 * again, an address that does not work is told to a person. The caller holds the mail's lock.
 */
export async function applyReport(
  tx: Transaction,
  row: DeliveryRow,
  report: MailReport,
  settleAfterMs: number,
): Promise<void> {
  await applyReports(tx, [{ row, report }], settleAfterMs);
}

/** The same for several mails, stored by one statement. */
export async function applyReports(
  tx: Transaction,
  told: readonly { readonly row: DeliveryRow; readonly report: MailReport }[],
  settleAfterMs: number,
): Promise<void> {
  const reports = told.map(({ row, report }) => ({ row, ...report }));
  const effects = await storeReports(tx, reports, settleAfterMs);
  for (const [index, effect] of effects.entries()) {
    const about = told[index];
    if (about !== undefined) await followReport(tx, about, effect);
  }
}

async function followReport(
  tx: Transaction,
  { row, report }: { readonly row: DeliveryRow; readonly report: MailReport },
  effect: ReportEffect,
): Promise<void> {
  if (effect.duplicate) await tellOfDuplicate(tx, row);
  if (!effect.raised) return;
  if (effect.nowAccepted) {
    await countAsAsked(tx, row);
    // Nobody was asked about a mail that is just being handed over.
    if (row.status !== 'sending') await withdrawQuestion(tx, row);
  }
  if (report.status === 'bounced' || report.status === 'complained') {
    await tellUnreachable(tx, row, report.reason);
  }
  // Where it was accepted already, "delivered" opens and closes nothing.
  if (effect.nowAccepted || report.status !== 'delivered') wakeClient(tx, row);
}

async function withdrawQuestion(tx: Transaction, row: DeliveryRow): Promise<void> {
  await resolveAttention(tx, {
    dedupeKey: `mail:${row.id}`,
    by: 'daymark',
    resolution: 'The mail provider has the mail after all.',
  });
}

/** A question that left counts as put to the client: from here on the time to answer runs. */
export async function countAsAsked(tx: Transaction, row: DeliveryRow): Promise<void> {
  if (!row.live || row.roundId === null || !questions.includes(row.kind)) return;
  await markRequested(tx, row.roundId);
}

/** Lets the client's loop look again where its gates may have changed. */
export function wakeClient(tx: Transaction, row: DeliveryRow): void {
  if (row.rolloutId === null || row.clientId === null || row.clientState === null) return;
  if (!opensGates.includes(row.kind) || hasEnded(row.clientState)) return;
  tx.wake(clientRolloutWorkflowId(row.rolloutId, row.clientId), row.planPosition);
}

/** Mail does not reach the contact: known from now on, and told at once, not at a deadline. */
export async function tellUnreachable(
  tx: Transaction,
  row: DeliveryRow,
  reason: string,
): Promise<void> {
  // What was not sent to the client says nothing about the client's address.
  if (!row.live || row.contactId === null) {
    await tellNotDelivered(tx, row, reason);
    return;
  }
  await tellContactUnreachable(tx, row.contactId, reason, row);
}

/** The same for a contact the provider names without naming a mail. */
export async function tellContactUnreachable(
  tx: Transaction,
  contactId: ContactId,
  reason: string,
  row: DeliveryRow | null,
): Promise<void> {
  const contact = await markUnreachable(tx, contactId, reason);
  if (contact === null) return;
  const who = `${contact.name} at ${contact.clientName}`;
  const text = contact.isApprover
    ? `The approver ${who} cannot be reached by mail: ${reason}. Correct the address or name another approver, then send again.`
    : `${who} cannot be reached by mail: ${reason}. Correct the address, then send again.`;
  await raiseAttention(tx, {
    dedupeKey: `unreachable:${contactId}`,
    kind: contact.isApprover ? 'approver-unreachable' : 'contact-unreachable',
    text,
    actions: row === null ? ['edit-contact'] : ['edit-contact', 'resend'],
    ...subjectOf(row),
    owner: contact.owner,
  });
}

async function tellNotDelivered(tx: Transaction, row: DeliveryRow, reason: string): Promise<void> {
  await raiseAttention(tx, {
    dedupeKey: `mail:${row.id}`,
    kind: 'mail-not-delivered',
    text: `The message "${row.kind}" about ${row.clientName ?? 'no client'} did not arrive: ${reason}.`,
    actions: ['resend', 'drop'],
    ...subjectOf(row),
    owner: row.owner,
  });
}

async function tellOfDuplicate(tx: Transaction, row: DeliveryRow): Promise<void> {
  await raiseAttention(tx, {
    dedupeKey: `mail-duplicate:${row.id}`,
    kind: 'mail-duplicate',
    text: `The message "${row.kind}" for ${row.clientName ?? 'no client'} went out twice: the mail provider has two mails of it.`,
    actions: ['acknowledge'],
    ...subjectOf(row),
    owner: row.owner,
  });
}

/** What an attention item about a mail points at. */
export function subjectOf(
  row: DeliveryRow | null,
): Pick<NewAttention, 'subjectId' | 'rolloutId' | 'clientId' | 'clientRolloutId'> {
  if (row === null) return {};
  return {
    subjectId: row.id,
    ...(row.rolloutId === null ? {} : { rolloutId: row.rolloutId }),
    ...(row.clientId === null ? {} : { clientId: row.clientId }),
    ...(row.clientRolloutId === null ? {} : { clientRolloutId: row.clientRolloutId }),
  };
}
