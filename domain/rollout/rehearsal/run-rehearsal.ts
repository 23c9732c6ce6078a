import { epochMsOf, instantOf } from '../../instant.ts';
import type { ClosedGate } from '../judge-gates.ts';
import { nextClientStep } from '../next-client-step.ts';
import { nextRolloutStep } from '../next-rollout-step.ts';
import { clientFactsOf, rolloutFactsOf } from './rehearsed-facts.ts';
import {
  lookAt,
  moveTo,
  type RehearsalEvent,
  type RehearsedClient,
  type RehearsedWorld,
  wakeWaiting,
} from './rehearsed-world.ts';
import { agree, clientActs } from './perform-client-act.ts';
import { performRolloutAct, planMissedAgain } from './perform-rollout-act.ts';

/** A rehearsal ends here at the latest, in milliseconds after its plan: nobody waits longer than a year. */
const longestMs = 366 * 86_400_000;
/** More steps at one instant than any client can take: a loop in the rules must not hang the program. */
const mostStepsAtOnce = 50;

/** Puts down the first looks of everybody; then `goOn` lets the rollout happen. */
export function raiseCurtain(world: RehearsedWorld): void {
  for (const client of world.clients) {
    lookAt(world, client, client.previewAt);
  }
  world.agenda.add(world.now, { kind: 'lookAtRollout' });
}

/**
 * Lets so many events happen at most; false when the rollout has come to its end, nothing is left to happen, or a
 * year has gone by.
 */
export function goOn(world: RehearsedWorld, mostEvents: number): boolean {
  const end = epochMsOf(world.input.plannedAt) + longestMs;
  for (let count = 0; count < mostEvents; count += 1) {
    const next = world.agenda.take();
    if (next === null || next.at > end) return false;
    world.now = next.at;
    happen(world, next.event);
    if (world.state === 'done') return false;
  }
  return true;
}

function happen(world: RehearsedWorld, event: RehearsalEvent): void {
  switch (event.kind) {
    case 'look':
      if (event.ticket === event.client.ticket) lookAtClient(world, event.client);
      return;
    case 'lookAtRollout':
      lookAtRollout(world);
      return;
    case 'answer':
      answer(world, event.client, event.declines);
      return;
    case 'mended':
      event.client.isMended = false;
      event.client.slot = null;
      event.client.notice = { written: false, acceptedAt: null, undeliverable: false };
      moveTo(world, event.client, 'missed');
      world.agenda.add(world.now, { kind: 'lookAtRollout' });
      return;
    case 'resumed':
      world.state = 'running';
      world.failures = 0;
      for (const cohort of world.cohorts) cohort.failures = 0;
      world.tally.note(world.now, 'resumed by a person');
      wakeWaiting(world);
      return;
    case 'plannedAgain':
      planMissedAgain(world);
      world.agenda.add(world.now, { kind: 'lookAtRollout' });
  }
}

function lookAtClient(world: RehearsedWorld, client: RehearsedClient): void {
  for (let step = 0; step < mostStepsAtOnce; step += 1) {
    const next = nextClientStep(clientFactsOf(world, client), instantOf(world.now));
    if (next.kind === 'end') return;
    if (next.kind === 'wait') {
      if (next.until !== null) lookAt(world, client, epochMsOf(next.until));
      client.waitsForOthers = next.gates.length > 0 && !next.gates.some(isNotDue);
      return;
    }
    const lookAgainAt = clientActs[next.act](world, client);
    if (lookAgainAt !== null) {
      lookAt(world, client, lookAgainAt);
      return;
    }
  }
  throw new Error(`${client.plan.key} takes no end of steps at ${instantOf(world.now)}`);
}

/** Before its time nothing that others do can start a client; then it looks by itself. */
function isNotDue({ gate, next }: ClosedGate): boolean {
  return gate === 'slot' && next.kind === 'at';
}

function lookAtRollout(world: RehearsedWorld): void {
  for (let step = 0; step < mostStepsAtOnce; step += 1) {
    const next = nextRolloutStep(rolloutFactsOf(world), instantOf(world.now));
    if (next.kind === 'act') {
      performRolloutAct(world, next);
      continue;
    }
    if (next.kind === 'wait' && next.until !== null) {
      world.agenda.add(epochMsOf(next.until), { kind: 'lookAtRollout' });
    }
    return;
  }
  throw new Error(`The rollout takes no end of steps at ${instantOf(world.now)}`);
}

function answer(world: RehearsedWorld, client: RehearsedClient, declines: boolean): void {
  if (client.state !== 'asking' || client.round?.state !== 'open') return;
  if (declines) {
    client.round = { ...client.round, state: 'rejected' };
    moveTo(world, client, 'rejected');
    world.tally.note(world.now, `${client.plan.name} declines`);
    wakeWaiting(world);
    return;
  }
  agree(world, client);
  world.tally.countMails('approval-recorded', world.now, client.plan.reachableApprovers);
  lookAt(world, client, world.now);
}
