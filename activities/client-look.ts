import { inTransaction, type Transaction } from '../database/in-transaction.ts';
import { readClientFacts } from '../database/read-models/client-facts.read-model.ts';
import {
  type ClientRolloutRef,
  findForLook,
  lockForLook,
  lockForStart,
  type LookedAtPart,
} from '../database/stores/client-rollout.store.ts';
import { registerForPlace } from '../database/stores/place.store.ts';
import { storeLook } from '../database/stores/wake.store.ts';
import type { ClientFacts } from '../domain/rollout/client-facts.ts';
import { type ClientNext, nextClientStep } from '../domain/rollout/next-client-step.ts';
import type { Instant } from '../domain/instant.ts';
import type { ClientRolloutInput } from '../workflows/contract/inputs.ts';
import type { ClientAct, ClientStep } from '../workflows/contract/steps.ts';
import { clientRolloutWorkflowId } from '../workflows/contract/workflow-ids.ts';
import type { ActDependencies } from './dependencies.ts';
import { stepOf } from './step-of.ts';

/** Which rows are locked before the facts are read; always in the order of a start. */
export type LookLock = 'client' | 'preview-start' | 'production-start';

/** One client's part as it is at this moment, under its locks. */
export interface ClientLook {
  readonly ref: ClientRolloutRef;
  readonly facts: ClientFacts;
  readonly now: Instant;
  readonly next: ClientNext;
  readonly level: number;
  readonly waitsForPlace: boolean;
}

/**
 * Runs one act of a client's strand: locks, reads the facts, asks the rules what is next, and performs the act only
 * when it is this one's turn. Answers what is next after it.
 */
export async function clientAct(
  deps: ActDependencies,
  input: ClientRolloutInput,
  act: {
    readonly name: ClientAct;
    readonly lock: LookLock;
    readonly perform: (tx: Transaction, look: ClientLook) => Promise<void>;
  },
): Promise<ClientStep> {
  return await inTransaction(deps.database, async (tx) => {
    const look = await lookAtClient(tx, deps, input, act.lock);
    if (look === null) return { kind: 'end', summary: 'there is no such client rollout' };
    if (!isTurnOf(act.name, look)) return await answerStep(tx, look, look.next);
    await act.perform(tx, look);
    return await answerStep(tx, look, await nextAfter(tx, deps, look));
  });
}

/** What answering a loop needs of a look. */
export type Answering = Pick<ClientLook, 'ref' | 'now' | 'level' | 'waitsForPlace'>;

/** Locks and reads one client's part; null when it does not exist. */
export async function lookAtClient(
  tx: Transaction,
  deps: ActDependencies,
  input: ClientRolloutInput,
  lock: LookLock,
): Promise<ClientLook | null> {
  const workflowId = clientRolloutWorkflowId(input.rolloutId, input.clientId);
  const found = lock === 'client' ? null : await findForLook(tx, input, workflowId);
  if (lock !== 'client' && found === null) return null;
  // Asked in one go and answered one after the other: the facts and the time are read under the locks.
  const [locked, [facts], now] = await Promise.all([
    found === null ? lockForLook(tx, input, workflowId) : lockedForStart(tx, found, lock),
    readClientFacts(tx, input, deps.shelf),
    tx.now(),
  ]);
  if (locked === null || facts === undefined) return null;
  const { level, waitsForPlace, ...ref } = locked;
  return { ref, facts, now, next: nextClientStep(facts, now), level, waitsForPlace };
}

/** Whether the rules say that this act is next. */
export function isTurnOf(act: ClientAct, { next }: Pick<ClientLook, 'next'>): boolean {
  return next.kind === 'act' && next.act === act;
}

/** What is next now that this transaction has changed something. */
export async function nextAfter(
  tx: Transaction,
  deps: ActDependencies,
  { ref, now }: Pick<Answering, 'ref' | 'now'>,
): Promise<ClientNext> {
  return nextClientStep(await factsOf(tx, deps, ref), now);
}

/** Stores that the loop has looked and tells it what to do next. */
export async function answerStep(
  tx: Transaction,
  { ref, now, level, waitsForPlace }: Answering,
  next: ClientNext,
): Promise<ClientStep> {
  const step = stepOf(next, now);
  const waits = lacksOnlyPlace(next);
  // Whoever moves a part strikes it off, so a note read before that says nothing.
  if (waits || waitsForPlace) await registerForPlace(tx, ref.clientRolloutId, waits);
  if (step.kind !== 'act') {
    await storeLook(tx, {
      workflowId: clientRolloutWorkflowId(ref.rolloutId, ref.clientId),
      level,
      sleepMs: step.kind === 'wait' ? step.sleepMs : null,
      ends: step.kind === 'end',
    });
  }
  return step;
}

/** Only a missing place keeps it from starting. */
function lacksOnlyPlace(next: ClientNext): boolean {
  if (next.kind !== 'wait' || next.gates.length === 0) return false;
  return next.gates.every(({ gate }) => gate === 'capacity');
}

async function lockedForStart(
  tx: Transaction,
  part: LookedAtPart,
  lock: LookLock,
): Promise<LookedAtPart> {
  await lockForStart(tx, part.clientRolloutId, lock === 'preview-start' ? 'preview' : 'production');
  return part;
}

async function factsOf(
  tx: Transaction,
  deps: ActDependencies,
  ref: ClientRolloutRef,
): Promise<ClientFacts> {
  const [facts] = await readClientFacts(tx, { clientRolloutId: ref.clientRolloutId }, deps.shelf);
  if (!facts) throw new Error('A client rollout that was just found has no facts');
  return facts;
}
