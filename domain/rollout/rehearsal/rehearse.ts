import { formatLocalDate, formatLocalTime } from '../../communication/local-time.ts';
import { type Instant, instantOf } from '../../instant.ts';
import type { PlanContent, PlanInput } from '../plan-input.ts';
import type { Assumptions } from './assumptions.ts';
import { buildWorld, setStage, type Stage } from './build-world.ts';
import { goOn, raiseCurtain } from './run-rehearsal.ts';
import type { RehearsedWorld } from './rehearsed-world.ts';

/** So many events take some milliseconds. */
const eventsAtOnce = 500;

/** How a plan may turn out, from letting it happen many times. */
export interface Rehearsal {
  readonly seed: number;
  readonly runs: number;
  /** In how many runs every client with a date was verified in the end. */
  readonly completeRuns: number;
  /** By when half, and nine of ten, of all runs were complete; null = fewer were. */
  readonly completion: { readonly p50: Instant | null; readonly p90: Instant | null };
  readonly clients: number;
  readonly placed: number;
  /** How many clients are verified at the end of a run. */
  readonly verified: { readonly min: number; readonly median: number; readonly max: number };
  /** What happens in the run whose completion lies in the middle. */
  readonly timeline: readonly { readonly at: Instant; readonly text: string }[];
  /** Mails to clients per kind, on average of all runs. */
  readonly messages: readonly { readonly kind: string; readonly count: number }[];
  /** The hour with most mails and production starts together, on average; null when nothing happens at all. */
  readonly busiestHour: BusyHour | null;
  /** What each figure of the assumptions stands on. */
  readonly sources: readonly string[];
  /** For somebody in a hurry. */
  readonly sentence: string;
}

export interface BusyHour {
  readonly start: Instant;
  readonly end: Instant;
  readonly messages: number;
  readonly deployments: number;
}

/** How often a plan is rehearsed, where the dice begin, and on whose clock the sentence tells the time. */
export interface RehearsalOptions {
  readonly seed: number;
  readonly runs: number;
  readonly zone: string;
}

/** A rehearsal that goes step by step, so that whoever waits for it can do other things in between. */
export interface RehearsalInProgress {
  /** Lets some more happen, for some milliseconds; false when all runs are done. */
  readonly next: () => boolean;
  /** What the runs done so far say. */
  readonly result: () => Rehearsal;
}

/**
 * Lets a plan happen many times through the rules that lead real rollouts, with drawn durations, answers, failures
 * and silence. The same plan, assumptions and seed give the same rehearsal everywhere.
 */
export function rehearse(
  input: PlanInput,
  content: PlanContent,
  assumptions: Assumptions,
  options: RehearsalOptions,
): Rehearsal {
  const rehearsal = beginRehearsal(input, content, assumptions, options);
  while (rehearsal.next());
  return rehearsal.result();
}

/** The same, step by step. */
export function beginRehearsal(
  input: PlanInput,
  content: PlanContent,
  assumptions: Assumptions,
  options: RehearsalOptions,
): RehearsalInProgress {
  const stage = setStage(input, content, assumptions);
  const outcomes: Outcome[] = [];
  const nextWorld = (): RehearsedWorld => {
    const world = buildWorld(stage, options.seed + outcomes.length);
    raiseCurtain(world);
    return world;
  };
  let world = nextWorld();
  return {
    next: () => {
      if (outcomes.length === options.runs) return false;
      if (goOn(world, eventsAtOnce)) return true;
      outcomes.push(outcomeOf(world));
      if (outcomes.length === options.runs) return false;
      world = nextWorld();
      return true;
    },
    result: () => summaryOf(stage, outcomes, options),
  };
}

function summaryOf(
  stage: Stage,
  outcomes: readonly Outcome[],
  options: RehearsalOptions,
): Rehearsal {
  const ends = outcomes.map(({ completedAt }) => completedAt ?? Infinity).sort((a, b) => a - b);
  const completion = { p50: shareOf(ends, 0.5), p90: shareOf(ends, 0.9) };
  const verified = outcomes.map((each) => each.verified).sort((a, b) => a - b);
  const summary = {
    seed: options.seed,
    runs: outcomes.length,
    completeRuns: ends.filter((end) => end !== Infinity).length,
    completion,
    clients: stage.cast.length,
    placed: stage.content.clients.filter(({ placement }) => placement.kind !== 'unplaced').length,
    verified: { min: verified[0] ?? 0, median: middleOf(verified), max: verified.at(-1) ?? 0 },
    timeline: timelineOf(outcomes, completion.p50),
    messages: averageMessages(outcomes),
    busiestHour: busiestHourOf(outcomes),
    sources: stage.assumptions.sources,
  };
  return { ...summary, sentence: sentenceOf(summary, options.zone) };
}

interface Outcome {
  /** Epoch milliseconds; null = not every client with a date was verified. */
  readonly completedAt: number | null;
  readonly verified: number;
  readonly tally: RehearsedWorld['tally'];
}

function outcomeOf(world: RehearsedWorld): Outcome {
  const due = world.clients.filter(({ isDue }) => isDue);
  const done = world.clients.filter(({ state }) => state === 'done');
  const isComplete = due.every(({ state }) => state === 'done' || state === 'rejected');
  const completedAt = isComplete ? Math.max(0, ...done.map(({ since }) => since)) : null;
  return { completedAt, verified: done.length, tally: world.tally };
}

function shareOf(sorted: readonly number[], share: number): Instant | null {
  const end = sorted[Math.ceil(sorted.length * share) - 1] ?? Infinity;
  return end === Infinity ? null : instantOf(end);
}

function middleOf(sorted: readonly number[]): number {
  return sorted[Math.floor((sorted.length - 1) / 2)] ?? 0;
}

function timelineOf(outcomes: readonly Outcome[], middle: Instant | null): Rehearsal['timeline'] {
  const wanted = middle === null ? null : Date.parse(middle);
  const told = outcomes.find(({ completedAt }) => completedAt === wanted) ?? outcomes[0];
  return (told?.tally.moments ?? []).map(({ at, text }) => ({ at: instantOf(at), text }));
}

function averageMessages(outcomes: readonly Outcome[]): Rehearsal['messages'] {
  const sums = new Map<string, number>();
  for (const { tally } of outcomes) {
    for (const [kind, count] of tally.messages) sums.set(kind, (sums.get(kind) ?? 0) + count);
  }
  return [...sums]
    .map(([kind, sum]) => ({ kind, count: Math.round((10 * sum) / outcomes.length) / 10 }))
    .sort((a, b) => b.count - a.count || (a.kind < b.kind ? -1 : 1));
}

function busiestHourOf(outcomes: readonly Outcome[]): BusyHour | null {
  const sums = new Map<number, { messages: number; deployments: number }>();
  for (const [hour, seen] of outcomes.flatMap(({ tally }) => [...tally.hours])) {
    const sum = sums.get(hour) ?? { messages: 0, deployments: 0 };
    sum.messages += seen.messages;
    sum.deployments += seen.deployments;
    sums.set(hour, sum);
  }
  const load = ({ messages, deployments }: { messages: number; deployments: number }): number =>
    messages + deployments;
  const [busiest] = [...sums].sort(
    ([hour, one], [other, two]) => load(two) - load(one) || hour - other,
  );
  if (busiest === undefined) return null;
  const [hour, sum] = busiest;
  const average = (of: number): number => Math.round((10 * of) / outcomes.length) / 10;
  return {
    start: instantOf(hour * 3_600_000),
    end: instantOf((hour + 1) * 3_600_000),
    messages: average(sum.messages),
    deployments: average(sum.deployments),
  };
}

function sentenceOf(rehearsal: Omit<Rehearsal, 'sentence'>, zone: string): string {
  const { clients, placed, completion, runs, busiestHour } = rehearsal;
  const dates = `${placed} of ${clients} ${clients === 1 ? 'client has a date' : 'clients have a date'}`;
  const by = (at: Instant | null): string =>
    at === null ? 'not within a year' : `by ${formatLocalDate(at, zone, 'en')}`;
  const ends = `in ${runs} rehearsals half were complete ${by(completion.p50)} and nine of ten ${by(completion.p90)}`;
  if (busiestHour === null) return `${dates}; ${ends}.`;
  const { start, messages, deployments } = busiestHour;
  const hour = `${formatLocalDate(start, zone, 'en')} from ${formatLocalTime(start, zone, 'en')}`;
  return `${dates}; ${ends}; support is busiest on ${hour} (${messages} mails, ${deployments} deployments begin).`;
}
