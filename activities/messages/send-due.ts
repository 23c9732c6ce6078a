import { setTimeout as pause } from 'node:timers/promises';
import { inSnapshot, inTransaction } from '../../database/in-transaction.ts';
import { raiseAttention } from '../../database/stores/attention.store.ts';
import {
  cancelOfStopped,
  claimMails,
  expireLeases,
  expireMails,
  queuePlanned,
  readNextDue,
} from '../../database/stores/mail-claim.store.ts';
import { lockDelivery, recordMailEvent } from '../../database/stores/mail-delivery.store.ts';
import { readSender } from '../../database/stores/mail-sender.store.ts';
import { readWantedLevel, storeLook } from '../../database/stores/wake.store.ts';
import { epochMsOf } from '../../domain/instant.ts';
import type { MailInput } from '../../workflows/contract/inputs.ts';
import { mailWorkflowId } from '../../workflows/contract/workflow-ids.ts';
import { subjectOf, wakeClient } from './apply-report.ts';
import { handOver } from './hand-over.ts';
import { lookUpMails } from './look-up-mails.ts';
import { lookUpGapMs, type MailDependencies } from './mail-settings.ts';
import { processWebhooks } from './process-webhooks.ts';
import { acceptanceRecorder } from './record-accepted.ts';

/** How a long act shows that it is alive, and how it is asked to end. */
export interface Pulse {
  readonly beat: () => void;
  readonly stopping: AbortSignal;
}

/** One call works this long at most; what is left is due at once. */
const longestCallMs = 60_000;
/** What is due but belongs to somebody else just now is looked at again after this. */
const busyMs = 1_000;

/** Sends and looks up everything that is due on one stream; answers how long nothing will be due. */
export async function sendDue(
  deps: MailDependencies,
  { stream }: MailInput,
  { beat, stopping }: Pulse,
): Promise<{ readonly sleepMs: number | null }> {
  const workflowId = mailWorkflowId(stream);
  const level = await inTransaction(deps.database, (tx) => readWantedLevel(tx, workflowId));
  const endAt = Date.now() + longestCallMs;
  let finished = false;
  while (!finished && !isStopping(stopping) && Date.now() < endAt) {
    beat();
    await processWebhooks(deps);
    await tidy(deps, stream);
    const lookedUp = await lookUpMails(deps, stream);
    const sent = await sendBatch(deps, stream, stopping);
    finished = lookedUp + sent === 0;
  }
  const sleepMs = finished ? await untilDue(deps, stream) : 0;
  return await inTransaction(deps.database, async (tx) => {
    await storeLook(tx, { workflowId, level, sleepMs, ends: false });
    return { sleepMs };
  });
}

/** A signal may be given at any moment between two reads of it. */
function isStopping(signal: AbortSignal): boolean {
  return signal.aborted;
}

/** Moves what time alone moves: undo times, leases and last moments that are over. */
async function tidy(deps: MailDependencies, stream: string): Promise<void> {
  const expired = await inTransaction(deps.database, async (tx) => {
    await queuePlanned(tx, stream);
    await cancelOfStopped(tx, stream);
    await expireLeases(tx, stream, lookUpGapMs(deps.mailSettings, 0) ?? 0);
    return await expireMails(tx, stream);
  });
  for (const { id } of expired) await tellExpired(deps, id);
}

async function tellExpired(deps: MailDependencies, id: string): Promise<void> {
  await inTransaction(deps.database, async (tx) => {
    const row = await lockDelivery(tx, id);
    if (row?.status !== 'expired') return;
    recordMailEvent(tx, { ...row, event: 'expired' });
    await raiseAttention(tx, {
      dedupeKey: `mail:${row.id}`,
      kind: 'mail-expired',
      text: `The message "${row.kind}" for ${row.clientName ?? 'no client'} could not leave in time and was not sent: what it said no longer holds.`,
      actions: ['resend', 'drop'],
      ...subjectOf(row),
      owner: row.owner,
    });
    wakeClient(tx, row);
  });
}

/** Claims and hands over a few at once; answers how many. */
async function sendBatch(
  deps: MailDependencies,
  stream: string,
  stopping: AbortSignal,
): Promise<number> {
  const { concurrency, leaseMs, pacePerSecond } = deps.mailSettings;
  if (isStopping(stopping)) return 0;
  const claims = await inTransaction(deps.database, async (tx) => {
    const sender = await readSender(tx, stream);
    if (sender.pausedUntil !== null && sender.pausedUntil > (await tx.now())) return [];
    // After a failure one mail goes first, to see whether the way is open.
    const limit = sender.failures > 0 ? 1 : concurrency;
    return await claimMails(tx, { stream, limit, leaseMs });
  });
  const gapMs = pacePerSecond > 0 ? 1000 / pacePerSecond : 0;
  const recordAccepted = acceptanceRecorder(deps, stream);
  await Promise.all(
    claims.map(async (claim, index) => {
      if (gapMs > 0) await pause(index * gapMs);
      await handOver(deps, claim, recordAccepted);
    }),
  );
  if (gapMs > 0 && claims.length > 0) await pause(gapMs);
  return claims.length;
}

async function untilDue(deps: MailDependencies, stream: string): Promise<number | null> {
  return await inSnapshot(deps.database, async (db, now) => {
    const due = await readNextDue(db, stream);
    if (due === null) return null;
    return Math.max(busyMs, epochMsOf(due) - epochMsOf(now));
  });
}
