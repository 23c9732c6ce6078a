import type { Duration } from '../../../domain/duration.ts';
import type { ClientId } from '../../../domain/ids.ts';
import { parseInstant } from '../../../domain/instant.ts';
import type { PlanClient, PlanInput } from '../../../domain/rollout/plan-input.ts';
import type { Policy } from '../../../domain/rollout/policy.ts';
import { seededCalendars } from '../../../domain/rollout/seeded-calendars.ts';
import { seededPolicies } from '../../../domain/rollout/seeded-policies.ts';

/** A duration written down. */
export function duration(text: string): Duration {
  return text as Duration;
}

/** A seeded policy with the given differences. */
export function policyOf(name: string, differences: Partial<Policy> = {}): Policy {
  const policy = seededPolicies.find((each) => each.name === name);
  if (!policy) throw new Error(`no policy ${name}`);
  return { ...policy, ...differences };
}

/** A client in Toronto that is informed only, in the first cohort, unless said otherwise. */
export function planClient(key: string, differences: Partial<PlanClient> = {}): PlanClient {
  return {
    clientId: `id-${key}` as ClientId,
    key,
    name: `Client ${key}`,
    zone: 'America/Toronto',
    locale: 'en',
    tags: [],
    calendarId: null,
    layers: differences.calendarId ? [{ layer: 'client', calendarId: differences.calendarId }] : [],
    agreedLead: null,
    cohort: 0,
    reported: false,
    consent: 'inform',
    noAnswerRule: 'wait',
    deployer: 'fleet',
    deployerLimit: 5,
    reachableApprovers: 1,
    reachableInformed: 1,
    stage: 'new',
    keeps: null,
    pinned: null,
    current: null,
    silentTimes: 0,
    ...differences,
  };
}

/** A release planned on Tuesday 24 November 2026 at noon in Toronto, on support days. */
export function planInput(differences: Partial<PlanInput> = {}): PlanInput {
  return {
    plannedAt: parseInstant('2026-11-24T17:00:00Z'),
    changeKind: 'release',
    critical: false,
    policy: policyOf('transparent-release'),
    earliestDate: null,
    latestDate: null,
    calendars: { 'support-days': seededCalendars[0], emergency: seededCalendars[1] },
    vendorCalendarId: null,
    policyCalendarId: 'support-days',
    previewCalendarId: null,
    vendorLimit: 20,
    previewLimit: 20,
    noteLocales: null,
    cohorts: [{ name: 'All', maxInFlight: null }],
    clients: [planClient('ash')],
    taken: [],
    ...differences,
  };
}
