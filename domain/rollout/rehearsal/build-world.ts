import { epochMsOf } from '../../instant.ts';
import { layerFrom } from '../../calendar/calendar-layer.ts';
import { layersOf } from '../plan.ts';
import type { PlanClient, PlanContent, PlanInput, PlannedClient } from '../plan-input.ts';
import { Agenda } from './agenda.ts';
import type { Assumptions } from './assumptions.ts';
import { drawsFrom } from './random.ts';
import type { RehearsedClient, RehearsedCohort, RehearsedWorld } from './rehearsed-world.ts';
import { Tally } from './tally.ts';

/** What the runs of one rehearsal share, because no run changes it. */
export interface Stage {
  readonly input: PlanInput;
  readonly content: PlanContent;
  readonly assumptions: Assumptions;
  readonly cast: readonly Pick<RehearsedClient, 'plan' | 'layers' | 'time'>[];
}

/** Prepares a plan for rehearsals: whose calendars count for whom is worked out once. */
export function setStage(input: PlanInput, content: PlanContent, assumptions: Assumptions): Stage {
  const byKey = new Map(input.clients.map((client) => [client.key, client]));
  const cast = content.clients.flatMap(({ key }) => {
    const client = byKey.get(key);
    return client ? [membersOf(input, client)] : [];
  });
  return { input, content, assumptions, cast };
}

/** The world before a run: everything as planned, nothing happened yet. */
export function buildWorld(stage: Stage, seed: number): RehearsedWorld {
  const { input, content, assumptions, cast } = stage;
  const planned = new Map(content.clients.map((client) => [client.key, client]));
  const clients = cast.map((member, index): RehearsedClient => {
    const mine = planned.get(member.plan.key);
    return { ...member, position: index + 1, ...beginningOf(input, mine) };
  });
  return {
    input,
    assumptions,
    draws: drawsFrom(seed),
    agenda: new Agenda(),
    tally: new Tally(),
    clients,
    cohorts: input.cohorts.map((cohort, index) => cohortBefore(input, cohort, clients, index)),
    busyDeployers: new Map(),
    now: epochMsOf(input.plannedAt),
    state: 'running',
    stateReason: null,
    failures: 0,
    missed: 0,
    previewsInFlight: 0,
    inFlight: 0,
    replanAsked: false,
    replannedAt: null,
  };
}

function membersOf(input: PlanInput, client: PlanClient): Stage['cast'][number] {
  const { calendarId, zone } = client;
  const document = calendarId === null ? { zone } : input.calendars[calendarId];
  const time = { calendar: layerFrom('client', document).calendar, zone };
  return { plan: client, layers: layersOf(input, client), time };
}

function beginningOf(input: PlanInput, planned: PlannedClient | undefined) {
  const placement = planned?.placement;
  const previewAt = placement?.kind === 'placed' ? placement.previewAt : input.plannedAt;
  const slot =
    placement?.kind === 'placed'
      ? {
          start: placement.slotStart,
          latestEnd: placement.slotLatestEnd,
          noticeAt: placement.noticeAt,
          noticeDeadline: placement.noticeDeadline,
        }
      : null;
  return {
    state: 'planned' as const,
    since: epochMsOf(input.plannedAt),
    previewAt: epochMsOf(previewAt),
    preview: null,
    production: null,
    round: null,
    hasAgreed: false,
    slot,
    isDue: slot !== null,
    slotWasTold: false,
    notice: { written: false, acceptedAt: null, undeliverable: false },
    isMended: false,
    waitsForOthers: false,
    ticket: 0,
  };
}

function cohortBefore(
  input: PlanInput,
  { name, maxInFlight }: PlanInput['cohorts'][number],
  clients: readonly RehearsedClient[],
  index: number,
): RehearsedCohort {
  const members = clients.filter(({ plan }) => plan.cohort === index);
  const starts = members.flatMap(({ slot }) => (slot === null ? [] : [epochMsOf(slot.start)]));
  return {
    name,
    state: 'waiting',
    observeUntil: null,
    due: members.length,
    done: 0,
    unfinished: members.length,
    failures: 0,
    lastProblemAt: null,
    maxInFlight: maxInFlight ?? input.policy.maxInFlight,
    lastSlotStart: starts.reduce((a, b) => Math.max(a, b), 0),
    inFlight: 0,
  };
}
