import { type CalendarLayer, layerFrom } from '../calendar/calendar-layer.ts';
import { judgeSchedule } from '../calendar/judge-schedule.ts';
import {
  answerDeadline,
  type ClientTime,
  noticeDeadline,
  noticeQueueTime,
} from '../calendar/notice-deadline.ts';
import { instantToLocal, localDateAt, localToInstant } from '../calendar/zone.ts';
import { durationMs } from '../duration.ts';
import { epochMsOf, type Instant, type LocalDate, latestOf, plusMs } from '../instant.ts';
import { type TakenPlaces, takenPlaces } from './taken-places.ts';
import type { Placement, PlanClient, PlanContent, PlanInput, PlannedClient } from './plan-input.ts';

const dayMs = 86_400_000;
/** Time between a short notice being due and the provider having accepted it. */
const shortNoticeMarginMs = 10_000;

/**
 * Gives every client its dates, or says why it can have none. Deterministic: only the input counts, and the order
 * of its rows does not.
 */
export function plan(input: PlanInput): PlanContent {
  const limits = { vendor: input.vendorLimit, rollout: input.policy.maxInFlight };
  const places = takenPlaces(limits, input.taken);
  const wc = durationMs(input.policy.worstCase);
  const clients = [...input.clients].sort(byCohortAndKey);
  for (const client of clients) {
    if (client.keeps) places.take(client, client.keeps.start, wc);
  }
  const planned: PlannedClient[] = [];
  let cohortEarliest = input.plannedAt;
  for (const [cohort, { maxInFlight }] of input.cohorts.entries()) {
    const limit = maxInFlight ?? input.policy.maxInFlight;
    const members = clients.filter((client) => client.cohort === cohort);
    const placed = members.map((client) =>
      placeClient({ input, client, places, limit, cohortEarliest, wc }),
    );
    planned.push(...placed);
    cohortEarliest = afterCohort(placed, cohortEarliest, wc + durationMs(input.policy.observation));
  }
  return { clients: planned, warnings: clients.flatMap(warningsFor) };
}

function byCohortAndKey(a: PlanClient, b: PlanClient): number {
  return a.cohort - b.cohort || (a.key < b.key ? -1 : a.key > b.key ? 1 : 0);
}

/** The next cohort may start once the last client of this one was done, at worst, and was observed. */
function afterCohort(placed: readonly PlannedClient[], earliest: Instant, ms: number): Instant {
  const ends = placed.flatMap(({ placement }) =>
    placement.kind === 'unplaced' ? [] : [plusMs(placement.slotStart, ms)],
  );
  return latestOf(earliest, ...ends);
}

interface Placing {
  readonly input: PlanInput;
  readonly client: PlanClient;
  readonly places: TakenPlaces;
  readonly limit: number;
  readonly cohortEarliest: Instant;
  /** The worst case in milliseconds. */
  readonly wc: number;
}

function placeClient(placing: Placing): PlannedClient {
  const { client } = placing;
  return {
    clientId: client.clientId,
    key: client.key,
    cohort: client.cohort,
    consent: client.consent,
    placement: client.keeps
      ? { kind: 'kept', slotStart: client.keeps.start, slotLatestEnd: client.keeps.latestEnd }
      : findPlacement(placing),
  };
}

function findPlacement(placing: Placing): Placement {
  const { input, client, places, limit, wc } = placing;
  const layers = layersOf(input, client);
  const scope = scopeOf(input, client);
  const time = clientTimeOf(input, client);
  const agreed = agreedBy(input, client, time);
  const latest = latestDateOf(input, client.zone);
  let from = earliestStart(placing, agreed.at);
  const firstTried = from;
  // Every round moves `from` forward; the latest date ends the search.
  while (localDateAt(client.zone, from) <= latest) {
    const verdict = judgeSchedule(layers, from, scope);
    if (verdict.nextOpen === undefined) break;
    const start = verdict.nextOpen;
    if (localDateAt(client.zone, start) > latest) break;
    const stretchEnd = judgeSchedule(layers, start, scope).nextClose ?? null;
    const latestEnd = announcedEnd(start, stretchEnd, client.zone);
    const notice = noticeFor(start, agreed.at, input, time);
    if (plusMs(start, wc) > latestEnd) from = latestEnd;
    else if (notice === null) from = laterForNotice(start, agreed.at, input, client.zone);
    else {
      const free = places.firstFree(client, start, wc, limit);
      if (free === start) {
        places.take(client, start, wc);
        return {
          kind: 'placed',
          previewAt: input.plannedAt,
          answerBy: agreed.answerBy,
          ...notice,
          slotStart: start,
          slotLatestEnd: latestEnd,
          localStart: instantToLocal(client.zone, start).local,
        };
      }
      from = free;
    }
  }
  return {
    kind: 'unplaced',
    reasons: whyNot(layers, firstTried, latest, placing),
    relaxation: null,
  };
}

/** When this client's side is expected to have agreed, at the latest. */
function agreedBy(
  input: PlanInput,
  client: PlanClient,
  time: ClientTime,
): { readonly at: Instant; readonly answerBy: Instant | null } {
  const { policy, plannedAt } = input;
  if (client.stage === 'agreed') return { at: plannedAt, answerBy: null };
  const needsPreview = client.stage === 'new' && policy.previewRequired;
  const ready = needsPreview ? plusMs(plannedAt, durationMs(policy.previewAllowance)) : plannedAt;
  if (client.consent === 'inform') return { at: ready, answerBy: null };
  const answerBy = answerDeadline(ready, policy.answerWithin, time);
  return { at: answerBy, answerBy };
}

function earliestStart({ input, client, cohortEarliest }: Placing, agreedAt: Instant): Instant {
  const wished = input.earliestDate;
  const start = latestOf(cohortEarliest, agreedAt);
  if (wished === null) return start;
  return latestOf(start, localToInstant(client.zone, `${wished}T00:00`).instant);
}

/** The notice's times for a start, or null when it would have to leave before the client agreed. */
function noticeFor(
  start: Instant,
  agreedAt: Instant,
  { policy }: PlanInput,
  time: ClientTime,
): { readonly noticeAt: Instant; readonly noticeDeadline: Instant } | null {
  const deadline = noticeDeadline(start, policy.lead, time);
  const queueAt = noticeQueueTime(deadline, policy.lead, time);
  if (queueAt !== null) {
    return queueAt < agreedAt ? null : { noticeAt: queueAt, noticeDeadline: deadline };
  }
  if (plusMs(agreedAt, shortNoticeMarginMs) > deadline) return null;
  return { noticeAt: agreedAt, noticeDeadline: deadline };
}

function laterForNotice(
  start: Instant,
  agreedAt: Instant,
  input: PlanInput,
  zone: string,
): Instant {
  const { lead } = input.policy;
  if ('duration' in lead) {
    const exact = plusMs(agreedAt, shortNoticeMarginMs + durationMs(lead.duration));
    if (exact > start) return exact;
  }
  return startOfNextDate(start, zone);
}

/** The end of the open stretch, but not beyond the announced date unless one window carries on from it. */
function announcedEnd(start: Instant, stretchEnd: Instant | null, zone: string): Instant {
  if (stretchEnd !== null && epochMsOf(stretchEnd) - epochMsOf(start) <= dayMs) return stretchEnd;
  return startOfNextDate(start, zone);
}

function startOfNextDate(at: Instant, zone: string): Instant {
  const noon = Date.parse(`${localDateAt(zone, at)}T12:00:00Z`) + dayMs;
  const next = new Date(noon).toISOString().slice(0, 10);
  return localToInstant(zone, `${next}T00:00`).instant;
}

function latestDateOf(input: PlanInput, zone: string): LocalDate {
  if (input.latestDate !== null) return input.latestDate;
  return localDateAt(zone, plusMs(input.plannedAt, input.policy.latestDateDays * dayMs));
}

function whyNot(
  layers: readonly CalendarLayer[],
  from: Instant,
  latest: LocalDate,
  { input, client }: Placing,
): readonly string[] {
  const rules = judgeSchedule(layers, from, scopeOf(input, client)).reasons.map(
    ({ layer, rule }) => `${layer}: ${rule}`,
  );
  const head = `no open stretch of ${input.policy.worstCase} that leaves room for the notice before the latest date ${latest}`;
  return [head, ...rules];
}

/** Whose windows must all be open for this client. */
export function layersOf(input: PlanInput, client: PlanClient): readonly CalendarLayer[] {
  const ids = [
    ['vendor', input.vendorCalendarId],
    ['policy', input.policyCalendarId],
    ['client', client.calendarId],
  ] as const;
  return ids.flatMap(([layer, id]) => (id === null ? [] : [layerFrom(layer, input.calendars[id])]));
}

function scopeOf(
  { changeKind, critical, policy }: PlanInput,
  { tags, zone }: PlanClient,
): Parameters<typeof judgeSchedule>[2] {
  return {
    kind: critical ? 'hotfix' : changeKind,
    tags,
    clientZone: zone,
    worstCase: policy.worstCase,
  };
}

function clientTimeOf(input: PlanInput, client: PlanClient): ClientTime {
  const document =
    client.calendarId === null ? { zone: client.zone } : input.calendars[client.calendarId];
  return { calendar: layerFrom('client', document).calendar, zone: client.zone };
}

function warningsFor(client: PlanClient): PlanContent['warnings'] {
  const needsApprover = client.consent !== 'inform' && client.reachableApprovers === 0;
  return [
    ...(needsApprover ? [{ key: client.key, warning: 'no reachable approver' } as const] : []),
    ...(client.reachableInformed === 0
      ? [{ key: client.key, warning: 'nobody to inform' } as const]
      : []),
  ];
}
