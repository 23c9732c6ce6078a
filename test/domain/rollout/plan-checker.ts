import { type CalendarLayer, layerFrom } from '../../../domain/calendar/calendar-layer.ts';
import { judgeSchedule } from '../../../domain/calendar/judge-schedule.ts';
import {
  answerDeadline,
  type ClientTime,
  noticeDeadline,
} from '../../../domain/calendar/notice-deadline.ts';
import { instantToLocal } from '../../../domain/calendar/zone.ts';
import { durationMs } from '../../../domain/duration.ts';
import { type Instant, plusMs } from '../../../domain/instant.ts';
import type {
  Placement,
  PlanClient,
  PlanContent,
  PlanInput,
} from '../../../domain/rollout/plan-input.ts';

/**
 * Everything that is wrong with a plan, by the rules as people know them and not by the planner's code: each date is
 * judged by itself, and what runs at once is counted moment by moment.
 */
export function faultsOf(input: PlanInput, content: PlanContent): readonly string[] {
  const rows = rowsOf(input, content);
  return [
    ...rows.flatMap((row) => faultsOfDate(input, row)),
    ...faultsOfLimits(input, rows),
    ...faultsOfCohorts(input, rows),
    ...faultsOfPreviews(input, rows),
    ...faultsOfOrder(input, content),
  ];
}

/** Clients without a date that could be given one at that start while everybody else keeps theirs. */
export function overlooked(
  input: PlanInput,
  content: PlanContent,
  starts: readonly Instant[],
): readonly string[] {
  const rows = rowsOf(input, content);
  return rows.flatMap((row) => {
    if (row.placement.kind !== 'unplaced') return [];
    const start = starts.find((each) => wouldFit(input, rows, { row, start: each }));
    return start === undefined ? [] : [`${row.client.key} could start at ${start}`];
  });
}

interface Row {
  readonly client: PlanClient;
  readonly placement: Placement;
}

type Dated = Row & { readonly placement: Extract<Placement, { slotStart: Instant }> };
type Placed = Row & { readonly placement: Extract<Placement, { kind: 'placed' }> };

function rowsOf(input: PlanInput, content: PlanContent): readonly Row[] {
  return content.clients.map(({ key, placement }) => {
    const client = input.clients.find((each) => each.key === key);
    if (client === undefined) throw new Error(`${key} is in the plan but not in its input`);
    return { client, placement };
  });
}

function faultsOfOrder(input: PlanInput, content: PlanContent): readonly string[] {
  const planned = content.clients.map(({ key }) => key);
  const wanted = input.clients
    .toSorted((a, b) => a.cohort - b.cohort || (a.key < b.key ? -1 : 1))
    .map(({ key }) => key);
  return JSON.stringify(planned) === JSON.stringify(wanted)
    ? []
    : [`the plan lists ${planned.join(' ')} instead of ${wanted.join(' ')}`];
}

function faultsOfDate(input: PlanInput, row: Row): readonly string[] {
  const { client, placement } = row;
  switch (placement.kind) {
    case 'kept':
      return placement.slotStart === client.keeps?.start ? [] : [`${client.key} keeps no date`];
    case 'unplaced':
      return placement.reasons.length > 0 ? [] : [`${client.key} is not told why it has no date`];
    case 'placed':
      return faultsOfPlaced(input, client, placement)
        .filter((fault) => fault !== false)
        .map((fault) => `${client.key} ${fault}`);
  }
}

function faultsOfPlaced(
  input: PlanInput,
  client: PlanClient,
  placement: Placed['placement'],
): readonly (string | false)[] {
  const present = client.keeps ?? client.pinned ?? client.current;
  const hasMoved = present !== null && present.start !== placement.slotStart;
  return [
    client.keeps?.why === 'begun' && 'was begun and moves',
    hasMoved && !placement.whyMoved && 'moves without a word',
    ...(client.pinned === null || hasMoved ? faultsOfDates(input, client, placement) : []),
    ...faultsOfWindow(input, client, placement),
    ...faultsOfConsent(input, client, placement),
    ...faultsOfNotice(input, client, { placement, stands: present !== null }),
  ];
}

function faultsOfDates(
  input: PlanInput,
  client: PlanClient,
  { slotStart }: Placed['placement'],
): readonly (string | false)[] {
  const date = dateAt(client.zone, slotStart);
  const latest =
    input.latestDate ??
    dateAt(client.zone, plusMs(input.plannedAt, input.policy.latestDateDays * 86_400_000));
  return [
    slotStart < input.plannedAt && 'starts before it was planned',
    input.earliestDate !== null && date < input.earliestDate && 'starts before the earliest date',
    date > latest && 'starts after the latest date',
  ];
}

function faultsOfWindow(
  input: PlanInput,
  client: PlanClient,
  { slotStart, slotLatestEnd, localStart }: Placed['placement'],
): readonly (string | false)[] {
  const verdict = judgedAt(input, client, slotStart);
  const end = plusMs(slotStart, durationMs(input.policy.worstCase));
  return [
    verdict.closed && `starts at ${slotStart}, closed by ${JSON.stringify(verdict.reasons)}`,
    slotLatestEnd < end && 'has no time for the worst case',
    verdict.nextClose !== undefined &&
      slotLatestEnd > verdict.nextClose &&
      'ends after its open stretch',
    instantToLocal(client.zone, slotStart).local !== localStart && 'names another local time',
  ];
}

function faultsOfConsent(
  input: PlanInput,
  client: PlanClient,
  { previewAt, answerBy }: Placed['placement'],
): readonly (string | false)[] {
  const answer = answerOf(input, client, previewAt);
  return [
    previewAt < input.plannedAt && 'has its preview before it was planned',
    answerBy !== answer && `answers by ${answerBy ?? 'never'} instead of ${answer ?? 'never'}`,
  ];
}

function faultsOfNotice(
  input: PlanInput,
  client: PlanClient,
  { placement, stands }: { readonly placement: Placed['placement']; readonly stands: boolean },
): readonly (string | false)[] {
  const { previewAt, noticeAt, slotStart } = placement;
  const agreed = answerOf(input, client, previewAt) ?? readyOf(input, client, previewAt);
  const leads = [input.policy.lead, ...(client.agreedLead === null ? [] : [client.agreedLead])];
  const time = timeOf(input, client);
  const deadlines = leads.map((lead) => noticeDeadline(slotStart, lead, time)).sort();
  return [
    noticeAt < agreed && !stands && 'is told a date before it agreed',
    placement.noticeDeadline !== deadlines[0] && 'has another deadline for its notice',
    noticeAt > placement.noticeDeadline && 'is told too late',
  ];
}

/** When the client can try it, at the latest. */
function readyOf({ policy }: PlanInput, client: PlanClient, previewAt: Instant): Instant {
  const isNew = client.stage === 'new' && policy.previewRequired;
  return isNew ? plusMs(previewAt, durationMs(policy.previewAllowance)) : previewAt;
}

/** When its answer is expected at the latest; null when nobody waits for one. */
function answerOf(input: PlanInput, client: PlanClient, previewAt: Instant): Instant | null {
  if (client.stage === 'agreed' || client.consent === 'inform') return null;
  const ready = readyOf(input, client, previewAt);
  return answerDeadline(ready, input.policy.answerWithin, timeOf(input, client));
}

/** Every limit, counted at each instant at which something begins. */
function faultsOfLimits(input: PlanInput, rows: readonly Row[]): readonly string[] {
  const works = worksOf(input, rows);
  return works.flatMap(({ start }) => {
    const running = works.filter((each) => each.start <= start && start < each.end);
    return overrun(input, running).map((what) => `${what} at ${start}`);
  });
}

interface Work {
  readonly start: Instant;
  readonly end: Instant;
  readonly client: string;
  readonly deployer: string;
  /** Null for another rollout's. */
  readonly row: Row | null;
}

function worksOf(input: PlanInput, rows: readonly Row[]): readonly Work[] {
  const worstCaseMs = durationMs(input.policy.worstCase);
  return [
    ...input.taken.map(({ clientId, deployer, start, end }) => ({
      start,
      end,
      client: clientId,
      deployer,
      row: null,
    })),
    ...rows.filter(isDated).map((row) => ({
      start: row.placement.slotStart,
      end: plusMs(row.placement.slotStart, worstCaseMs),
      client: row.client.clientId,
      deployer: row.client.deployer,
      row,
    })),
  ];
}

/** Which limits the works exceed that somebody could have kept: what was begun or told was not chosen here. */
function overrun(input: PlanInput, running: readonly Work[]): readonly string[] {
  const chosen = running.filter(({ row }) => row?.placement.kind === 'placed');
  const own = running.filter(({ row }) => row !== null);
  return chosen.flatMap(({ row, client, deployer }) => {
    if (row === null) return [];
    const { cohort, deployerLimit } = row.client;
    const ofCohort = own.filter((each) => each.row?.client.cohort === cohort);
    const cohortLimit = input.cohorts[cohort]?.maxInFlight ?? input.policy.maxInFlight;
    return [
      running.filter((each) => each.client === client).length > 1 && 'two rollouts at one client',
      ofCohort.length > cohortLimit && 'too many of the cohort',
      own.length > input.policy.maxInFlight && 'too many of the rollout',
      running.filter((each) => each.deployer === deployer).length > deployerLimit &&
        'too many on the deployer',
      running.length > input.vendorLimit && 'too many of the vendor',
    ].flatMap((fault) => (fault === false ? [] : [fault]));
  });
}

function faultsOfCohorts(input: PlanInput, rows: readonly Row[]): readonly string[] {
  const { observation, worstCase } = input.policy;
  const waitMs = durationMs(worstCase) + durationMs(observation);
  return rows.filter(isFree).flatMap(({ client, placement }) => {
    const early = rows
      .filter(isFree)
      .filter((before) => before.client.cohort < client.cohort)
      .filter((before) => plusMs(before.placement.slotStart, waitMs) > placement.slotStart);
    return early.map((before) => `${client.key} starts before ${before.client.key} was observed`);
  });
}

/** A date that the planner was free to choose: nobody was told it, and nobody chose it. */
function isFree(row: Row): row is Placed {
  return row.placement.kind === 'placed' && row.client.pinned === null;
}

function faultsOfPreviews(input: PlanInput, rows: readonly Row[]): readonly string[] {
  const { policy, previewLimit, previewCalendarId } = input;
  const worstCaseMs = durationMs(policy.worstCase);
  const previews = rows
    .filter((row): row is Placed => row.placement.kind === 'placed')
    .filter(({ client }) => client.stage === 'new' && policy.previewRequired)
    .map(({ placement: { previewAt }, client }) => ({
      start: previewAt,
      end: plusMs(previewAt, worstCaseMs),
      client,
    }));
  const crowded = previews.filter(
    ({ start }) =>
      previews.filter((each) => each.start <= start && start < each.end).length > previewLimit,
  );
  const closed =
    previewCalendarId === null
      ? []
      : previews.filter(({ client, start }) => {
          const layer = layerFrom('preview', input.calendars[previewCalendarId]);
          return judgeSchedule([layer], start, scopeOf(input, client)).closed;
        });
  return [
    ...crowded.map(({ start }) => `too many previews at ${start}`),
    ...closed.map(({ client, start }) => `${client.key} has its preview at ${start}, closed`),
  ];
}

function wouldFit(
  input: PlanInput,
  rows: readonly Row[],
  { row, start }: { readonly row: Row; readonly start: Instant },
): boolean {
  const { client } = row;
  const wished: Placed['placement'] = {
    kind: 'placed',
    previewAt: input.plannedAt,
    answerBy: null,
    noticeAt: input.plannedAt,
    noticeDeadline: start,
    slotStart: start,
    slotLatestEnd: plusMs(start, durationMs(input.policy.worstCase)),
    localStart: '',
  };
  const others = rows.map((each) => (each === row ? { client, placement: wished } : each));
  return (
    faultsOfDates(input, client, wished).every((fault) => fault === false) &&
    !judgedAt(input, client, start).closed &&
    faultsOfLimits(input, others).length === 0 &&
    faultsOfCohorts(input, others).length === 0
  );
}

function isDated(row: Row): row is Dated {
  return row.placement.kind !== 'unplaced';
}

function judgedAt(input: PlanInput, client: PlanClient, at: Instant) {
  const { worstCase } = input.policy;
  return judgeSchedule(layersOf(input, client), at, { ...scopeOf(input, client), worstCase });
}

function scopeOf({ critical, changeKind }: PlanInput, { tags, zone }: PlanClient) {
  return { kind: critical ? 'hotfix' : changeKind, tags, clientZone: zone };
}

function layersOf(input: PlanInput, client: PlanClient): readonly CalendarLayer[] {
  const vendors = [
    { layer: 'vendor', calendarId: input.vendorCalendarId },
    { layer: 'policy', calendarId: input.policyCalendarId },
  ];
  return [...vendors, ...client.layers].flatMap(({ calendarId, layer, ...more }) =>
    calendarId === null ? [] : [{ ...layerFrom(layer, input.calendars[calendarId]), ...more }],
  );
}

function timeOf(input: PlanInput, { calendarId, zone }: PlanClient): ClientTime {
  const document = calendarId === null ? { zone } : input.calendars[calendarId];
  return { calendar: layerFrom('client', document).calendar, zone };
}

function dateAt(zone: string, at: Instant): string {
  return instantToLocal(zone, at).local.slice(0, 10);
}
