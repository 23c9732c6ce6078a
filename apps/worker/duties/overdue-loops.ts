import type { Transaction } from '../../../database/in-transaction.ts';
import {
  type NewAttention,
  raiseAttention,
  resolveAttention,
} from '../../../database/stores/attention.store.ts';
import { findClientRollout } from '../../../database/stores/client-rollout.store.ts';
import {
  listOverdueLoops,
  listReportedLoops,
  type OverdueLoop,
} from '../../../database/stores/lost-wake.store.ts';
import { subjectOf } from '../../../workflows/contract/workflow-ids.ts';

const overdueForMs = 15 * 60_000;

/** Asks a person about every loop that has not looked for a quarter of an hour, and takes it back once it has. */
export async function reportOverdueLoops(tx: Transaction): Promise<void> {
  const overdue = await listOverdueLoops(tx, overdueForMs);
  for (const loop of overdue) await raiseAttention(tx, await attentionFor(tx, loop));
  const stuck = new Set(overdue.map((loop) => loop.workflowId));
  for (const workflowId of await listReportedLoops(tx, keyOf(''))) {
    if (stuck.has(workflowId)) continue;
    await resolveAttention(tx, {
      dedupeKey: keyOf(workflowId),
      by: 'daymark',
      resolution: 'It goes on',
    });
  }
}

function keyOf(workflowId: string): string {
  return `loop-overdue/${workflowId}`;
}

async function attentionFor(tx: Transaction, loop: OverdueLoop): Promise<NewAttention> {
  const error = loop.lastError === null ? '' : ` The last error was: ${loop.lastError}`;
  return {
    dedupeKey: keyOf(loop.workflowId),
    kind: 'loop-overdue',
    subjectId: loop.workflowId,
    actions: [],
    ...(await whomItConcerns(tx, loop.workflowId)),
    text: `Nothing has moved here since ${loop.since}. Check the workers and Temporal.${error}`,
  };
}

async function whomItConcerns(tx: Transaction, workflowId: string): Promise<Partial<NewAttention>> {
  const subject = subjectOf(workflowId);
  switch (subject?.kind) {
    case 'rollout':
      return { rolloutId: subject.rolloutId };
    case 'client-rollout':
      return (await findClientRollout(tx, subject.rolloutId, subject.clientId)) ?? {};
    default:
      return {};
  }
}
