import { judgeSchedule } from '../calendar/judge-schedule.ts';
import { compareVersions, isVersion } from '../change/version.ts';
import { durationMs } from '../duration.ts';
import { type Instant, plusMs } from '../instant.ts';
import type { CapacityFacts, ClientFacts } from './client-facts.ts';

export const gates = [
  'control',
  'conflict',
  'preview',
  'consent',
  'notice',
  'slot',
  'window',
  'fixes',
  'cohort',
  'failures',
  'capacity',
] as const;
/** A condition that must hold at the moment production starts. */
export type Gate = (typeof gates)[number];

/** When a closed gate may open: at an instant, or when something happens. */
export type GateNext =
  { readonly kind: 'at'; readonly at: Instant } | { readonly kind: 'when'; readonly what: string };

/** Why one gate is closed; the same text in API, CLI and screens, without times, which `next` carries. */
export interface ClosedGate {
  readonly gate: Gate;
  readonly reason: string;
  readonly next: GateNext;
}

/**
 * Every gate that keeps production from starting at this client now; none = it may start.
 * Pure: the same facts and the same `now` give the same answer in API, screens, evidence and the claim itself.
 */
export function judgeGates(facts: ClientFacts, now: Instant): readonly ClosedGate[] {
  return [
    judgeControl(facts, now),
    judgeConflict(facts),
    judgePreview(facts),
    judgeConsent(facts),
    judgeNotice(facts),
    judgeSlot(facts, now),
    ...judgeWindow(facts, now),
    judgeFixes(facts),
    judgeCohort(facts),
    judgeFailures(facts),
    ...judgeCapacity(facts.capacity.production),
  ].filter((gate) => gate !== null);
}

/** The gates that also guard a deployment to the preview site. */
export function judgePreviewGates(facts: ClientFacts, now: Instant): readonly ClosedGate[] {
  const busy = facts.preview.busyWith;
  return [
    judgeControl(facts, now),
    judgeBuild(facts),
    busy === null
      ? null
      : closed('conflict', `the preview site is taken by "${busy}"`, when('it is free again')),
    facts.previewAt !== null && now < facts.previewAt
      ? closed('slot', 'the preview is planned for later', at(facts.previewAt))
      : null,
    ...judgeCapacity(facts.capacity.preview),
  ].filter((gate) => gate !== null);
}

/** The soonest instant at which anything can change by itself; null when all wait for something to happen. */
export function soonestOf(closedGates: readonly ClosedGate[]): Instant | null {
  const instants = closedGates.flatMap((each) => (each.next.kind === 'at' ? [each.next.at] : []));
  return instants.length === 0 ? null : instants.reduce((a, b) => (a < b ? a : b));
}

/** That there is no date, and why as far as the planner could say. */
export function whyNoDate({ noDateReason }: Pick<ClientFacts, 'noDateReason'>): string {
  return noDateReason === null ? 'it has no date' : `it has no date: ${noDateReason}`;
}

/** Whether a person keeps this client from starting and from being told a date. */
export function judgeHold({ control }: ClientFacts, now: Instant): ClosedGate | null {
  if (control.rollout !== 'running') {
    const why = control.rolloutReason === null ? '' : `: ${control.rolloutReason}`;
    return closed('control', `the rollout is ${control.rollout}${why}`, when('it is resumed'));
  }
  const { hold } = control;
  if (hold === null || (hold.until !== null && hold.until <= now)) return null;
  const reason = `on hold by ${hold.by}: ${hold.reason}`;
  return closed('control', reason, hold.until === null ? when('it is released') : at(hold.until));
}

function judgeControl(facts: ClientFacts, now: Instant): ClosedGate | null {
  const { control, build } = facts;
  const held = judgeHold(facts, now);
  if (held !== null) return held;
  if (build?.blocked) {
    return closed(
      'control',
      `build ${build.version} is blocked`,
      when('another build is announced'),
    );
  }
  if (!control.live) {
    const reason = 'mail to clients is not switched live';
    return closed('control', reason, when('an admin switches it live'));
  }
  return null;
}

function judgeBuild({ build }: ClientFacts): ClosedGate | null {
  if (build === null) return closed('preview', 'there is no build yet', when('it is announced'));
  if (build.qaPassed) return null;
  return closed('preview', `build ${build.version} has not passed QA`, when('QA passed'));
}

function judgeConflict({ production, build, minimumVersion }: ClientFacts): ClosedGate | null {
  if (production.busyWith !== null) {
    const reason = `"${production.busyWith}" is deploying to this client, or nobody knows how that ended`;
    return closed('conflict', reason, when('that deployment has an outcome'));
  }
  if (build === null || minimumVersion === null) return null;
  const needs = `${build.version} needs at least ${minimumVersion}`;
  const current = production.current?.version;
  if (current === undefined) {
    const reason = `${needs}; nobody knows what production runs`;
    return closed('conflict', reason, when('its sites are surveyed'));
  }
  if (isVersion(current) && compareVersions(current, minimumVersion) >= 0) return null;
  const reason = `${needs}; production runs ${current}`;
  return closed('conflict', reason, when(`production runs ${minimumVersion} or later`));
}

function judgePreview(facts: ClientFacts): ClosedGate | null {
  const missing = judgeBuild(facts);
  if (missing !== null || facts.build === null) return missing;
  if (!facts.policy.previewRequired) return null;
  const attempt = facts.preview.deployment;
  if (attempt?.buildId === facts.build.id && attempt.verification === 'match') return null;
  const reason = `${facts.build.version} is not verified on this client's preview site`;
  return closed('preview', reason, when('it is verified there'));
}

function judgeConsent({ consent, round, build, agreedBuildId }: ClientFacts): ClosedGate | null {
  if (build === null || agreedBuildId === build.id) return null;
  const reasons = {
    inform: 'the client was not informed yet',
    object: 'the time to object is not over',
    approve: 'the client has not approved this build',
  } as const;
  if (round?.state === 'rejected') {
    return closed('consent', 'the client declined this build', when('a newer build is announced'));
  }
  const deadline = round?.state === 'open' && consent === 'object' ? round.deadline : null;
  return closed(
    'consent',
    reasons[consent],
    deadline === null ? when('the client answers') : at(deadline),
  );
}

function judgeNotice({ notice, slot }: ClientFacts): ClosedGate | null {
  if (slot === null) return null;
  if (notice.undeliverable) {
    const reason = 'the notice reached nobody: every contact bounced or is suppressed';
    return closed('notice', reason, when('a contact with a working address is added'));
  }
  if (notice.acceptedAt === null) {
    const reason = 'the notice for this date was not accepted by the mail provider yet';
    return closed('notice', reason, notice.written ? when('it is accepted') : at(slot.noticeAt));
  }
  if (notice.acceptedAt <= slot.noticeDeadline) return null;
  return closed('notice', 'the notice left too late for this date', when('a new date is planned'));
}

function judgeSlot(facts: ClientFacts, now: Instant): ClosedGate | null {
  const { slot, policy } = facts;
  if (slot === null) return closed('slot', whyNoDate(facts), when('a date is planned'));
  if (now < slot.start) return closed('slot', 'its date has not come', at(slot.start));
  if (plusMs(now, durationMs(policy.worstCase)) <= slot.latestEnd) return null;
  return closed('slot', 'its date has passed', when('a new date is planned'));
}

function judgeWindow(facts: ClientFacts, now: Instant): readonly ClosedGate[] {
  const answer = judgeSchedule(facts.layers, now, {
    kind: facts.critical ? 'hotfix' : facts.changeKind,
    tags: facts.client.tags,
    clientZone: facts.client.zone,
    worstCase: facts.policy.worstCase,
  });
  if (!answer.closed) return [];
  const next = answer.nextOpen === undefined ? when('a calendar is changed') : at(answer.nextOpen);
  return answer.reasons.map(({ layer, rule }) =>
    closed('window', `closed by the ${layer} calendar: ${rule}`, next),
  );
}

function judgeFixes({ production, build }: ClientFacts): ClosedGate | null {
  if (build === null) return null;
  const lost = (production.current?.issues ?? []).filter((issue) => !build.issues.includes(issue));
  if (lost.length === 0) return null;
  const reason = `${build.version} lacks fixes this client already has: ${lost.join(', ')}`;
  return closed('fixes', reason, when('a build with those fixes is announced'));
}

function judgeCohort({ cohort }: ClientFacts): ClosedGate | null {
  if (cohort.state !== 'waiting') return null;
  const previous = cohort.previousName ?? 'the cohort before';
  if (cohort.previousObserveUntil !== null) {
    return closed('cohort', `${previous} is still observed`, at(cohort.previousObserveUntil));
  }
  return closed('cohort', `${previous} has not reached its threshold`, when('it has'));
}

function judgeFailures({ cohort, policy }: ClientFacts): ClosedGate | null {
  const count = Math.max(cohort.failures, cohort.rolloutFailures);
  if (count < policy.pauseAfterFailures) return null;
  const reason = `${count} of at most ${policy.pauseAfterFailures} failures: the limit is reached`;
  return closed('failures', reason, when('a person resumes the rollout'));
}

function judgeCapacity(limits: readonly CapacityFacts[]): readonly ClosedGate[] {
  return limits
    .filter(({ inFlight, limit }) => inFlight >= limit)
    .map(({ of, inFlight, limit }) =>
      limit === 0
        ? closed('capacity', `the ${of} takes no work`, when('it is enabled again'))
        : closed('capacity', `${inFlight} of ${limit} at once (${of})`, when('one of them ends')),
    );
}

function closed(gate: Gate, reason: string, next: GateNext): ClosedGate {
  return { gate, reason, next };
}

function at(instant: Instant): GateNext {
  return { kind: 'at', at: instant };
}

function when(what: string): GateNext {
  return { kind: 'when', what };
}
