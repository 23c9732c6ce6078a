import { durationMs } from '../../duration.ts';
import { epochMsOf } from '../../instant.ts';
import type { PlanClient, PlanInput } from '../plan-input.ts';
import { type CalendarOf, calendarsOf, clientSides } from './client-side.ts';
import type { Candidate } from './crowd.ts';
import { noticeRoom } from './notice-of-slot.ts';
import { type OpenTimeOf, openTimeOfClients } from './open-time-of-clients.ts';
import { freePlaces, type PlaceLimits, type Places } from './places.ts';
import { previewSlots } from './preview-slots.ts';
import { startsBeside } from './start-span.ts';

/** An input made ready for placing: everything read once, and all times in epoch milliseconds. */
export interface Planning {
  readonly input: PlanInput;
  readonly plannedMs: number;
  readonly worstCaseMs: number;
  readonly observationMs: number;
  readonly calendarOf: CalendarOf;
  readonly openTimeOf: OpenTimeOf;
  /** In cohort and key order. */
  readonly candidates: readonly Candidate[];
  readonly limits: PlaceLimits;
  /** What other rollouts have left. */
  readonly places: Places;
}

/** Makes an input ready. */
export function planningOf(input: PlanInput): Planning {
  const worstCaseMs = durationMs(input.policy.worstCase);
  const calendarOf = calendarsOf(input);
  const openTimeOf = openTimeOfClients(input, calendarOf);
  const limits = limitsOf(input);
  const base = {
    input,
    plannedMs: epochMsOf(input.plannedAt),
    worstCaseMs,
    observationMs: durationMs(input.policy.observation),
    calendarOf,
    openTimeOf,
    limits,
    places: placesLeft(input, limits, worstCaseMs),
  };
  return { ...base, candidates: candidatesOf(base) };
}

/** The limits that a plan's deployments count under. */
export function limitsOf({ vendorLimit, policy, cohorts }: PlanInput): PlaceLimits {
  return {
    vendor: vendorLimit,
    rollout: policy.maxInFlight,
    cohorts: cohorts.map(({ maxInFlight }) => maxInFlight ?? policy.maxInFlight),
  };
}

/** In cohort and key order; no two clients share a key. */
export function byCohortAndKey(a: PlanClient, b: PlanClient): number {
  return a.cohort - b.cohort || (a.key < b.key ? -1 : 1);
}

function placesLeft({ taken }: PlanInput, limits: PlaceLimits, worstCaseMs: number): Places {
  const places = freePlaces(limits, worstCaseMs);
  for (const { deployer, start, end } of taken) {
    places.takeForOther(deployer, epochMsOf(start), epochMsOf(end));
  }
  return places;
}

function candidatesOf(planning: Omit<Planning, 'candidates'>): readonly Candidate[] {
  const { input, calendarOf, openTimeOf, worstCaseMs } = planning;
  const clients = [...input.clients].sort(byCohortAndKey);
  const previews = previewSlots(input, clients, calendarOf);
  const sideOf = clientSides(input, calendarOf);
  const room = noticeRoom();
  const busy = Map.groupBy(input.taken, ({ clientId }) => clientId);
  return clients.map((client) => {
    const previewAt = previews.get(client.clientId);
    const side = sideOf(client, previewAt ?? planning.plannedMs);
    const own = (busy.get(client.clientId) ?? [])
      .map(({ start, end }) => ({ start: epochMsOf(start), end: epochMsOf(end) }))
      .sort((a, b) => a.start - b.start);
    return {
      client,
      side,
      open: startsBeside(openTimeOf(client), own, worstCaseMs),
      busy: own,
      from: previewAt === undefined ? Infinity : room.firstStart(side.agreedAt, side.terms),
    };
  });
}
