import { inTransaction, type Transaction } from '../../database/in-transaction.ts';
import { raiseAttention } from '../../database/stores/attention.store.ts';
import type { ClaimedMail } from '../../database/stores/mail-claim.store.ts';
import { type DeliveryRow, lockDelivery } from '../../database/stores/mail-delivery.store.ts';
import {
  type FailedAttempt,
  storeFailedAttempt,
} from '../../database/stores/mail-outcome.store.ts';
import { pauseSender, readSender } from '../../database/stores/mail-sender.store.ts';
import type { MailOutcome } from '../../domain/communication/classify-mail-outcome.ts';
import { plusMs } from '../../domain/instant.ts';
import { subjectOf, tellUnreachable, wakeClient } from './apply-report.ts';
import { lookUpGapMs, type MailDependencies } from './mail-settings.ts';

/** Failures in a row without a cause of ours after which a person is told that no mail leaves. */
const tellAfterFailures = 5;
const firstBackOffMs = 1_000;

/** How an attempt ended that did not hand the mail over. */
export type UnsuccessfulOutcome = Exclude<MailOutcome, { readonly kind: 'accepted' }>;

/** Writes down where one such attempt ended, with everything that follows from it. */
export async function recordOutcome(
  deps: MailDependencies,
  claim: Pick<ClaimedMail, 'id' | 'attempt' | 'snapshot'>,
  outcome: UnsuccessfulOutcome,
): Promise<void> {
  await inTransaction(deps.database, async (tx) => {
    const row = await lockDelivery(tx, claim.id);
    if (row === null) throw new Error('A claimed mail is not in the ledger any more');
    const { stream } = claim.snapshot;
    switch (outcome.kind) {
      case 'suppressed':
        await refused(tx, row, claim.attempt, {
          kind: 'suppressed',
          cause: outcome.message,
          messageId: outcome.messageId,
        });
        return;
      case 'rejected':
        await refused(tx, row, claim.attempt, {
          kind: 'rejected',
          cause: `code ${outcome.code}: ${outcome.message}`,
          messageId: null,
        });
        return;
      case 'not-sent':
        await notSent(tx, deps, { row, attempt: claim.attempt, stream }, outcome);
        return;
      case 'unknown':
        await unknown(tx, deps, { row, attempt: claim.attempt, stream }, outcome);
    }
  });
}

interface Attempt {
  readonly row: DeliveryRow;
  readonly attempt: number;
  readonly stream: string;
}

async function refused(
  tx: Transaction,
  row: DeliveryRow,
  attempt: number,
  end: FailedAttempt & { readonly kind: 'suppressed' | 'rejected' },
): Promise<void> {
  if (!(await storeFailedAttempt(tx, row, attempt, end))) return;
  if (end.kind === 'suppressed') {
    await tellUnreachable(tx, row, 'the mail provider has suppressed the address');
  }
  await raiseAttention(tx, {
    dedupeKey: `mail:${row.id}`,
    kind: `mail-${end.kind}`,
    text: `The mail provider refused the message "${row.kind}" for ${row.clientName ?? 'no client'} (${end.cause}). Put right what it names, then send again.`,
    actions: ['resend', 'drop'],
    ...subjectOf(row),
    owner: row.owner,
  });
  wakeClient(tx, row);
}

async function notSent(
  tx: Transaction,
  { mailSettings }: MailDependencies,
  { row, attempt, stream }: Attempt,
  outcome: MailOutcome & { readonly kind: 'not-sent' },
): Promise<void> {
  const { failures } = await readSender(tx, stream);
  const until = plusMs(
    await tx.now(),
    outcome.retryAfterMs ?? backOffMs(failures, mailSettings.backOffMaxMs),
  );
  const { cause } = outcome;
  await storeFailedAttempt(tx, row, attempt, { kind: 'not-sent', cause, notBefore: until });
  await pauseSender(tx, { stream, until, cause });
  if (!outcome.pauseSender && failures + 1 < tellAfterFailures) return;
  await raiseAttention(tx, {
    dedupeKey: `mail-sender:${stream}`,
    kind: 'mail-sender-paused',
    text: `No mail leaves on the stream "${stream}": ${cause}. Nothing is lost; one mail is tried now and then, and all go on by themselves once it gets through.`,
    actions: ['check-mail-settings'],
  });
}

async function unknown(
  tx: Transaction,
  { mailSettings }: MailDependencies,
  { row, attempt, stream }: Attempt,
  outcome: MailOutcome & { readonly kind: 'unknown' },
): Promise<void> {
  const nextLookUpAt = plusMs(await tx.now(), lookUpGapMs(mailSettings, 0) ?? 0);
  const { cause } = outcome;
  await storeFailedAttempt(tx, row, attempt, { kind: 'unknown', cause, nextLookUpAt });
  if (!outcome.alarm) return;
  await raiseAttention(tx, {
    dedupeKey: `mail-protocol:${stream}`,
    kind: 'mail-protocol',
    text: `The mail provider answered in a way it never should (${cause}). Somebody else may be answering at its address; check the mail settings and the network.`,
    actions: ['check-mail-settings'],
  });
}

/** Exponential with jitter over its upper half, so that it grows and several senders still spread. */
function backOffMs(failures: number, longest: number): number {
  const full = Math.min(longest, firstBackOffMs * 2 ** Math.min(failures, 20));
  return full / 2 + Math.random() * (full / 2);
}
