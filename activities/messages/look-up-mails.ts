import { inTransaction, type Transaction } from '../../database/in-transaction.ts';
import { raiseAttention } from '../../database/stores/attention.store.ts';
import { type DeliveryRow, lockDelivery } from '../../database/stores/mail-delivery.store.ts';
import {
  type DueLookUp,
  endLookUps,
  postponeLookUp,
  takeLookUps,
  undecidedStatuses,
} from '../../database/stores/mail-outcome.store.ts';
import { epochMsOf, plusMs } from '../../domain/instant.ts';
import type { MailDetails, MailSearchResult } from '../../integrations/mail/mailer.ts';
import { applyReport, type MailReport, subjectOf } from './apply-report.ts';
import { lookUpGapMs, type MailDependencies } from './mail-settings.ts';

const atOnce = 20;
const hourMs = 3_600_000;
/** The provider forgets a mail after 45 days; what is not settled by then stays as it is. */
const longestMs = 44 * 24 * hourMs;

/** Looks for every mail that is due to be looked for; answers how many there were. */
export async function lookUpMails(deps: MailDependencies, stream: string): Promise<number> {
  const due = await inTransaction(deps.database, (tx) =>
    takeLookUps(tx, { stream, limit: atOnce, leaseMs: deps.mailSettings.leaseMs }),
  );
  for (const each of due) {
    if (each.status === 'accepted') await settleAccepted(deps, each);
    else await reconcile(deps, each, stream);
  }
  return due.length;
}

async function reconcile(deps: MailDependencies, due: DueLookUp, stream: string): Promise<void> {
  const { id, recipient, sentAfter } = due;
  const found = await deps.mailer.find({ deliveryId: id, recipient, stream, sentAfter });
  await inTransaction(deps.database, async (tx) => {
    const row = await lockDelivery(tx, id);
    if (row === null || !undecidedStatuses.includes(row.status)) return;
    await applySearch(tx, deps, row, found);
  });
}

async function applySearch(
  tx: Transaction,
  deps: MailDependencies,
  row: DeliveryRow,
  found: MailSearchResult,
): Promise<void> {
  const { mailSettings } = deps;
  const now = await tx.now();
  switch (found.kind) {
    case 'found':
      await reportFound(tx, deps, row, found.messageIds);
      return;
    case 'failed': {
      // Not found by a search that failed says nothing: the clock stands still.
      const at = plusMs(now, lookUpGapMs(mailSettings, 0) ?? hourMs);
      await postponeLookUp(tx, row.id, { at, counts: false });
      return;
    }
    case 'absent': {
      const gapMs = row.status === 'unknown' ? lookUpGapMs(mailSettings, row.lookUps + 1) : hourMs;
      if (gapMs === null) await giveUp(tx, deps, row);
      else await postponeLookUp(tx, row.id, { at: plusMs(now, gapMs), counts: true });
    }
  }
}

async function reportFound(
  tx: Transaction,
  { mailSettings }: MailDependencies,
  row: DeliveryRow,
  messageIds: readonly string[],
): Promise<void> {
  let current: DeliveryRow | null = row;
  for (const messageId of messageIds) {
    if (current === null) return;
    const report: MailReport = { status: 'accepted', messageId, reason: '', by: 'search' };
    await applyReport(tx, current, report, mailSettings.settleAfterMs);
    current = await lockDelivery(tx, row.id);
  }
}

/** Internal mail is sent again; a second mail to a client is worse than a person's minute. */
async function giveUp(tx: Transaction, deps: MailDependencies, row: DeliveryRow): Promise<void> {
  if (!row.clientFacing || deps.mailSettings.onUnknown === 'resend') {
    await endLookUps(tx, row, { status: 'queued', nextLookUpAt: null });
    return;
  }
  const nextLookUpAt = plusMs(await tx.now(), hourMs);
  if (!(await endLookUps(tx, row, { status: 'needs_human', nextLookUpAt }))) return;
  await raiseAttention(tx, {
    dedupeKey: `mail:${row.id}`,
    kind: 'mail-needs-human',
    text: `Nobody can tell whether the message "${row.kind}" for ${row.clientName ?? 'no client'} left. Ask the recipient, then send again, mark it as sent, or drop it; later messages to that person wait.`,
    actions: ['resend', 'mark-sent', 'drop'],
    ...subjectOf(row),
    owner: row.owner,
  });
}

/** No report came for an accepted mail: the provider is asked itself. */
async function settleAccepted(deps: MailDependencies, due: DueLookUp): Promise<void> {
  const details: MailDetails =
    due.messageId === null ? { kind: 'absent' } : await deps.mailer.details(due.messageId);
  await inTransaction(deps.database, async (tx) => {
    const row = await lockDelivery(tx, due.id);
    if (row?.status !== 'accepted') return;
    const report = reportOf(details);
    if (report !== null) {
      await applyReport(tx, row, report, deps.mailSettings.settleAfterMs);
      return;
    }
    const now = await tx.now();
    const tooOld = epochMsOf(now) - epochMsOf(due.sentAfter) > longestMs;
    await postponeLookUp(tx, due.id, { at: tooOld ? null : plusMs(now, hourMs), counts: false });
  });
}

function reportOf(details: MailDetails): MailReport | null {
  if (details.kind !== 'found') return null;
  const { messageId, events } = details;
  const bounce = events.find(({ type }) => type === 'Bounced');
  if (bounce) {
    const summary = bounce.details['Summary'];
    const reason = typeof summary === 'string' ? summary : 'the mail bounced';
    return { status: 'bounced', messageId, reason, by: 'details' };
  }
  if (!events.some(({ type }) => type === 'Delivered')) return null;
  return { status: 'delivered', messageId, reason: '', by: 'details' };
}
