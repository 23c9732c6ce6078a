import { durationMs } from '../duration.ts';
import { type Instant, plusMs } from '../instant.ts';
import type { ClientFacts, DeploymentFacts } from './client-facts.ts';
import {
  type ClosedGate,
  judgeGates,
  judgeHold,
  judgePreviewGates,
  soonestOf,
} from './judge-gates.ts';
import { hasEnded, isOver } from './states.ts';

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
  if (hasEnded(facts.state)) return { kind: 'end', because: facts.state };
  if (facts.state === 'deploying' || facts.state === 'verifying') return nextInProduction(facts);
  if (isOver(facts.control.rollout)) {
    return { kind: 'end', because: `the rollout is ${facts.control.rollout}` };
  }
  switch (facts.state) {
    case 'planned':
      return nextBeforePreview(facts, now);
    case 'previewing':
      return nextOnPreview(facts, now);
    case 'asking':
      return nextWhileAsking(facts, now);
    case 'agreed':
      return nextAfterAgreement(facts, now);
    case 'scheduled':
      return nextBeforeSlot(facts, now);
    case 'missed':
      return wait('announce', null, 'waits for a new date');
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
  return nextOfDeployment(attempt, ['preparePreview', 'verifyPreview']);
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
  if (slot === null || isSlotLost(facts, now)) return act('missSlot', 'its date cannot be kept');
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

function nextInProduction(facts: ClientFacts): ClientNext {
  const attempt = facts.production.deployment;
  if (attempt === null) return act('deploy', 'the deployment is due');
  return nextOfDeployment(attempt, ['deploy', 'verify']);
}

function nextOfDeployment(
  attempt: DeploymentFacts,
  [start, check]: readonly [ClientActName, ClientActName],
): ClientNext {
  switch (attempt.state) {
    case 'claimed':
      return act(start, 'the claim is not dispatched yet');
    case 'dispatching':
      return act(start, 'the dispatch has no recorded answer');
    case 'running':
    case 'succeeded':
    case 'failed':
    case 'unknown':
      if (attempt.verification === 'match') return { kind: 'end', because: 'verified' };
      return act(check, 'the outcome is to be verified');
  }
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
