import { inTransaction, type Transaction } from '../../database/in-transaction.ts';
import { resolveAttention } from '../../database/stores/attention.store.ts';
import { contactsOf, markReachable } from '../../database/stores/contact-reach.store.ts';
import {
  findDeliveryId,
  lockDelivery,
  recordMailEvent,
} from '../../database/stores/mail-delivery.store.ts';
import {
  finishWebhook,
  keepUnmatched,
  type StoredWebhook,
  takeWebhook,
} from '../../database/stores/webhook-inbox.store.ts';
import { applyReport, type MailReport, tellContactUnreachable } from './apply-report.ts';
import type { MailDependencies } from './mail-settings.ts';
import { type PostmarkEvent, readPostmarkEvent } from './postmark-event.ts';

/** The name under which Postmark's calls stand in the inbox. */
export const postmarkSource = 'postmark';

type Dependencies = Pick<MailDependencies, 'database' | 'mailSettings'>;

/**
 * Deals with every stored webhook of the mail provider, each in a transaction of its own: in any order, and any
 * number of times, they come to the same. Answers how many changed something.
 */
export async function processWebhooks(deps: Dependencies): Promise<number> {
  let place: StoredWebhook | null = null;
  let count = 0;
  for (;;) {
    const step: Step = await inTransaction(deps.database, (tx) => processNext(tx, deps, place));
    if (step.at === null) return count;
    place = step.at;
    if (step.matched) count += 1;
  }
}

interface Step {
  readonly at: StoredWebhook | null;
  readonly matched: boolean;
}

async function processNext(
  tx: Transaction,
  deps: Dependencies,
  after: StoredWebhook | null,
): Promise<Step> {
  const webhook = await takeWebhook(tx, postmarkSource, after);
  if (webhook === null) return { at: null, matched: false };
  const event = readPostmarkEvent(webhook.body);
  if (event === null || event.type === 'other') {
    const problem = event === null ? 'it is not readable' : 'its type is not known';
    await finishWebhook(tx, postmarkSource, webhook.dedupeKey, problem);
    return { at: webhook, matched: true };
  }
  const matched =
    event.type === 'SubscriptionChange'
      ? await applySubscription(tx, event)
      : await applyToMail(tx, deps, event);
  if (matched) await finishWebhook(tx, postmarkSource, webhook.dedupeKey, null);
  else await keepUnmatched(tx, postmarkSource, webhook);
  return { at: webhook, matched };
}

async function applyToMail(
  tx: Transaction,
  { mailSettings }: Dependencies,
  event: PostmarkEvent,
): Promise<boolean> {
  const id = await findDeliveryId(tx, event);
  const row = id === null ? null : await lockDelivery(tx, id);
  if (row === null) return false;
  const report = reportOf(event);
  await applyReport(tx, row, report, mailSettings.settleAfterMs);
  if (report.status === 'accepted') {
    recordMailEvent(tx, { ...row, event: 'delayed-by-recipient', cause: event.reason });
  }
  return true;
}

/** A bounce that is not final says only that the provider has the mail. */
function reportOf({ type, messageId, isHard, reason }: PostmarkEvent): MailReport {
  const about = { messageId, reason, by: 'webhook' } as const;
  if (type === 'Delivery') return { ...about, status: 'delivered' };
  if (type === 'SpamComplaint') {
    return { ...about, status: 'complained', reason: 'the recipient reported it as spam' };
  }
  return { ...about, status: isHard ? 'bounced' : 'accepted' };
}

async function applySubscription(tx: Transaction, event: PostmarkEvent): Promise<boolean> {
  if (event.recipient === null) return false;
  const contacts = await contactsOf(tx, event.recipient);
  if (!event.suppressed) await markReachable(tx, event.recipient);
  for (const contactId of contacts) {
    if (event.suppressed) {
      const reason = `the mail provider has suppressed the address (${event.reason})`;
      await tellContactUnreachable(tx, contactId, reason, null);
    } else {
      await resolveAttention(tx, {
        dedupeKey: `unreachable:${contactId}`,
        by: 'daymark',
        resolution: 'The mail provider sends to the address again.',
      });
    }
  }
  return contacts.length > 0;
}
