import type { ClientRolloutId, RolloutId } from '../../domain/ids.ts';
import type { Instant } from '../../domain/instant.ts';
import type { Queryable } from '../pool.ts';

/** A deployment that has been told to start, or may be at this moment. */
export interface Dispatch {
  readonly clientKey: string;
  readonly siteKind: 'preview' | 'production';
  readonly state: 'dispatching' | 'running';
  readonly since: Instant;
  /** Until when its start may still leave the house; null when that is over. */
  readonly permitUntil: Instant | null;
}

/** Reads what of a rollout (or of some of its clients) was dispatched and has no outcome yet, oldest first. */
export async function readDispatches(
  db: Queryable,
  of: {
    readonly rolloutId: RolloutId;
    readonly clientRolloutIds?: readonly ClientRolloutId[];
  },
): Promise<readonly Dispatch[]> {
  return await db.rows<Dispatch>(
    `select
       cl.key as "clientKey", d.site_kind as "siteKind", d.state, d.since,
       case when d.state = 'dispatching' and d.permit_until > clock_timestamp() then d.permit_until end
         as "permitUntil"
     from deployment d
     join client cl on cl.id = d.client_id
     where d.rollout_id = $1 and d.state in ('dispatching', 'running')
       and ($2::uuid[] is null or d.client_rollout_id = any($2))
     order by d.since, cl.key`,
    [of.rolloutId, of.clientRolloutIds ?? null],
  );
}
