import { dateOf, dayOf } from '../../calendar/local-time.ts';
import type { Lead } from '../../calendar/notice-deadline.ts';
import { instantOf } from '../../instant.ts';
import type { Relaxation, RelaxationKind } from '../plan-input.ts';
import type { Candidate } from './crowd.ts';
import { noticeRoom } from './notice-of-slot.ts';
import { latestDateOf, layersOf, localDateOf, startsOf } from './open-time-of-clients.ts';
import type { Placing } from './place-clients.ts';
import type { PlaceLimits } from './places.ts';
import { limitsOf, type Planning } from './planning.ts';
import { firstFreeStart } from './preview-slots.ts';
import {
  type RelaxedLayers,
  withFewerPeople,
  withoutOwnFreeze,
  withoutRule,
} from './relaxed-rules.ts';
import { type StartSpan, startsBeside, startsBetween } from './start-span.ts';
import { countWords, dayWords, momentWords } from './words.ts';

const fewDays = 7;
const manyDays = 60;

/** A client without a date, in the placing that has none for it. */
export interface Trial {
  readonly planning: Planning;
  readonly placing: Placing;
  readonly candidate: Candidate;
}

/**
 * Tries one relaxation after the other until one gives a date among the dates of all others, the cheapest first:
 * a few more days, the client's own freeze lifted (as late as possible), one rule excepted, shorter notice, one
 * more deployment at once, fewer people there, no observation before it, many more days.
 */
export function cheapestRelaxation(trial: Trial): Relaxation | null {
  for (const each of tries) {
    const found = each(trial);
    if (found !== null) return found;
  }
  return null;
}

type Try = (trial: Trial) => Relaxation | null;

const tries: readonly Try[] = [
  (trial) => withLaterDate(trial, fewDays),
  withFreezeLifted,
  withException,
  withShorterNotice,
  withOneMorePlace,
  withLessCoverage,
  withoutObservation,
  (trial) => withLaterDate(trial, manyDays),
];

/** What differs from the plan in one try. */
interface Changed {
  readonly open?: readonly StartSpan[];
  readonly from?: number;
  readonly earliest?: number;
  readonly limits?: PlaceLimits;
  readonly deployerLimit?: number;
}

function startWith({ candidate, placing }: Trial, changed: Changed): number | undefined {
  const { client } = candidate;
  const from = Math.max(
    changed.from ?? candidate.from,
    changed.earliest ?? placing.earliest[client.cohort] ?? 0,
  );
  const latest = placing.latest[client.cohort] ?? Infinity;
  const places = changed.limits ? placing.places.copy(changed.limits) : placing.places;
  const { cohort, deployer } = client;
  const deployerLimit = changed.deployerLimit ?? client.deployerLimit;
  const spans = startsBetween(changed.open ?? candidate.open, from, latest);
  return firstFreeStart(spans, from, { places, seat: { cohort, deployer, deployerLimit } });
}

function relaxation(
  { candidate }: Trial,
  kind: RelaxationKind,
  found: { readonly start: number; readonly what: string },
): Relaxation {
  const when = momentWords(found.start, candidate.client.zone);
  return { kind, text: `${found.what}: ${when}`, slotStart: instantOf(found.start) };
}

function withLaterDate(trial: Trial, days: number): Relaxation | null {
  const { planning, candidate } = trial;
  const { client } = candidate;
  const latest = dayOf(latestDateOf(planning.input, client.zone));
  const input = { ...planning.input, latestDate: dateOf(latest + days) };
  const layers = layersOf(input, client, planning.calendarOf);
  const open = besideOthers(trial, startsOf(input, client, layers));
  const start = startWith(trial, { open });
  if (start === undefined) return null;
  const date = dayWords(localDateOf(start, client.zone));
  return relaxation(trial, 'latest-date', {
    start,
    what: `with the latest date moved to ${date}`,
  });
}

function withFreezeLifted(trial: Trial): Relaxation | null {
  const { zone } = trial.candidate.client;
  const lifted = withoutOwnFreeze(layersIn(trial)).flatMap(
    (each) => lastStart(trial, openWith(trial, each)) ?? [],
  );
  if (lifted.length === 0) return null;
  const start = Math.max(...lifted);
  const day = dateOf(dayOf(localDateOf(start, zone)) - 1);
  return relaxation(trial, 'freeze', {
    start,
    what: `with the client's own freeze lifted on ${dayWords(day)}`,
  });
}

/** The first start of the last stretch that has one, so that a freeze is lifted as late as it can be. */
function lastStart(trial: Trial, open: readonly StartSpan[]): number | undefined {
  for (const span of open.toReversed()) {
    const start = startWith(trial, { open: [span] });
    if (start !== undefined) return start;
  }
  return undefined;
}

function withException(trial: Trial): Relaxation | null {
  const found = earliestOf(trial, withoutRule(layersIn(trial)));
  if (found === null) return null;
  const date = dayWords(localDateOf(found.start, trial.candidate.client.zone));
  const what = `with an exception from ${found.what} on ${date}`;
  return relaxation(trial, 'rule', { start: found.start, what });
}

function withLessCoverage(trial: Trial): Relaxation | null {
  const found = earliestOf(trial, withFewerPeople(layersIn(trial)));
  if (found === null) return null;
  return relaxation(trial, 'coverage', { start: found.start, what: `with ${found.what}` });
}

function withShorterNotice(trial: Trial): Relaxation | null {
  const { candidate, planning } = trial;
  const { side } = candidate;
  const room = noticeRoom();
  const firstStart = (lead: Lead): number =>
    room.firstStart(side.agreedAt, { ...side.terms, leads: [lead] });
  const [longest = planning.input.policy.lead] = side.terms.leads.toSorted(
    (a, b) => firstStart(b) - firstStart(a),
  );
  for (const { lead, words } of shorterLeads(longest)) {
    const start = startWith(trial, { from: firstStart(lead) });
    if (start !== undefined) return relaxation(trial, 'lead', { start, what: `with ${words}` });
  }
  return null;
}

/** Each shorter lead in whole units, the longest first; exact time is halved. */
function shorterLeads(lead: Lead): readonly { readonly lead: Lead; readonly words: string }[] {
  if ('duration' in lead) return [{ lead: { hours: 0 }, words: 'no notice before it' }];
  const [unit, full, one] =
    'businessDays' in lead
      ? (['businessDays', lead.businessDays, 'business day'] as const)
      : 'days' in lead
        ? (['days', lead.days, 'day'] as const)
        : (['hours', lead.hours, 'hour'] as const);
  const counts =
    unit === 'hours'
      ? [Math.floor(full / 2), 0]
      : Array.from({ length: Math.min(full, 10) }, (_, index) => full - 1 - index);
  return counts.map((count) => ({
    lead: { [unit]: count } as unknown as Lead,
    words: `notice of ${countWords(count, one)} instead of ${full}`,
  }));
}

function withOneMorePlace(trial: Trial): Relaxation | null {
  const { candidate, planning } = trial;
  const { client } = candidate;
  const { limits, input } = planning;
  const { cohort, deployer, deployerLimit } = client;
  const own = limits.cohorts[cohort] ?? limits.rollout;
  const cohorts = limits.cohorts.map((each, at) => (at === cohort ? each + 1 : each));
  // A cohort without a limit of its own goes by the rollout's.
  const policy = { ...input.policy, maxInFlight: limits.rollout + 1 };
  const changes: readonly (readonly [string, number, Changed])[] = [
    [`the cohort ${input.cohorts[cohort]?.name ?? ''}`, own, { limits: { ...limits, cohorts } }],
    ['the rollout', limits.rollout, { limits: limitsOf({ ...input, policy }) }],
    [`the deployer ${deployer}`, deployerLimit, { deployerLimit: deployerLimit + 1 }],
    ['the vendor', limits.vendor, { limits: { ...limits, vendor: limits.vendor + 1 } }],
  ];
  for (const [whose, limit, changed] of changes) {
    const start = startWith(trial, changed);
    if (start !== undefined) {
      const what = `with one more deployment at once for ${whose} (${limit + 1} instead of ${limit})`;
      return relaxation(trial, 'limit', { start, what });
    }
  }
  return null;
}

function withoutObservation(trial: Trial): Relaxation | null {
  const { candidate, planning, placing } = trial;
  const { cohort } = candidate.client;
  const turn = placing.earliest[cohort] ?? 0;
  const start = startWith(trial, { earliest: turn - planning.observationMs });
  if (start === undefined) return null;
  const before = planning.input.cohorts[cohort - 1]?.name ?? '';
  return relaxation(trial, 'observation', {
    start,
    what: `without the observation of ${before}`,
  });
}

function layersIn({ planning, candidate }: Trial): RelaxedLayers['layers'] {
  return layersOf(planning.input, candidate.client, planning.calendarOf);
}

function openWith(trial: Trial, { layers }: RelaxedLayers): readonly StartSpan[] {
  const { planning, candidate } = trial;
  return besideOthers(trial, startsOf(planning.input, candidate.client, layers));
}

function earliestOf(
  trial: Trial,
  relaxed: readonly RelaxedLayers[],
): { readonly start: number; readonly what: string } | null {
  const found = relaxed.flatMap((each) => {
    const start = startWith(trial, { open: openWith(trial, each) });
    return start === undefined ? [] : [{ start, what: each.what }];
  });
  return found.toSorted((a, b) => a.start - b.start)[0] ?? null;
}

/** What other rollouts have taken of this client's time is never relaxed. */
function besideOthers(
  { planning, candidate }: Trial,
  open: readonly StartSpan[],
): readonly StartSpan[] {
  return startsBeside(open, candidate.busy, planning.worstCaseMs);
}
