import { inTransaction, type Transaction } from '../../database/in-transaction.ts';
import { resolveAttention } from '../../database/stores/attention.store.ts';
import { lockDeliveries } from '../../database/stores/mail-delivery.store.ts';
import { resumeSender } from '../../database/stores/mail-sender.store.ts';
import type { DeliveryId } from '../../domain/ids.ts';
import { applyReports, type MailReport } from './apply-report.ts';
import type { MailDependencies } from './mail-settings.ts';

/** A mail that the provider has taken. */
export interface AcceptedMail {
  readonly id: DeliveryId;
  readonly messageId: string;
}

/** Writes down that a mail was accepted; returns when that is on disk. */
export type RecordAccepted = (mail: AcceptedMail) => Promise<void>;

/**
 * Records acceptances of one stream, one transaction at a time: what is accepted while one is under way is recorded
 * together by the next, so that none waits for another's answer.
 */
export function acceptanceRecorder(deps: MailDependencies, stream: string): RecordAccepted {
  let last: Promise<void> = Promise.resolve();
  let next: { readonly mails: AcceptedMail[]; readonly recorded: Promise<void> } | null = null;
  return async (mail) => {
    if (next === null) {
      const mails: AcceptedMail[] = [];
      const recorded = last.then(async () => {
        next = null;
        await recordAll(deps, stream, mails);
      });
      next = { mails, recorded };
      last = recorded.catch(() => undefined);
    }
    next.mails.push(mail);
    await next.recorded;
  };
}

/** What keeps one from being recorded must not make the others unknown. */
async function recordAll(
  deps: MailDependencies,
  stream: string,
  mails: readonly AcceptedMail[],
): Promise<void> {
  const record = async (some: readonly AcceptedMail[]): Promise<void> => {
    await inTransaction(deps.database, (tx) => recordTogether(tx, deps, stream, some));
  };
  try {
    await record(mails);
  } catch (error) {
    if (mails.length === 1) throw error;
    const ends = await Promise.allSettled(mails.map((mail) => record([mail])));
    const failed = ends.find((end) => end.status === 'rejected');
    if (failed) throw failed.reason;
  }
}

async function recordTogether(
  tx: Transaction,
  { mailSettings }: MailDependencies,
  stream: string,
  mails: readonly AcceptedMail[],
): Promise<void> {
  const messageIds = new Map(mails.map(({ id, messageId }) => [id, messageId]));
  const rows = await lockDeliveries(tx, [...messageIds.keys()]);
  if (rows.length < messageIds.size) {
    throw new Error('A claimed mail is not in the ledger any more');
  }
  const told = rows.map((row) => {
    const messageId = messageIds.get(row.id) ?? null;
    const report: MailReport = { status: 'accepted', messageId, reason: '', by: 'answer' };
    return { row, report };
  });
  await applyReports(tx, told, mailSettings.settleAfterMs);
  if (!(await resumeSender(tx, stream))) return;
  await resolveAttention(tx, {
    dedupeKey: `mail-sender:${stream}`,
    by: 'daymark',
    resolution: 'Mail is leaving again.',
  });
}
