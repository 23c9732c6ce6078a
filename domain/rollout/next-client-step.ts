import { durationMs } from '../duration.ts';
import { type Instant, plusMs } from '../instant.ts';
import type { ClientFacts, DeploymentFacts } from './client-facts.ts';
import {
  type ClosedGate,
  judgeGates,
  judgeHold,
  judgePreviewGates,
  soonestOf,
  whyNoDate,
} from './judge-gates.ts';
import { hasEnded, isOver, isUnsettled } from './states.ts';

/** The acts of one client's strand; the contract's activities carry the same names. */
export type ClientActName =
  | 'preparePreview'
  | 'verifyPreview'
  | 'askConsent'
  | 'closeRound'
  | 'announce'
  | 'missSlot'
  | 'deploy'
  | 'verify';

/** What one client's strand does next, and why. */
export type ClientNext =
  | { readonly kind: 'act'; readonly act: ClientActName; readonly because: string }
  | {
      readonly kind: 'wait';
      /** Null = until something happens. */
      readonly until: Instant | null;
      /** The act that looks again. */
      readonly then: ClientActName;
      readonly because: string;
      readonly gates: readonly ClosedGate[];
    }
  | { readonly kind: 'end'; readonly because: string };

/**
 * The one place that says what happens next to a client. Pure; each act asks it before acting, so an act that is
 * not due any more finds out by itself.
 */
export function nextClientStep(facts: ClientFacts, now: Instant): ClientNext {
  const followUp = nextOfUnsettled(facts, now);
  if (followUp !== null) return followUp;
  if (hasEnded(facts.state)) return { kind: 'end', because: facts.state };
  if (facts.state === 'deploying' || facts.state === 'verifying') {
    return nextInProduction(facts, now);
  }
  if (isOver(facts.control.rollout)) {
    return { kind: 'end', because: `the rollout is ${facts.control.rollout}` };
  }
  switch (facts.state) {
    case 'planned':
    case 'previewing':
      return nextOnPreview(facts, now);
    case 'asking':
      return nextWhileAsking(facts, now);
    case 'agreed':
      return nextAfterAgreement(facts, now);
    case 'scheduled':
      return nextBeforeSlot(facts, now);
    case 'missed':
      return wait(
        'announce',
        null,
        facts.slot === null ? whyNoDate(facts) : 'waits for a new date',
      );
    default:
      return { kind: 'end', because: facts.state };
  }
}

/** True when this slot can no longer be kept: its time is over, or its notice cannot come early enough any more. */
export function isSlotLost(facts: ClientFacts, now: Instant): boolean {
  const { slot, notice, policy } = facts;
  if (slot === null) return true;
  if (plusMs(now, durationMs(policy.worstCase)) > slot.latestEnd) return true;
  return notice.acceptedAt === null
    ? now > slot.noticeDeadline
    : notice.acceptedAt > slot.noticeDeadline;
}

/** What was dispatched gets its outcome recorded, even when nothing waits for it any more. */
function nextOfUnsettled(facts: ClientFacts, now: Instant): ClientNext | null {
  const { preview, production } = facts;
  const isStopped = hasEnded(facts.state) || isOver(facts.control.rollout);
  const ofPreview = preview.leftover ?? (isStopped ? withoutOutcome(preview.deployment) : null);
  if (ofPreview !== null) return nextOfCheck(ofPreview, 'verifyPreview', now);
  const ofProduction =
    production.leftover ?? (hasEnded(facts.state) ? withoutOutcome(production.deployment) : null);
  return ofProduction === null ? null : nextOfCheck(ofProduction, 'verify', now);
}

function withoutOutcome(attempt: DeploymentFacts | null): DeploymentFacts | null {
  return attempt !== null && isUnsettled(attempt.state) ? attempt : null;
}

function nextBeforePreview(facts: ClientFacts, now: Instant): ClientNext {
  if (facts.build?.qaPassed && !facts.policy.previewRequired) {
    return act('askConsent', 'no preview is asked for');
  }
  const closedGates = judgePreviewGates(facts, now);
  if (closedGates.length > 0) return waitFor('preparePreview', closedGates);
  return act('preparePreview', 'the preview is due');
}

function nextOnPreview(facts: ClientFacts, now: Instant): ClientNext {
  const attempt = facts.preview.deployment;
  if (attempt === null || attempt.buildId !== facts.build?.id) return nextBeforePreview(facts, now);
  if (attempt.verification === 'match') return act('askConsent', 'the preview is verified');
  return nextOfDeployment(attempt, ['preparePreview', 'verifyPreview'], now);
}

function nextWhileAsking(facts: ClientFacts, now: Instant): ClientNext {
  const { round } = facts;
  if (round?.state !== 'open') return act('askConsent', 'the question is due');
  if (round.deadline === null) return wait('closeRound', null, 'the question is on its way');
  if (round.overdueSince !== null) return wait('closeRound', null, 'nobody answered in time');
  if (now < round.deadline) return wait('closeRound', round.deadline, 'waits for an answer');
  return act('closeRound', 'the time to answer is over');
}

function nextAfterAgreement(facts: ClientFacts, now: Instant): ClientNext {
  const { slot } = facts;
  if (slot === null) return act('missSlot', whyNoDate(facts));
  if (isSlotLost(facts, now)) return act('missSlot', 'its date cannot be kept');
  const stopped = judgeHold(facts, now);
  if (stopped !== null) return waitFor('announce', [stopped]);
  if (now < slot.noticeAt) return wait('announce', slot.noticeAt, 'the notice is due later');
  return act('announce', 'the notice is due');
}

function nextBeforeSlot(facts: ClientFacts, now: Instant): ClientNext {
  if (isSlotLost(facts, now)) return act('missSlot', 'its date cannot be kept');
  const closedGates = judgeGates(facts, now);
  if (closedGates.length === 0) return act('deploy', 'every gate is open');
  const step = waitFor('deploy', closedGates);
  const lostAt = slotLostAt(facts);
  return step.until === null || step.until > lostAt ? { ...step, until: lostAt } : step;
}

/** The first instant at which `isSlotLost` turns true while nothing else changes. */
function slotLostAt({ slot, notice, policy, since }: ClientFacts): Instant {
  if (slot === null) return since;
  const lastStart = plusMs(slot.latestEnd, 1 - durationMs(policy.worstCase));
  if (notice.acceptedAt !== null) return lastStart;
  const noticeLost = plusMs(slot.noticeDeadline, 1);
  return noticeLost < lastStart ? noticeLost : lastStart;
}

function nextInProduction(facts: ClientFacts, now: Instant): ClientNext {
  const attempt = facts.production.deployment;
  if (attempt === null) return act('deploy', 'the deployment is due');
  return nextOfDeployment(attempt, ['deploy', 'verify'], now);
}

function nextOfDeployment(
  attempt: DeploymentFacts,
  [start, check]: readonly [ClientActName, ClientActName],
  now: Instant,
): ClientNext {
  switch (attempt.state) {
    case 'claimed':
      return act(start, 'the claim is not dispatched yet');
    case 'dispatching':
      return act(start, 'the dispatch has no recorded answer');
    case 'running':
      return nextOfCheck(attempt, check, now);
    case 'succeeded':
      if (attempt.verification === 'match') return { kind: 'end', because: 'verified' };
      if (attempt.verification === 'pending') return act(check, 'the site is to be verified');
      return wait(check, null, 'a person decides how to go on');
    case 'failed':
    case 'unknown':
      return wait(check, null, 'a person decides how to go on');
  }
}

function nextOfCheck(attempt: DeploymentFacts, check: ClientActName, now: Instant): ClientNext {
  const isWithPerson = attempt.byHand && attempt.state === 'running' && now < attempt.deadline;
  return isWithPerson
    ? wait(check, attempt.deadline, 'a person deploys it and says how it ended')
    : act(check, 'the deployment has no outcome yet');
}

function act(name: ClientActName, because: string): ClientNext {
  return { kind: 'act', act: name, because };
}

function wait(
  then: ClientActName,
  until: Instant | null,
  because: string,
): ClientNext & { kind: 'wait' } {
  return { kind: 'wait', until, then, because, gates: [] };
}

function waitFor(
  then: ClientActName,
  closedGates: readonly ClosedGate[],
): ClientNext & { kind: 'wait' } {
  const because = closedGates.map((each) => each.reason).join('; ');
  return { kind: 'wait', until: soonestOf(closedGates), then, because, gates: closedGates };
}
