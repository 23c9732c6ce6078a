import { movesOf } from '../../../../activities/planning/move-clients.ts';
import { readPresentDates } from '../../../../database/read-models/plan-moves.read-model.ts';
import type { Queryable } from '../../../../database/pool.ts';
import type { StoredPlan } from '../../../../database/stores/plan.store.ts';
import { instantToLocal } from '../../../../domain/calendar/zone.ts';
import type { Answer } from '../http/answers.ts';
import type { planDifference } from './plans.schemas.ts';

/** Whose date a proposal would move, read without locks; applying it looks again under them. */
export async function readPlanMoves(
  db: Queryable,
  { rolloutId, request, content }: StoredPlan,
): Promise<Answer<typeof planDifference> | null> {
  if (rolloutId === null || request.kind !== 'again') return null;
  const moves = movesOf(await readPresentDates(db, rolloutId), content);
  return {
    moves: moves.map(({ key, name, zone, from, to, localStart, toldAgain, ...why }) => ({
      key,
      name,
      from,
      to,
      fromLocal: from === null ? null : instantToLocal(zone, from).local,
      toLocal: localStart,
      reason: why.reasons.length > 0 ? why.reasons.join('; ') : (why.whyMoved ?? request.reason),
      toldAgain,
    })),
    same: content.clients.length - moves.length,
  };
}
