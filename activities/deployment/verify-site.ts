import { setTimeout as pause } from 'node:timers/promises';
import type { FollowedDeployment } from '../../database/read-models/deployment-to-follow.read-model.ts';
import { storeVerificationEvidence } from '../../database/stores/verification.store.ts';
import { durationMs } from '../../domain/duration.ts';
import { type Instant, instantOf, plusMs } from '../../domain/instant.ts';
import {
  judgeSiteReading,
  type ProbeVerdict,
  type SiteReading,
} from '../../domain/rollout/judge-site-reading.ts';
import type { DeployDependencies } from './deploy-dependencies.ts';
import { recordVerification, type VerificationEnd } from './record-verification.ts';
import { settling } from './settle-deployment.ts';
import { parseProbe } from './site-probe.ts';
import { nextDelayMs, type Round } from './wait-again.ts';

/** What a site has said so far, and the last reading as proof. */
interface Evidence {
  readonly matches: number;
  readonly others: number;
  readonly unread: number;
  readonly last: SiteReading;
}

/**
 * Asks the site until it has reported the build as often in a row as the policy asks for. The short pauses between
 * these are waited here; whatever else it says is asked again later, until the deadline decides.
 */
export async function verifySite(
  deps: DeployDependencies,
  deployment: FollowedDeployment,
): Promise<Round> {
  const { times, interval } = deployment.probes;
  let evidence = evidenceIn(deployment.evidence);
  for (let inRow = 0; ;) {
    const reading = await readSite(deps, deployment);
    const verdict = judgeSiteReading(reading, deployment.build);
    evidence = counted(evidence, verdict, reading);
    if (verdict.kind !== 'match') {
      return await notYet(deps, { deployment, verdict, evidence });
    }
    inRow += 1;
    if (inRow >= times) {
      return await ended(deps, deployment, {
        verification: 'match',
        detail: null,
        reading,
        evidence,
      });
    }
    await pause(durationMs(interval));
  }
}

async function readSite(
  deps: DeployDependencies,
  { site }: FollowedDeployment,
): Promise<SiteReading> {
  try {
    return await deps.probe.read(parseProbe(site));
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    return unreadable(site.url, error.message);
  }
}

async function notYet(
  deps: DeployDependencies,
  seen: {
    readonly deployment: FollowedDeployment;
    readonly verdict: Exclude<ProbeVerdict, { kind: 'match' }>;
    readonly evidence: Evidence;
  },
): Promise<Round> {
  const { deployment, verdict, evidence } = seen;
  const { pool, clock } = deps.database;
  const now = await clock.now(pool);
  const since = deployment.finishedAt ?? deployment.claimedAt;
  const deadline = plusMs(since, durationMs(deployment.operationDeadline));
  if (now >= deadline) {
    return await ended(deps, deployment, {
      ...conclusion(verdict, evidence),
      reading: evidence.last,
      evidence,
    });
  }
  await storeVerificationEvidence(pool, deployment.id, evidence);
  const delayMs = nextDelayMs(deps.settings, { since, now, deadline });
  return { kind: 'again', why: inWords(verdict), delayMs };
}

/** A site that said both yes and no cannot be relied on: nobody knows what it runs. */
function conclusion(
  verdict: Exclude<ProbeVerdict, { kind: 'match' }>,
  { matches }: Evidence,
): Pick<VerificationEnd, 'verification' | 'detail'> {
  const detail = inWords(verdict);
  if (matches > 0) {
    return { verification: 'unknown', detail: `the site keeps changing its answer: ${detail}` };
  }
  if (verdict.kind === 'unknown') return { verification: 'unknown', detail };
  return {
    verification: verdict.reason === 'other_version' ? 'other-version' : 'unhealthy',
    detail,
  };
}

async function ended(
  deps: DeployDependencies,
  of: FollowedDeployment,
  end: VerificationEnd,
): Promise<Round> {
  return await settling(deps, of, async (tx, { deployment }) => {
    await recordVerification(tx, deps, deployment, end);
    return null;
  });
}

function counted(before: Evidence | null, verdict: ProbeVerdict, last: SiteReading): Evidence {
  const { matches = 0, others = 0, unread = 0 } = before ?? {};
  return {
    matches: matches + (verdict.kind === 'match' ? 1 : 0),
    others: others + (verdict.kind === 'failed' ? 1 : 0),
    unread: unread + (verdict.kind === 'unknown' ? 1 : 0),
    last,
  };
}

function evidenceIn(stored: unknown): Evidence | null {
  return stored === null ? null : (stored as Evidence);
}

function inWords(verdict: Exclude<ProbeVerdict, { kind: 'match' }>): string {
  if (verdict.kind === 'unknown') return `the site could not be read: ${verdict.detail}`;
  return verdict.reason === 'unhealthy'
    ? 'the site says that it is not healthy'
    : `the site reports ${verdict.value}`;
}

/** A probe that cannot be used is a site that cannot be read: somebody may still mend it in time. */
function unreadable(url: string, detail: string): SiteReading {
  const at: Instant = instantOf(Date.now());
  return {
    kind: 'unread',
    problem: 'unparsable',
    detail,
    evidence: {
      url,
      address: null,
      status: null,
      value: null,
      at,
      durationMs: 0,
      bodySha256: null,
      excerpt: null,
    },
  };
}
