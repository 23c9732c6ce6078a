import { layerFrom } from '../../../domain/calendar/calendar-layer.ts';
import type {
  BuildId,
  ClientId,
  ClientRolloutId,
  CohortId,
  DeploymentId,
  RolloutId,
  RoundId,
} from '../../../domain/ids.ts';
import { type Instant, parseInstant } from '../../../domain/instant.ts';
import type {
  ClientFacts,
  DeploymentFacts,
  RoundFacts,
} from '../../../domain/rollout/client-facts.ts';
import { demoPolicy } from '../../../domain/rollout/seeded-policies.ts';

/** An instant written the short way. */
export function at(text: string): Instant {
  return parseInstant(text);
}

/** The moment at which every gate of `clientFacts` is open. */
export const now = at('2026-12-01T20:00:00Z');

export const build = {
  id: 'build-2' as BuildId,
  version: '1.9.4',
  digest: 'sha256:2',
  qaPassed: true,
  blocked: false,
  issues: ['PARK-1', 'PARK-2'],
};

/** A deployment that ended well and was verified. */
export const verified: DeploymentFacts = {
  id: 'deployment' as DeploymentId,
  buildId: build.id,
  generation: 1,
  state: 'succeeded',
  verification: 'match',
  permitUntil: null,
  attempt: 1,
  byHand: false,
  deadline: at('2026-12-02T00:00:00Z'),
};

/** A round about the build that still runs. */
export const openRound: RoundFacts = {
  id: 'round' as RoundId,
  number: 1,
  buildId: build.id,
  state: 'open',
  consent: 'approve',
  requestedAt: at('2026-12-01T18:00:00Z'),
  deadline: at('2026-12-01T22:00:00Z'),
  overdueSince: null,
  decidedBy: null,
};

const always = layerFrom('policy', { zone: 'client', allow: 'always' });

/** A scheduled client all of whose gates are open at `now`, with the given differences. */
export function clientFacts(differences: Partial<ClientFacts> = {}): ClientFacts {
  return { ...scheduled, ...differences };
}

const scheduled: ClientFacts = {
  clientRolloutId: 'part' as ClientRolloutId,
  rolloutId: 'rollout' as RolloutId,
  clientId: 'client' as ClientId,
  planPosition: 1,
  state: 'scheduled',
  since: at('2026-12-01T12:00:00Z'),
  changeKind: 'release',
  critical: false,
  policy: demoPolicy,
  consent: 'approve',
  noAnswerRule: 'wait',
  control: { live: true, rollout: 'running', rolloutReason: null, hold: null },
  client: {
    zone: 'America/Toronto',
    tags: [],
    time: { calendar: always.calendar, zone: 'America/Toronto' },
  },
  layers: [always],
  build,
  minimumVersion: null,
  noDateReason: null,
  previewAt: null,
  preview: { current: null, deployment: verified, busyWith: null, leftover: null },
  production: {
    current: { version: '1.9.3', issues: ['PARK-1'] },
    deployment: null,
    busyWith: null,
    leftover: null,
  },
  round: { ...openRound, state: 'approved' },
  agreedBuildId: build.id,
  slot: {
    start: now,
    latestEnd: at('2026-12-01T23:00:00Z'),
    noticeAt: at('2026-12-01T19:00:00Z'),
    noticeDeadline: at('2026-12-01T19:59:50Z'),
  },
  notice: { written: true, acceptedAt: at('2026-12-01T19:00:05Z'), undeliverable: false },
  cohort: {
    id: 'cohort' as CohortId,
    name: 'Pilot',
    state: 'open',
    previousName: null,
    previousObserveUntil: null,
    failures: 0,
    rolloutFailures: 0,
  },
  capacity: {
    preview: [{ of: 'deployer', inFlight: 0, limit: 5 }],
    production: [
      { of: 'cohort', inFlight: 0, limit: 3 },
      { of: 'vendor', inFlight: 19, limit: 20 },
    ],
  },
};
