import { instantOf } from '../../instant.ts';
import type { BuildId, ClientRolloutId, CohortId, DeploymentId, RolloutId } from '../../ids.ts';
import type { BuildFacts, CapacityFacts, ClientFacts, DeploymentFacts } from '../client-facts.ts';
import type { RolloutFacts } from '../cohort-facts.ts';
import {
  cohortOf,
  type RehearsedClient,
  type RehearsedWork,
  type RehearsedWorld,
} from './rehearsed-world.ts';

const rolloutId = 'rehearsal' as RolloutId;

/** The build that a rehearsal brings: it stands for whichever is announced. */
export const rehearsedBuild: BuildFacts = {
  id: 'rehearsed-build' as BuildId,
  version: '1.0.0',
  digest: 'sha256:rehearsal',
  qaPassed: true,
  blocked: false,
  issues: [],
};

/** A client as the rules that lead the real one see it. */
export function clientFactsOf(world: RehearsedWorld, client: RehearsedClient): ClientFacts {
  const { plan } = client;
  const { input } = world;
  return {
    clientRolloutId: plan.key as ClientRolloutId,
    rolloutId,
    clientId: plan.clientId,
    planPosition: client.position,
    state: client.state,
    since: instantOf(client.since),
    changeKind: input.changeKind,
    critical: input.critical,
    policy: input.policy,
    consent: plan.consent,
    noAnswerRule: plan.noAnswerRule,
    control: {
      live: true,
      rollout: world.state,
      rolloutReason: world.stateReason,
      hold: null,
    },
    client: { zone: plan.zone, tags: plan.tags, time: client.time },
    layers: client.layers,
    build: rehearsedBuild,
    minimumVersion: null,
    noDateReason: null,
    previewAt: instantOf(client.previewAt),
    preview: siteOf(client.preview),
    production: siteOf(client.production),
    round: client.round,
    agreedBuildId: client.hasAgreed ? rehearsedBuild.id : null,
    slot: client.slot,
    notice: client.notice,
    cohort: gateOfCohort(world, client),
    capacity: capacityOf(world, client),
  };
}

/** The rollout as a whole, as the rules that lead the real one see it. */
export function rolloutFactsOf(world: RehearsedWorld): RolloutFacts {
  return {
    rolloutId,
    state: world.state,
    policy: world.input.policy,
    cohorts: world.cohorts.map((cohort, index) => ({
      id: String(index) as CohortId,
      name: cohort.name,
      state: cohort.state,
      observeUntil: cohort.observeUntil,
      due: cohort.due,
      done: cohort.done,
      unfinished: cohort.unfinished,
      failures: cohort.failures,
      lastProblemAt: cohort.lastProblemAt === null ? null : instantOf(cohort.lastProblemAt),
    })),
    failures: world.failures,
    missed: world.missed,
    replanAsked: world.replanAsked,
    replannedAt: world.replannedAt === null ? null : instantOf(world.replannedAt),
  };
}

function siteOf(work: RehearsedWork | null): ClientFacts['preview'] {
  const deployment = work === null ? null : deploymentOf(work);
  return { current: null, deployment, leftover: null, busyWith: null };
}

function deploymentOf({ endsAt, isVerified }: RehearsedWork): DeploymentFacts {
  return {
    id: 'rehearsed' as DeploymentId,
    buildId: rehearsedBuild.id,
    generation: 1,
    state: isVerified ? 'succeeded' : 'running',
    verification: isVerified ? 'match' : null,
    permitUntil: null,
    attempt: 1,
    deadline: instantOf(endsAt),
    byHand: false,
  };
}

function gateOfCohort(world: RehearsedWorld, client: RehearsedClient): ClientFacts['cohort'] {
  const cohort = cohortOf(world, client);
  const previous = world.cohorts[client.plan.cohort - 1];
  return {
    id: String(client.plan.cohort) as CohortId,
    name: cohort.name,
    state: cohort.state,
    previousName: previous?.name ?? null,
    previousObserveUntil: previous?.state === 'observing' ? previous.observeUntil : null,
    failures: cohort.failures,
    rolloutFailures: world.failures,
  };
}

function capacityOf(world: RehearsedWorld, client: RehearsedClient): ClientFacts['capacity'] {
  const cohort = cohortOf(world, client);
  const { input } = world;
  const now = instantOf(world.now);
  const others = input.taken.filter(({ start, end }) => start <= now && now < end);
  const { deployer, deployerLimit } = client.plan;
  const onDeployer = others.filter((each) => each.deployer === deployer).length;
  const production: readonly CapacityFacts[] = [
    { of: 'cohort', inFlight: cohort.inFlight, limit: cohort.maxInFlight },
    { of: 'rollout', inFlight: world.inFlight, limit: input.policy.maxInFlight },
    {
      of: 'deployer',
      inFlight: (world.busyDeployers.get(deployer) ?? 0) + onDeployer,
      limit: deployerLimit,
    },
    { of: 'vendor', inFlight: world.inFlight + others.length, limit: input.vendorLimit },
  ];
  const preview = { inFlight: world.previewsInFlight, limit: input.previewLimit };
  return { preview: [{ of: 'vendor', ...preview }], production };
}
