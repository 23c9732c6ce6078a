import { instantToLocal } from '../calendar/zone.ts';
import type { Instant } from '../instant.ts';
import type { PlanContent, PlanInput, PlannedClient, PlanWarning } from './plan-input.ts';
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
  const { placement } = planned;
  const dates =
    placement.kind === 'placed'
      ? placement
      : { previewAt: null, answerBy: null, noticeAt: null, noticeDeadline: null };
  const slot = placement.kind === 'unplaced' ? { slotStart: null, slotLatestEnd: null } : placement;
  return {
    key: planned.key,
    name: client?.name ?? planned.key,
    cohort: input.cohorts[planned.cohort]?.name ?? '',
    consent: planned.consent,
    previewAt: dates.previewAt,
    answerBy: dates.answerBy,
    noticeAt: dates.noticeAt,
    noticeDeadline: dates.noticeDeadline,
    slotStart: slot.slotStart,
    slotLatestEnd: slot.slotLatestEnd,
    localStart: slot.slotStart === null ? null : instantToLocal(zone, slot.slotStart).local,
    zone,
    reasons: placement.kind === 'unplaced' ? placement.reasons : [],
    differs: differencesOf(input, planned),
  };
}

function differencesOf(input: PlanInput, planned: PlannedClient): readonly string[] {
  const client = input.clients.find(({ key }) => key === planned.key);
  return [
    ...(client && client.calendarId !== null ? ['has a calendar of its own'] : []),
    ...(planned.consent === input.policy.consent ? [] : [`consent is ${planned.consent}`]),
    ...(planned.placement.kind === 'unplaced' ? ['has no date'] : []),
  ];
}
