import { lengthWords } from '../calendar/explain-time.ts';
import type { Lead } from '../calendar/notice-deadline.ts';
import { instantToLocal } from '../calendar/zone.ts';
import { durationMs } from '../duration.ts';
import type { Instant } from '../instant.ts';
import type {
  Placement,
  PlanClient,
  PlanContent,
  PlanInput,
  PlannedClient,
  PlanWarning,
  Relaxation,
} from './plan-input.ts';
import { lacksNotes } from './planning/warnings.ts';
import { countWords } from './planning/words.ts';
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
  /** What would give it a date, `with the latest date moved to 26 January: 26 January 20:00`. */
  readonly relaxation: Pick<Relaxation, 'text' | 'slotStart'> | null;
  /** Why the date it had cannot stay; null when it stays or there was none. */
  readonly whyMoved: string | null;
  /** Whose choice its date is, where it is not the planner's. */
  readonly pinned: 'client' | 'person' | null;
  /** The build has release notes, but none in its language. */
  readonly missingTranslation: boolean;
  /** In what it differs from the policy, and why; empty for a standard client. */
  readonly differs: readonly string[];
}

/** Tells a plan for reading: names instead of positions, local times beside instants, and who differs why. */
export function describePlan(input: PlanInput, content: PlanContent): PlanDescription {
  const byKey = new Map(input.clients.map((client) => [client.key, client]));
  const clients = content.clients.flatMap((planned) => {
    const client = byKey.get(planned.key);
    return client === undefined ? [] : [describeClient(input, client, planned)];
  });
  const differing = clients.filter(({ differs }) => differs.length > 0).length;
  return {
    clients,
    warnings: content.warnings,
    summary: `${clients.length - differing} standard, ${differing} differ`,
  };
}

function describeClient(
  input: PlanInput,
  client: PlanClient,
  planned: PlannedClient,
): PlannedClientDescription {
  const { placement } = planned;
  const { zone } = client;
  const isUnplaced = placement.kind === 'unplaced';
  const relaxation = isUnplaced ? placement.relaxation : null;
  return {
    key: planned.key,
    name: client.name,
    cohort: input.cohorts[planned.cohort]?.name ?? '',
    consent: planned.consent,
    ...datesOf(placement, zone),
    zone,
    reasons: isUnplaced ? placement.reasons : [],
    relaxation: relaxation && { text: relaxation.text, slotStart: relaxation.slotStart },
    whyMoved: placement.kind === 'placed' ? (placement.whyMoved ?? null) : null,
    pinned: client.pinned?.by ?? null,
    missingTranslation: lacksNotes(client, input),
    differs: differencesOf(input, client, planned),
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

function differencesOf(
  { policy }: PlanInput,
  client: PlanClient,
  { consent, placement }: PlannedClient,
): readonly string[] {
  const { layers, agreedLead, pinned, reported } = client;
  const hasOwn = (layer: PlanClient['layers'][number]['layer']): boolean =>
    layers.some((each) => each.layer === layer);
  const because = reported ? ', it reported the issue' : '';
  const checks: readonly (readonly [boolean, string])[] = [
    [hasOwn('agreement'), 'has other allowed times by agreement'],
    [hasOwn('client'), 'has a calendar of its own'],
    [hasOwn('freeze'), 'has a freeze of its own'],
    [agreedLead !== null, `notice is ${leadWords(agreedLead ?? policy.lead)} by agreement`],
    [consent !== policy.consent, `consent is ${consent}${because}`],
    [pinned?.by === 'client', 'chose its date itself'],
    [pinned?.by === 'person', 'was promised its date'],
    [placement.kind === 'unplaced', 'has no date'],
  ];
  return checks.flatMap(([holds, words]) => (holds ? [words] : []));
}

function leadWords(lead: Lead): string {
  if ('businessDays' in lead) return countWords(lead.businessDays, 'business day');
  if ('days' in lead) return countWords(lead.days, 'day');
  return 'hours' in lead ? countWords(lead.hours, 'hour') : lengthWords(durationMs(lead.duration));
}
