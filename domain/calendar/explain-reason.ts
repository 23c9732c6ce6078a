import { epochMsOf, type Instant } from '../instant.ts';
import { staffedAfter } from './aftercare.ts';
import { openTimeOf, scopeLayers, type CalendarLayer, type ScopedLayer } from './calendar-layer.ts';
import type { PlacedAftercare, PlacedCoverage, PlacedNeed } from './coverage.ts';
import { aftercareRule, coverageLayer, duringRule } from './coverage-reasons.ts';
import { staffingCauses } from './explain-staffing.ts';
import { lengthWords, timeWords, type Reader } from './explain-time.ts';
import { noAllowRule, worstCaseDoesNotFit, type ClosedReason } from './judge-schedule.ts';
import { worstCaseMsOf, type WorkScope } from './open-stretches.ts';
import { difference, walk } from './span.ts';
import { staffingOf } from './staffing.ts';

/** The instant that a reason was given for, for which work, and in which zone people read of it. */
export interface ExplainedStart {
  readonly at: Instant;
  readonly scope?: WorkScope;
  readonly zone: string;
}

/**
 * A reason of `judgeSchedule` as a sentence for people that says what is missing.
 * @throws CalendarError when a zone is missing or unknown.
 */
export function explainReason(
  layers: readonly CalendarLayer[],
  reason: ClosedReason,
  { at, scope = {}, zone }: ExplainedStart,
): string {
  const reader = { zone, at: epochMsOf(at) };
  return explainScoped(scopeLayers(layers, scope), reason, {
    ...reader,
    worstCaseMs: worstCaseMsOf(scope),
  });
}

/** Whose clock a sentence is written for, and how long the work may take. */
export interface ScopedStart extends Reader {
  readonly worstCaseMs: number;
}

/** The same for layers that are already reduced to one client and change. */
export function explainScoped(
  layers: readonly ScopedLayer[],
  reason: ClosedReason,
  start: ScopedStart,
): string {
  if (reason.layer === coverageLayer) return explainCoverage(layers, reason.rule, start);
  if (reason.rule === worstCaseDoesNotFit) return explainWorstCase(layers, start);
  if (reason.rule === noAllowRule) return explainNoAllow(layers, reason.layer);
  const until =
    reason.until === undefined ? '' : ` until ${timeWords(epochMsOf(reason.until), start)}`;
  return `${ownerOf(reason.layer)}"${reason.rule}"${until}`;
}

const owners: Readonly<Record<string, string>> = {
  vendor: "the vendor's ",
  policy: "the policy's ",
  client: "the client's ",
  agreement: 'the agreed ',
};

/** Whose rule it is, in front of its name; a freeze says it in its name. */
function ownerOf(layer: string): string {
  return owners[layer] ?? '';
}

function explainNoAllow(layers: readonly ScopedLayer[], whose: string): string {
  const hasNone = layers.some(({ layer, allow }) => layer === whose && allow.length === 0);
  const owner = ownerOf(whose) || 'the ';
  return hasNone ? `${owner}calendar allows no time` : `outside ${owner}allowed times`;
}

function explainWorstCase(layers: readonly ScopedLayer[], start: ScopedStart): string {
  const range = { start: start.at, end: start.at + start.worstCaseMs };
  const [stretch] = walk(openTimeOf(layers), range);
  const work = `work of up to ${lengthWords(start.worstCaseMs)} does not fit`;
  return stretch?.start === start.at
    ? `${work}: open only until ${timeWords(stretch.end, start)}, for ${lengthWords(stretch.end - start.at)}`
    : work;
}

function explainCoverage(layers: readonly ScopedLayer[], rule: string, start: ScopedStart): string {
  const coverages = layers.flatMap(({ coverage }) => coverage ?? []);
  const sentences =
    rule === aftercareRule
      ? coverages.flatMap((each) => explainAftercare(each, start))
      : coverages.flatMap((each) => explainDuring(each, rule, start));
  return sentences.length === 0 ? rule : sentences.join('; ');
}

function explainAftercare(coverage: PlacedCoverage, start: ScopedStart): readonly string[] {
  const { aftercare, teams } = coverage;
  if (aftercare === null) return [];
  const staffedMs = staffedAfter(aftercare, start.at, start.worstCaseMs);
  if (staffedMs >= aftercare.neededMs) return [];
  const [found, needed] = [hoursText(staffedMs), hoursText(aftercare.neededMs)];
  const what = `${found} of ${needed} staffed hours within ${lengthWords(aftercare.withinMs)}`;
  const causes = aftercareCauses(aftercare, teams, start);
  return [causes.length === 0 ? what : `${what}: ${causes.join('; ')}`];
}

function aftercareCauses(
  { needs, withinMs }: PlacedAftercare,
  teams: PlacedCoverage['teams'],
  start: ScopedStart,
): readonly string[] {
  const from = start.at + start.worstCaseMs;
  return withinMs === 0
    ? []
    : staffingCauses({ teams, needs }, { start: from, end: from + withinMs }, start);
}

function explainDuring(
  { during, teams }: PlacedCoverage,
  rule: string,
  start: ScopedStart,
): readonly string[] {
  return during.flatMap((need) => {
    const team = teams.get(need.team);
    if (duringRule(need.team) !== rule || team === undefined) return [];
    const work = { start: start.at, end: start.at + Math.max(start.worstCaseMs, 1) };
    const short = staffingOf(team, work).find(({ people }) => people < need.people);
    if (short === undefined) return [];
    const there = `${need.team} has ${short.people} of ${need.people} people`;
    if (short.start > start.at) {
      const ends = timeWords(work.end, start);
      return [`${there} from ${timeWords(short.start, start)} on, before the work ends at ${ends}`];
    }
    return [`${there}${whyShort(need, { teams, start })}`];
  });
}

const dayMs = 86_400_000;

/** Why a team is short at the instant itself, and until when. */
function whyShort(
  need: PlacedNeed,
  { teams, start }: { readonly teams: PlacedCoverage['teams']; readonly start: ScopedStart },
): string {
  const moment = { start: start.at, end: start.at + 1 };
  const causes = staffingCauses({ teams, needs: [need] }, moment, start);
  const search = { start: start.at, end: start.at + 60 * dayMs };
  const [lasting] = walk((range) => difference([range], need.staffed(range)), search);
  const until =
    lasting === undefined || lasting.end >= search.end
      ? ''
      : ` until ${timeWords(lasting.end, start)}`;
  return causes.length > 0 ? `${until}: ${causes.join('; ')}` : `, outside its hours${until}`;
}

/** Two digits at most, rounded down: 7.99 hours are no 8. */
function hoursText(ms: number): string {
  return String(Math.floor(ms / 36_000) / 100);
}
