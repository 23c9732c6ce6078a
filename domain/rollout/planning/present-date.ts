import { fitsAt } from '../../calendar/open-stretches.ts';
import { scopeLayers } from '../../calendar/calendar-layer.ts';
import { epochMsOf } from '../../instant.ts';
import type { PresentSlot } from '../plan-input.ts';
import type { Candidate } from './crowd.ts';
import { noticeOfSlot } from './notice-of-slot.ts';
import { datesOf, layersOf, scopeOf } from './open-time-of-clients.ts';
import type { Planning } from './planning.ts';
import { spanAt } from './start-span.ts';

/** The date a client has already, and how firmly. */
export interface PresentDate {
  readonly slot: PresentSlot;
  /** Begun work stays whatever happens; nobody was told a loose date. */
  readonly firmness: 'begun' | 'told' | 'pinned' | 'loose';
}

/** The date that a client has already; null when it has none. What was told outranks what was chosen. */
export function presentDateOf({ client }: Candidate): PresentDate | null {
  const { keeps, pinned, current } = client;
  if (keeps !== null) return { slot: keeps, firmness: keeps.why };
  if (pinned !== null) return { slot: pinned, firmness: 'pinned' };
  return current === null ? null : { slot: current, firmness: 'loose' };
}

export type Obstacle = 'closed' | 'too early' | 'too late' | 'notice' | 'other rollout';

/** What keeps a date from staying, capacity and cohorts aside; null when it holds. */
export function obstacleTo(
  { slot, firmness }: PresentDate,
  candidate: Candidate,
  planning: Planning,
): Obstacle | null {
  if (firmness === 'begun') return null;
  const start = epochMsOf(slot.start);
  if (firmness === 'told') return obstacleToTold(slot, candidate, planning);
  const { client, side, open } = candidate;
  const { from, until } = datesOf(planning.input, client.zone);
  if (start < from) return 'too early';
  // What a client chose or a person promised may lie beyond the policy's latest date.
  if (firmness === 'loose' && start >= until) return 'too late';
  if (meetsOtherRollout(start, candidate, planning)) return 'other rollout';
  const isOpen =
    start < until ? spanAt(open, start) !== undefined : stillOpen(start, candidate, planning);
  if (!isOpen) return 'closed';
  const notice = noticeOfSlot(start, side.terms, { agreedAt: side.agreedAt, stands: true });
  return notice === null ? 'notice' : null;
}

/** What was told needs no notice any more; of a slot that has begun, only what is left must be open. */
function obstacleToTold(
  slot: PresentSlot,
  candidate: Candidate,
  planning: Planning,
): Obstacle | null {
  const start = Math.max(epochMsOf(slot.start), planning.plannedMs);
  // It waits for a place and will be missed if none becomes free; that is not for a plan to say.
  if (start + planning.worstCaseMs > epochMsOf(slot.latestEnd)) return null;
  if (meetsOtherRollout(start, candidate, planning)) return 'other rollout';
  const isOpen =
    spanAt(candidate.open, start) !== undefined || stillOpen(start, candidate, planning);
  return isOpen ? null : 'closed';
}

function stillOpen(start: number, { client }: Candidate, planning: Planning): boolean {
  const { input, calendarOf, worstCaseMs } = planning;
  const scoped = scopeLayers(layersOf(input, client, calendarOf), scopeOf(input, client));
  return fitsAt(scoped, start, worstCaseMs);
}

function meetsOtherRollout(start: number, { busy }: Candidate, { worstCaseMs }: Planning): boolean {
  return busy.some((each) => each.start < start + worstCaseMs && start < each.end);
}
