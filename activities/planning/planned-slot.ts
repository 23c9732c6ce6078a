import type { PlannedSlot } from '../../database/stores/client-part.store.ts';
import type { Placement } from '../../domain/rollout/plan-input.ts';

/** The slot that a plan newly gives; null when it gives none, or leaves the present one. */
export function slotOf(placement: Placement): PlannedSlot | null {
  if (placement.kind !== 'placed') return null;
  return {
    start: placement.slotStart,
    latestEnd: placement.slotLatestEnd,
    localStart: placement.localStart,
    noticeAt: placement.noticeAt,
    noticeDeadline: placement.noticeDeadline,
  };
}
