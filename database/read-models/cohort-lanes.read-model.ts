import type { CohortId, RolloutId } from '../../domain/ids.ts';
import type { Instant } from '../../domain/instant.ts';
import type { CohortState } from '../../domain/rollout/states.ts';
import type { Queryable } from '../pool.ts';

/** The cohorts of a rollout, in order. */
export async function readCohortLanes(
  db: Queryable,
  rolloutId: RolloutId,
): Promise<
  readonly {
    readonly id: CohortId;
    readonly name: string;
    readonly position: number;
    readonly state: CohortState;
    readonly since: Instant;
    readonly observeUntil: Instant | null;
  }[]
> {
  return await db.rows(
    `select c.id, c.name, c.position, c.state, c.since, c.observe_until as "observeUntil"
     from cohort c
     where c.rollout_id = $1
     order by c.position`,
    [rolloutId],
  );
}
