import type { PlanInputReading } from '../../database/read-models/plan-input.read-model.ts';
import { hashOfPlan, type StoredPlan } from '../../database/stores/plan.store.ts';
import { canonicalJson } from '../../domain/canonical-json.ts';
import type { Instant } from '../../domain/instant.ts';
import { plan } from '../../domain/rollout/plan.ts';
import { differenceOfPlans, type PlanDifference } from '../../domain/rollout/plan-difference.ts';
import type { PlanContent, PlanInput } from '../../domain/rollout/plan-input.ts';

/** A plan put again to later facts, before any lock is held: planning takes longer than locks may. */
export interface PreparedPlan {
  readonly input: PlanInput;
  readonly content: PlanContent;
}

/** Plans what was read; null when there was nothing to plan from. */
export function preparePlan(reading: PlanInputReading | null): PreparedPlan | null {
  if (reading?.kind !== 'read') return null;
  return { input: reading.input, content: plan(reading.input) };
}

export type PlanCheck =
  | { readonly kind: 'good' }
  | {
      readonly kind: 'bad';
      readonly code: 'PLAN_HASH_MISMATCH' | 'PLAN_STALE' | 'PLAN_EXPIRED';
      readonly message: string;
      readonly difference: readonly PlanDifference[];
    };

/**
 * Whether a stored plan still says what somebody saw and agreed to: today's facts lead to the same dates, and none
 * of them has passed.
 */
export function checkPlan(question: {
  readonly stored: StoredPlan;
  readonly hash: string;
  /** Read under the locks of the decision. */
  readonly input: PlanInput;
  readonly prepared: PreparedPlan | null;
  readonly now: Instant;
}): PlanCheck {
  const { stored, hash, input, prepared, now } = question;
  if (hash !== stored.hash) {
    const message = 'The hash is that of another plan; look at this plan and start it by its hash.';
    return { kind: 'bad', code: 'PLAN_HASH_MISMATCH', message, difference: [] };
  }
  const isPrepared = prepared !== null && canonicalJson(prepared.input) === canonicalJson(input);
  const content = isPrepared ? prepared.content : plan(input);
  const policyIsOther = canonicalJson(stored.input.policy) !== canonicalJson(input.policy);
  if (hashOfPlan(content) !== stored.hash || policyIsOther) {
    const difference = differenceOfPlans(stored.content, content);
    const message = `${staleBecause(difference)}; plan again and look at the new dates.`;
    return { kind: 'bad', code: 'PLAN_STALE', message, difference };
  }
  const late = passedIn(stored.content, now);
  if (late.length === 0) return { kind: 'good' };
  const message = `The time to tell these clients, or their slot, has passed since it was planned: ${late.join(', ')}; plan again.`;
  return { kind: 'bad', code: 'PLAN_EXPIRED', message, difference: [] };
}

function staleBecause(difference: readonly PlanDifference[]): string {
  if (difference.length === 0) {
    return 'The rules or the warnings of this plan have changed since it was made';
  }
  const shown = difference.slice(0, 5).map(({ key, what }) => `${key} (${what})`);
  const more =
    difference.length > shown.length ? ` and ${difference.length - shown.length} more` : '';
  return `Facts have changed since this was planned, it would differ for ${shown.join(', ')}${more}`;
}

function passedIn(content: PlanContent, now: Instant): readonly string[] {
  return content.clients.flatMap(({ key, placement }) =>
    placement.kind === 'placed' && (placement.noticeDeadline < now || placement.slotStart < now)
      ? [key]
      : [],
  );
}
