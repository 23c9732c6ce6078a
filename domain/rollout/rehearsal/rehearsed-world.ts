import type { CalendarLayer } from '../../calendar/calendar-layer.ts';
import type { ClientTime } from '../../calendar/notice-deadline.ts';
import type { CohortProgress } from '../cohort-facts.ts';
import type { NoticeFacts, RoundFacts, SlotFacts } from '../client-facts.ts';
import type { PlanClient, PlanInput } from '../plan-input.ts';
import { hasEnded, type ClientRolloutState, type RolloutState } from '../states.ts';
import type { Agenda } from './agenda.ts';
import type { Assumptions } from './assumptions.ts';
import type { Draws } from './random.ts';
import type { Tally } from './tally.ts';

/** What may happen in a rehearsal: somebody looks again, or the world outside does something. */
export type RehearsalEvent =
  | { readonly kind: 'look'; readonly client: RehearsedClient; readonly ticket: number }
  | { readonly kind: 'lookAtRollout' }
  | { readonly kind: 'answer'; readonly client: RehearsedClient; readonly declines: boolean }
  | { readonly kind: 'mended'; readonly client: RehearsedClient }
  | { readonly kind: 'resumed' }
  | { readonly kind: 'plannedAgain' };

/** One client in one rehearsal; it changes as the rehearsal goes on. */
export interface RehearsedClient {
  readonly plan: PlanClient;
  readonly position: number;
  /** It has a date in the plan. */
  readonly isDue: boolean;
  readonly layers: readonly CalendarLayer[];
  readonly time: ClientTime;
  state: ClientRolloutState;
  since: number;
  previewAt: number;
  preview: RehearsedWork | null;
  production: RehearsedWork | null;
  round: RoundFacts | null;
  hasAgreed: boolean;
  slot: SlotFacts | null;
  slotWasTold: boolean;
  notice: NoticeFacts;
  /** A person is mending what failed. */
  isMended: boolean;
  /** It waits for a place, its cohort or a resumption: it looks again when one of them changes. */
  waitsForOthers: boolean;
  /** Only the newest look that was put down counts. */
  ticket: number;
}

/** A deployment under way or verified. */
export interface RehearsedWork {
  readonly endsAt: number;
  isVerified: boolean;
}

/** A cohort in one rehearsal, with its clients counted as they move. */
export interface RehearsedCohort extends Mutable<Omit<CohortProgress, 'id' | 'lastProblemAt'>> {
  readonly maxInFlight: number;
  /** A client that moves past it does not hold up the next cohort. */
  readonly lastSlotStart: number;
  lastProblemAt: number | null;
  inFlight: number;
}

type Mutable<T> = { -readonly [Key in keyof T]: T[Key] };

/** Everything that changes in one rehearsal. */
export interface RehearsedWorld {
  readonly input: PlanInput;
  readonly assumptions: Assumptions;
  readonly draws: Draws;
  readonly agenda: Agenda<RehearsalEvent>;
  readonly tally: Tally;
  readonly clients: readonly RehearsedClient[];
  readonly cohorts: readonly RehearsedCohort[];
  readonly busyDeployers: Map<string, number>;
  now: number;
  state: RolloutState;
  stateReason: string | null;
  failures: number;
  missed: number;
  previewsInFlight: number;
  inFlight: number;
  replanAsked: boolean;
  replannedAt: number | null;
}

/** Moves a client to another state and keeps the counts of its cohort true. */
export function moveTo(
  world: RehearsedWorld,
  client: RehearsedClient,
  state: ClientRolloutState,
): void {
  const cohort = cohortOf(world, client);
  if (client.state === 'missed') world.missed -= 1;
  if (state === 'missed') world.missed += 1;
  if (state === 'done') cohort.done += 1;
  const [was, is] = [isOpen(client), !hasEnded(state) || client.isMended];
  cohort.unfinished += Number(is) - Number(was);
  client.state = state;
  client.since = world.now;
}

/** The cohort of a client. */
export function cohortOf(world: RehearsedWorld, client: RehearsedClient): RehearsedCohort {
  const cohort = world.cohorts[client.plan.cohort];
  if (cohort === undefined) throw new RangeError(`${client.plan.key} is in no cohort of the plan`);
  return cohort;
}

/** Lets a client look at an instant, instead of any later look that was put down for it. */
export function lookAt(world: RehearsedWorld, client: RehearsedClient, at: number): void {
  client.ticket += 1;
  client.waitsForOthers = false;
  world.agenda.add(at, { kind: 'look', client, ticket: client.ticket });
}

/** Something that many may wait for has changed: whoever waits looks again, in plan order. */
export function wakeWaiting(world: RehearsedWorld): void {
  for (const client of world.clients) {
    if (client.waitsForOthers) lookAt(world, client, world.now);
  }
  world.agenda.add(world.now, { kind: 'lookAtRollout' });
}

/** A place for production is free: whoever has agreed and waits looks again, and so does the rollout. */
export function wakeForProduction(world: RehearsedWorld): void {
  for (const client of world.clients) {
    if (client.waitsForOthers && client.hasAgreed) lookAt(world, client, world.now);
  }
  world.agenda.add(world.now, { kind: 'lookAtRollout' });
}

/** A preview place is free: the next in plan order look, and no more, for thousands may wait for it. */
export function wakeForPreview(world: RehearsedWorld): void {
  let left = world.input.previewLimit - world.previewsInFlight + 2;
  for (const client of world.clients) {
    if (left <= 0) return;
    if (!client.waitsForOthers || client.preview !== null) continue;
    lookAt(world, client, world.now);
    left -= 1;
  }
}

function isOpen(client: RehearsedClient): boolean {
  return !hasEnded(client.state) || client.isMended;
}
