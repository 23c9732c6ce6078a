import { answerDeadline } from '../../calendar/notice-deadline.ts';
import { type Instant, instantOf } from '../../instant.ts';
import type { RoundId } from '../../ids.ts';
import type { Consent } from '../policy.ts';
import type { ClientActName } from '../next-client-step.ts';
import { rehearsedBuild } from './rehearsed-facts.ts';
import {
  cohortOf,
  moveTo,
  type RehearsedClient,
  type RehearsedWorld,
  wakeForPreview,
  wakeForProduction,
} from './rehearsed-world.ts';

/**
 * Does in the rehearsal what the act of that name does in the world, with drawn times and outcomes.
 * Answers when the client is to be looked at again; null = at once.
 */
export const clientActs: Readonly<
  Record<ClientActName, (world: RehearsedWorld, client: RehearsedClient) => number | null>
> = {
  preparePreview: (world, client) => {
    const endsAt = world.now + world.draws.oneOf(world.assumptions.previewMs);
    client.preview = { endsAt, isVerified: false };
    world.previewsInFlight += 1;
    moveTo(world, client, 'previewing');
    world.tally.noteOnce(world.now, 'the first preview is prepared');
    return endsAt;
  },
  verifyPreview: (world, client) => {
    const { preview } = client;
    if (preview === null || world.now < preview.endsAt) return preview?.endsAt ?? null;
    world.previewsInFlight -= 1;
    wakeForPreview(world);
    if (world.draws.chance(world.assumptions.failurePercent)) {
      client.preview = null;
      return world.now + world.assumptions.personMs;
    }
    preview.isVerified = true;
    return null;
  },
  askConsent: (world, client) => {
    if (client.plan.consent === 'inform') agree(world, client);
    else ask(world, client, client.plan.consent);
    return null;
  },
  closeRound: (world, client) => {
    closeRound(world, client);
    return null;
  },
  announce: (world, client) => {
    const kind = client.slotWasTold ? 'moved' : 'notice';
    world.tally.countMails(kind, world.now, client.plan.reachableInformed);
    const acceptedAt = instantOf(world.now + world.assumptions.mailMs);
    client.notice = { written: true, acceptedAt, undeliverable: false };
    client.slotWasTold = true;
    moveTo(world, client, 'scheduled');
    world.tally.noteOnce(world.now, 'the first notice leaves');
    return null;
  },
  missSlot: (world, client) => {
    client.slot = null;
    client.notice = { written: false, acceptedAt: null, undeliverable: false };
    moveTo(world, client, 'missed');
    world.tally.noteOnce(world.now, 'the first client misses its slot');
    world.agenda.add(world.now, { kind: 'lookAtRollout' });
    return null;
  },
  deploy: (world, client) => {
    const endsAt = world.now + world.draws.oneOf(world.assumptions.productionMs);
    client.production = { endsAt, isVerified: false };
    occupy(world, client, 1);
    moveTo(world, client, 'deploying');
    world.tally.countDeployment(world.now);
    world.tally.noteOnce(world.now, `${cohortOf(world, client).name}: production begins`);
    return endsAt;
  },
  verify: (world, client) => {
    const { production } = client;
    if (production === null || world.now < production.endsAt) return production?.endsAt ?? null;
    occupy(world, client, -1);
    if (world.draws.chance(world.assumptions.failurePercent)) fail(world, client);
    else {
      production.isVerified = true;
      moveTo(world, client, 'done');
      world.tally.countMails('completed', world.now, client.plan.reachableInformed);
    }
    wakeForProduction(world);
    return null;
  },
};

/** The client's side is settled, by an answer, by silence where that is enough, or by being informed. */
export function agree(world: RehearsedWorld, client: RehearsedClient): void {
  if (client.round !== null) client.round = { ...client.round, state: 'approved' };
  client.hasAgreed = true;
  moveTo(world, client, 'agreed');
}

function ask(world: RehearsedWorld, client: RehearsedClient, consent: 'object' | 'approve'): void {
  const requestedAt = world.now + world.assumptions.mailMs;
  client.round = {
    id: client.plan.key as RoundId,
    number: 1,
    buildId: rehearsedBuild.id,
    state: 'open',
    consent,
    requestedAt: instantOf(requestedAt),
    deadline: deadlineFrom(requestedAt, world, client),
    overdueSince: null,
    decidedBy: null,
  };
  moveTo(world, client, 'asking');
  const kind = world.input.changeKind === 'hotfix' ? 'fix-on-preview' : 'release-on-preview';
  world.tally.countMails(kind, world.now, client.plan.reachableApprovers);
  world.tally.noteOnce(world.now, 'the first client is asked');
  expectAnswer(world, client, { consent, from: requestedAt });
}

function expectAnswer(
  world: RehearsedWorld,
  client: RehearsedClient,
  { consent, from }: { readonly consent: Consent; readonly from: number },
): void {
  const { assumptions, draws } = world;
  if (client.plan.reachableApprovers === 0 || draws.chance(assumptions.silencePercent)) return;
  const declines = draws.chance(assumptions.declinePercent);
  const at = from + draws.oneOf(assumptions.answerMs);
  // Under *object* only an objection changes anything; a friendly word does not shorten the time.
  if (consent === 'approve' || declines) world.agenda.add(at, { kind: 'answer', client, declines });
}

function closeRound(world: RehearsedWorld, client: RehearsedClient): void {
  const { round, plan } = client;
  if (round === null) return;
  if (round.consent === 'object' || plan.noAnswerRule === 'go-ahead') {
    agree(world, client);
    return;
  }
  if (plan.noAnswerRule === 'next-window') {
    client.slot = null;
    client.round = { ...round, deadline: deadlineFrom(world.now, world, client) };
    expectAnswer(world, client, { consent: round.consent, from: world.now });
    return;
  }
  client.round = { ...round, overdueSince: instantOf(world.now) };
  world.tally.noteOnce(world.now, 'a person reaches the first client that did not answer');
  const at = world.now + world.assumptions.personMs;
  world.agenda.add(at, { kind: 'answer', client, declines: false });
}

function deadlineFrom(at: number, world: RehearsedWorld, client: RehearsedClient): Instant {
  return answerDeadline(instantOf(at), world.input.policy.answerWithin, client.time);
}

function occupy(world: RehearsedWorld, client: RehearsedClient, by: 1 | -1): void {
  const { deployer } = client.plan;
  cohortOf(world, client).inFlight += by;
  world.inFlight += by;
  world.busyDeployers.set(deployer, (world.busyDeployers.get(deployer) ?? 0) + by);
}

/** A person mends it, and the client is planned again. */
function fail(world: RehearsedWorld, client: RehearsedClient): void {
  const cohort = cohortOf(world, client);
  client.isMended = true;
  moveTo(world, client, 'failed');
  cohort.failures += 1;
  cohort.lastProblemAt = world.now;
  world.failures += 1;
  world.tally.note(world.now, `${client.plan.name}: the deployment fails`);
  const mendedAt = world.now + world.assumptions.personMs;
  world.agenda.add(mendedAt, { kind: 'mended', client });
}
