import { scopeLayers } from '../calendar/calendar-layer.ts';
import { type ClosedReason, reasonsAt } from '../calendar/judge-schedule.ts';
import { durationMs } from '../duration.ts';
import { epochMsOf } from '../instant.ts';
import type { PlanClient, PlanInput } from './plan-input.ts';
import { calendarsOf } from './planning/client-side.ts';
import { layersOf, scopeOf } from './planning/open-time-of-clients.ts';

/** A client whose present date no calendar layer leaves open any more, and whom nothing moves by itself. */
export interface ClosedDate {
  readonly key: string;
  readonly reasons: readonly ClosedReason[];
  /** Somebody there was told the date. */
  readonly wasTold: boolean;
}

/** Whose dates are closed now, in plan order; what has begun, and what will be missed anyway, is left out. */
export function closedDates(input: PlanInput): readonly ClosedDate[] {
  const calendarOf = calendarsOf(input);
  const worstCaseMs = durationMs(input.policy.worstCase);
  return input.clients.flatMap((client) => {
    const slot = dateOf(client);
    if (slot === null) return [];
    const at = Math.max(epochMsOf(slot.start), epochMsOf(input.plannedAt));
    if (at + worstCaseMs > epochMsOf(slot.latestEnd)) return [];
    const layers = scopeLayers(layersOf(input, client, calendarOf), scopeOf(input, client));
    const reasons = reasonsAt(layers, { at, worstCaseMs });
    const wasTold = client.keeps !== null;
    return reasons.length === 0 ? [] : [{ key: client.key, reasons, wasTold }];
  });
}

function dateOf({ keeps, pinned, current }: PlanClient) {
  return keeps?.why === 'begun' ? null : (keeps ?? pinned ?? current);
}
