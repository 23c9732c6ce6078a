import { type CalendarLayer, layerFrom } from '../../domain/calendar/calendar-layer.ts';
import {
  answerDeadline,
  noticeDeadline,
  noticeQueueTime,
} from '../../domain/calendar/notice-deadline.ts';
import { openStretches } from '../../domain/calendar/open-stretches.ts';
import { localDateAt } from '../../domain/calendar/zone.ts';
import { durationMs } from '../../domain/duration.ts';
import { epochMsOf, instantOf, plusMs } from '../../domain/instant.ts';
import type { PlanClient, PlanInput } from '../../domain/rollout/plan-input.ts';
import type { Instance } from './optimum-instance.ts';

/** Clients that fit the same places; the model counts them and does not tell them apart. */
export interface Group {
  readonly cohort: number;
  readonly deployer: string;
  readonly deployerLimit: number;
  readonly starts: readonly number[];
  readonly size: number;
}

/** A deployment whose time is given; one of this rollout has a cohort. */
export interface FixedWork {
  readonly cohort: number | null;
  readonly deployer: string;
  readonly start: number;
  readonly end: number;
  /** A chosen date keeps no cohort waiting. */
  readonly holdsUp: boolean;
}

/** What the model is made from: who may start when, what stands already, and how long things take. */
export interface Problem {
  readonly input: PlanInput;
  readonly gridMs: number;
  readonly worstCaseMs: number;
  readonly observationMs: number;
  readonly groups: readonly Group[];
  readonly fixed: readonly FixedWork[];
}

/** Works out when each client could start; with `apart` each is a group of its own, as in the plain model. */
export function problemOf({ input, gridMs }: Instance, { apart = false } = {}): Problem {
  const worstCaseMs = durationMs(input.policy.worstCase);
  const startsOf = startsOfClients(input, gridMs, worstCaseMs);
  const groups = new Map<string, Group>();
  const fixed: FixedWork[] = input.taken.map(({ deployer, start, end }) => ({
    cohort: null,
    deployer,
    start: epochMsOf(start),
    end: epochMsOf(end),
    holdsUp: false,
  }));
  for (const client of input.clients) {
    const { cohort, deployer, deployerLimit, keeps } = client;
    const stands = keeps ?? client.pinned;
    if (stands) {
      const start = epochMsOf(stands.start);
      fixed.push({ cohort, deployer, start, end: start + worstCaseMs, holdsUp: keeps !== null });
      continue;
    }
    const starts = startsOf(client);
    const key = `${apart ? client.key : ''} ${cohort} ${deployer} ${starts.join()}`;
    const size = (groups.get(key)?.size ?? 0) + 1;
    groups.set(key, { cohort, deployer, deployerLimit, starts, size });
  }
  return {
    input,
    gridMs,
    worstCaseMs,
    observationMs: durationMs(input.policy.observation),
    groups: [...groups.values()].filter(({ starts }) => starts.length > 0),
    fixed,
  };
}

type StartsOf = (client: PlanClient) => readonly number[];

function startsOfClients(input: PlanInput, gridMs: number, worstCaseMs: number): StartsOf {
  const layers = new Map<string, CalendarLayer>();
  const layerOf = (layer: string, id: string): CalendarLayer => {
    const known = layers.get(`${layer} ${id}`) ?? layerFrom(layer, input.calendars[id]);
    layers.set(`${layer} ${id}`, known);
    return known;
  };
  const openTo = (client: PlanClient): readonly number[] => {
    const own = client.layers.map(({ layer, calendarId, replacesAllow }) => ({
      ...layerOf(layer, calendarId),
      ...(replacesAllow && { replacesAllow }),
    }));
    const { vendorCalendarId, policyCalendarId } = input;
    const all = [
      ...(vendorCalendarId === null ? [] : [layerOf('vendor', vendorCalendarId)]),
      ...(policyCalendarId === null ? [] : [layerOf('policy', policyCalendarId)]),
      ...own,
    ];
    return gridStarts(input, client, all, { gridMs, worstCaseMs });
  };
  const known = new Map<string, readonly number[]>();
  return (client) => {
    const { zone, layers: own, consent, stage } = client;
    const key = JSON.stringify([zone, own, consent, stage]);
    const starts = known.get(key) ?? openTo(client).filter(leavesRoomForNotice(input, client));
    known.set(key, starts);
    return starts.filter((start) => !isBusy(client, start, { input, worstCaseMs }));
  };
}

function gridStarts(
  input: PlanInput,
  { zone }: PlanClient,
  layers: readonly CalendarLayer[],
  { gridMs, worstCaseMs }: { readonly gridMs: number; readonly worstCaseMs: number },
): readonly number[] {
  const { plannedAt, policy, changeKind } = input;
  const lastDay = plusMs(plannedAt, policy.latestDateDays * 86_400_000);
  const range = { start: plannedAt, end: plusMs(lastDay, 2 * 86_400_000) };
  const latest = input.latestDate ?? localDateAt(zone, lastDay);
  return openStretches(layers, range, { kind: changeKind, clientZone: zone }).flatMap((stretch) => {
    const starts: number[] = [];
    const last = epochMsOf(stretch.end) - worstCaseMs;
    for (let at = epochMsOf(stretch.start); at <= last; at += gridMs) {
      if (at % gridMs !== 0) throw new Error(`${instantOf(at)} is off the grid`);
      if (localDateAt(zone, instantOf(at)) <= latest) starts.push(at);
    }
    return starts;
  });
}

/** A notice is never queued before the client agreed, or its time to answer is over. */
function leavesRoomForNotice(
  { plannedAt, policy }: PlanInput,
  { zone, consent, stage }: PlanClient,
): (start: number) => boolean {
  const time = { calendar: layerFrom('client', { zone }).calendar, zone };
  const isAgreed = stage === 'agreed' || consent === 'inform';
  const agreedAt = isAgreed ? plannedAt : answerDeadline(plannedAt, policy.answerWithin, time);
  return (start) => {
    const deadline = noticeDeadline(instantOf(start), policy.lead, time);
    const queued = noticeQueueTime(deadline, policy.lead, time);
    return queued !== null && queued >= agreedAt;
  };
}

function isBusy(
  { clientId }: PlanClient,
  start: number,
  { input, worstCaseMs }: { readonly input: PlanInput; readonly worstCaseMs: number },
): boolean {
  return input.taken.some(
    (each) =>
      each.clientId === clientId &&
      epochMsOf(each.start) < start + worstCaseMs &&
      start < epochMsOf(each.end),
  );
}
