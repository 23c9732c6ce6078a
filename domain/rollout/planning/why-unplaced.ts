import { lengthWords } from '../../calendar/explain-time.ts';
import type { Span } from '../../calendar/span.ts';
import type { Candidate } from './crowd.ts';
import { datesOf, latestDateOf, layersOf, scopeOf } from './open-time-of-clients.ts';
import type { Placing } from './place-clients.ts';
import type { LimitName } from './places.ts';
import type { Planning } from './planning.ts';
import { longestStretch, rulesAt, rulesInTheWay, type WorkAsked } from './rules-in-the-way.ts';
import { firstStartFrom, startsBetween } from './start-span.ts';
import { countWords, dateWords, momentWords } from './words.ts';

/** Why a client has no date: one sentence for what decided it, and one for each rule or limit behind it. */
export function whyUnplaced(
  candidate: Candidate,
  planning: Planning,
  placing: Placing,
): readonly string[] {
  const { client, open, from } = candidate;
  if (from === Infinity) return ['no time for its preview is open to the preview calendar'];
  const { from: start, until } = datesOf(planning.input, client.zone);
  const ready = Math.max(from, start);
  if (ready >= until) return [tooLateToAgree(candidate, planning)];
  if (firstStartFrom(open, ready) === undefined) {
    const closed = closedBetween(candidate, planning, { start: ready, end: until });
    return from > start ? [closed, notBefore(candidate)] : [closed];
  }
  const turn = placing.earliest[client.cohort] ?? start;
  if (firstStartFrom(open, Math.max(ready, turn)) === undefined) {
    const closed = closedBetween(candidate, planning, { start: turn, end: until });
    const when = momentWords(turn, client.zone);
    return [closed, `its cohort's turn comes only on ${when}, when the one before was observed`];
  }
  const latest = placing.latest[client.cohort] ?? Infinity;
  const left = startsBetween(open, Math.max(ready, turn), latest);
  if (left.length === 0) return [wouldHoldUp(candidate, Math.max(ready, turn))];
  return noPlace(candidate, placing, { planning, from: Math.max(ready, turn), latest });
}

/** What the rules of all layers are asked for a client. */
export function askedFor({ client }: Candidate, planning: Planning): WorkAsked {
  const { input, calendarOf, worstCaseMs } = planning;
  return {
    layers: layersOf(input, client, calendarOf),
    scope: scopeOf(input, client),
    worstCaseMs,
  };
}

/** The rules that close a moment to a client. */
export function rulesThen(candidate: Candidate, planning: Planning, at: number): readonly string[] {
  const { worstCase } = planning.input.policy;
  return rulesAt({ ...askedFor(candidate, planning), worstCase }, at);
}

function notBefore({ client, from }: Candidate): string {
  return `preview, answer and notice leave no start before ${momentWords(from, client.zone)}`;
}

function latestWords({ client }: Candidate, { input }: Planning): string {
  return `the latest date ${dateWords(latestDateOf(input, client.zone))}`;
}

function tooLateToAgree(candidate: Candidate, planning: Planning): string {
  return `${notBefore(candidate)}, after ${latestWords(candidate, planning)}`;
}

function closedBetween(candidate: Candidate, planning: Planning, range: Span): string {
  const asked = askedFor(candidate, planning);
  const longest = longestStretch(asked, range);
  const rules = [
    ...rulesInTheWay(asked, range),
    ...(longest > 0 && longest < planning.worstCaseMs
      ? [`the longest open stretch is ${lengthWords(longest)}`]
      : []),
    ...otherRollouts(candidate),
  ];
  const head = `no open stretch of ${lengthWords(planning.worstCaseMs)} before ${latestWords(candidate, planning)}`;
  return rules.length === 0 ? head : `${head}: ${rules.join(', ')}`;
}

function otherRollouts({ client, busy }: Candidate): readonly string[] {
  return busy.map(
    ({ start }) => `another rollout is at this client on ${momentWords(start, client.zone)}`,
  );
}

function wouldHoldUp({ client, open }: Candidate, from: number): string {
  const first = firstStartFrom(open, from) ?? from;
  return `its first open stretch, ${momentWords(first, client.zone)}, is so late that waiting for it would leave clients of later cohorts without a date`;
}

function noPlace(
  { client, open }: Candidate,
  { places }: Placing,
  within: { readonly planning: Planning; readonly from: number; readonly latest: number },
): readonly string[] {
  const spans = startsBetween(open, within.from, within.latest);
  const reached = new Set(spans.flatMap(({ first }) => places.reached(client, first)));
  const names = [...reached].map((name) => limitWords(name, client, within.planning));
  const head = `no place is free in any of its ${countWords(spans.length, 'open stretch', 'open stretches')}`;
  return [names.length === 0 ? head : `${head}: ${names.join(', ')}`];
}

/** `the limit of the deployer fleet (5 at once)`. */
export function limitWords(
  name: LimitName,
  { cohort, deployer, deployerLimit }: Candidate['client'],
  { input, limits }: Planning,
): string {
  switch (name) {
    case 'cohort':
      return `the limit of the cohort ${input.cohorts[cohort]?.name ?? ''} (${limits.cohorts[cohort] ?? 0} at once)`;
    case 'rollout':
      return `the limit of the rollout (${limits.rollout} at once)`;
    case 'deployer':
      return `the limit of the deployer ${deployer} (${deployerLimit} at once)`;
    case 'vendor':
      return `the limit of the vendor (${limits.vendor} at once)`;
  }
}
