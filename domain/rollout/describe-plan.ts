import { instantToLocal } from '../calendar/zone.ts';
import type { Instant } from '../instant.ts';
import type {
  Placement,
  PlanContent,
  PlanInput,
  PlannedClient,
  PlanWarning,
} from './plan-input.ts';
import type { Consent } from './policy.ts';

/** A plan as people read it, in cohort and key order. */
export interface PlanDescription {
  readonly clients: readonly PlannedClientDescription[];
  readonly warnings: readonly PlanWarning[];
  /** `9 standard, 3 differ`. */
  readonly summary: string;
}

export interface PlannedClientDescription {
  readonly key: string;
  readonly name: string;
  readonly cohort: string;
  readonly consent: Consent;
  readonly previewAt: Instant | null;
  readonly answerBy: Instant | null;
  readonly noticeAt: Instant | null;
  readonly noticeDeadline: Instant | null;
  readonly slotStart: Instant | null;
  readonly slotLatestEnd: Instant | null;
  /** The start on the client's own clock, `2026-11-25T20:00:00`. */
  readonly localStart: string | null;
  readonly zone: string;
  /** Why it has no date; empty when it has one. */
  readonly reasons: readonly string[];
  /** In what it differs from the policy; empty for a standard client. */
  readonly differs: readonly string[];
}

/** Tells a plan for reading: names instead of positions, local times beside instants, and who differs why. */
export function describePlan(input: PlanInput, content: PlanContent): PlanDescription {
  const clients = content.clients.map((client) => describeClient(input, client));
  const differing = clients.filter(({ differs }) => differs.length > 0).length;
  return {
    clients,
    warnings: content.warnings,
    summary: `${clients.length - differing} standard, ${differing} differ`,
  };
}

function describeClient(input: PlanInput, planned: PlannedClient): PlannedClientDescription {
  const client = input.clients.find(({ key }) => key === planned.key);
  const zone = client?.zone ?? 'UTC';
  return {
    key: planned.key,
    name: client?.name ?? planned.key,
    cohort: input.cohorts[planned.cohort]?.name ?? '',
    consent: planned.consent,
    ...datesOf(planned.placement, zone),
    zone,
    reasons: planned.placement.kind === 'unplaced' ? planned.placement.reasons : [],
    differs: differencesOf(input, planned),
  };
}

const noDates = {
  previewAt: null,
  answerBy: null,
  noticeAt: null,
  noticeDeadline: null,
  slotStart: null,
  slotLatestEnd: null,
  localStart: null,
};

function datesOf(
  placement: Placement,
  zone: string,
): Pick<PlannedClientDescription, keyof typeof noDates> {
  if (placement.kind === 'unplaced') return noDates;
  const { slotStart, slotLatestEnd } = placement;
  const localStart = instantToLocal(zone, slotStart).local;
  if (placement.kind === 'kept') return { ...noDates, slotStart, slotLatestEnd, localStart };
  const { previewAt, answerBy, noticeAt, noticeDeadline } = placement;
  return { previewAt, answerBy, noticeAt, noticeDeadline, slotStart, slotLatestEnd, localStart };
}

function differencesOf(input: PlanInput, planned: PlannedClient): readonly string[] {
  const client = input.clients.find(({ key }) => key === planned.key);
  return [
    ...(client && client.calendarId !== null ? ['has a calendar of its own'] : []),
    ...(planned.consent === input.policy.consent ? [] : [`consent is ${planned.consent}`]),
    ...(planned.placement.kind === 'unplaced' ? ['has no date'] : []),
  ];
}
