import { durationMs } from '../../duration.ts';
import { epochMsOf, instantOf } from '../../instant.ts';
import type { RolloutNext } from '../next-rollout-step.ts';
import { plan } from '../plan.ts';
import type { Placement, PlanClient } from '../plan-input.ts';
import {
  cohortOf,
  lookAt,
  moveTo,
  type RehearsedClient,
  type RehearsedWorld,
  wakeWaiting,
} from './rehearsed-world.ts';

type RolloutDeed = Extract<RolloutNext, { kind: 'act' }>;

/** Does in the rehearsal what the rollout's act does in the world. */
export function performRolloutAct(world: RehearsedWorld, { act, cohort: of }: RolloutDeed): void {
  const cohort = of === null ? null : (world.cohorts[Number(of.id)] ?? null);
  switch (act) {
    case 'openCohort':
      if (cohort !== null) cohort.state = 'open';
      break;
    case 'observeCohort':
      if (cohort === null) break;
      cohort.state = 'observing';
      cohort.observeUntil = instantOf(world.now + durationMs(world.input.policy.observation));
      world.tally.note(world.now, `${cohort.name}: enough clients are verified, it is observed`);
      break;
    case 'passCohort':
      if (cohort === null) break;
      cohort.state = 'passed';
      world.tally.note(world.now, `${cohort.name}: observed long enough`);
      break;
    case 'pauseForFailures':
      pause(world);
      break;
    case 'planMissedAgain':
      if (world.input.policy.missed === 'plan-again') planMissedAgain(world);
      else askPerson(world);
      break;
    case 'finishRollout':
      world.state = 'done';
      world.tally.note(world.now, 'the rollout is done');
      break;
  }
  wakeWaiting(world);
}

/** Gives all clients that missed their slot new dates; nobody else moves. Who finds none stays without one. */
export function planMissedAgain(world: RehearsedWorld): void {
  const missed = world.clients.filter(({ state }) => state === 'missed');
  const taking = world.clients.filter(({ state, slot }) => state === 'missed' || slot !== null);
  const input = {
    ...world.input,
    plannedAt: instantOf(world.now),
    clients: taking.map((client) => asPlannedAgain(client)),
  };
  const content = plan(input, { explain: false });
  const dates = new Map(content.clients.map(({ key, placement }) => [key, placement]));
  for (const client of missed) {
    const placement = dates.get(client.plan.key);
    if (placement?.kind === 'placed') giveDate(world, client, placement);
  }
  world.replannedAt = world.now;
  world.replanAsked = world.missed > 0;
  world.tally.noteOnce(world.now, 'clients that missed their slot are planned again');
}

function asPlannedAgain({ plan: client, state, slot, hasAgreed }: RehearsedClient): PlanClient {
  const stands = state === 'missed' || slot === null ? null : { ...slot, why: 'told' as const };
  const stage = hasAgreed ? 'agreed' : 'on-preview';
  return { ...client, stage, keeps: stands, pinned: null, current: null };
}

function giveDate(
  world: RehearsedWorld,
  client: RehearsedClient,
  placement: Extract<Placement, { kind: 'placed' }>,
): void {
  const { slotStart: start, slotLatestEnd: latestEnd, noticeAt, noticeDeadline } = placement;
  const cohort = cohortOf(world, client);
  // Whoever moves past its cohort's last slot does not hold up the next cohort.
  if (epochMsOf(start) > cohort.lastSlotStart && cohort.state !== 'passed') cohort.due -= 1;
  client.slot = { start, latestEnd, noticeAt, noticeDeadline };
  client.production = null;
  moveTo(world, client, client.hasAgreed ? 'agreed' : 'asking');
  lookAt(world, client, world.now);
}

function pause(world: RehearsedWorld): void {
  world.state = 'paused';
  world.stateReason = 'too many failures';
  world.tally.note(world.now, 'paused: too many failures');
  world.agenda.add(world.now + world.assumptions.personMs, { kind: 'resumed' });
}

function askPerson(world: RehearsedWorld): void {
  world.replanAsked = true;
  world.agenda.add(world.now + world.assumptions.personMs, { kind: 'plannedAgain' });
}
