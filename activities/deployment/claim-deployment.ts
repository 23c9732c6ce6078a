import type { Transaction } from '../../database/in-transaction.ts';
import { moveClientRollout } from '../../database/stores/client-rollout.store.ts';
import {
  insertClaim,
  readStartTarget,
  type SiteKind,
  type StartTarget,
} from '../../database/stores/deployment.store.ts';
import { zoneDataVersion } from '../../domain/calendar/zone-data.ts';
import { canonicalJson } from '../../domain/canonical-json.ts';
import { durationMs } from '../../domain/duration.ts';
import type { DeploymentId } from '../../domain/ids.ts';
import { plusMs } from '../../domain/instant.ts';
import type { BuildFacts } from '../../domain/rollout/client-facts.ts';
import { gates } from '../../domain/rollout/judge-gates.ts';
import type { ClientLook } from '../client-look.ts';

/**
 * Takes the place and freezes what will be sent; the caller holds the locks of a start and found every gate open.
 * Null when somebody else has moved the client meanwhile.
 */
export async function claimDeployment(
  tx: Transaction,
  look: ClientLook,
  siteKind: SiteKind,
): Promise<DeploymentId | null> {
  const { ref, facts, now } = look;
  const { build } = facts;
  const [target, moved] = await Promise.all([
    readStartTarget(tx, ref.clientRolloutId, siteKind),
    moveClientRollout(tx, {
      of: ref,
      from: siteKind === 'preview' ? ['planned', 'previewing'] : ['scheduled'],
      to: siteKind === 'preview' ? 'previewing' : 'deploying',
      actor: 'daymark',
      reason: null,
    }),
  ]);
  if (target === null || build === null) {
    throw new Error('A start whose gates are open has a build and a deployer');
  }
  if (!moved) return null;
  const key = `${ref.rolloutId}:${target.clientKey}:${siteKind}:${target.generation}`;
  const evidence = evidenceOf(look, target, build);
  const id = await insertClaim(tx, {
    ...ref,
    cohortId: target.cohortId,
    siteId: target.siteId,
    siteKind,
    deployerId: target.deployer.id,
    buildId: build.id,
    generation: target.generation,
    key,
    body: bodyOf({ key, siteKind, build, target, rollout: ref.rolloutId }),
    deadline: plusMs(now, durationMs(facts.policy.operationDeadline)),
    facts: evidence,
  });
  tx.record({
    kind: 'deployment.claimed',
    actor: 'daymark',
    ...ref,
    facts: { deployment: id, site: siteKind, key, ...evidence },
  });
  return id;
}

/** The bytes of every attempt; no clock in them, so that a repetition is the same request. */
function bodyOf(order: {
  readonly key: string;
  readonly siteKind: SiteKind;
  readonly build: BuildFacts;
  readonly target: StartTarget;
  readonly rollout: string;
}): string {
  const { key, siteKind, build, target, rollout } = order;
  return canonicalJson({
    type: 'deploy.requested',
    key,
    rollout,
    client: target.clientKey,
    site: siteKind,
    generation: target.generation,
    build: { version: build.version, digest: build.digest },
  });
}

/** What was true when it was allowed to start; kept as evidence. */
function evidenceOf(
  { facts, now }: ClientLook,
  target: StartTarget,
  build: BuildFacts,
): Readonly<Record<string, unknown>> {
  return {
    judgedAt: now,
    gates: gates.map((gate) => ({ gate, open: true })),
    calendars: target.calendars,
    zoneData: zoneDataVersion,
    build: { version: build.version, digest: build.digest },
    consent: {
      way: facts.consent,
      round: facts.round?.number ?? null,
      agreedBuild: facts.agreedBuildId,
    },
    slot: facts.slot,
    noticeAcceptedAt: facts.notice.acceptedAt,
    deployer: target.deployer.name,
  };
}
