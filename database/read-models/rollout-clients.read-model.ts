import type { ClientRolloutId, RolloutId } from '../../domain/ids.ts';
import type { Instant } from '../../domain/instant.ts';
import type { Queryable } from '../pool.ts';

/** What the table of clients shows beside the facts that the gates are judged by. */
export interface RolloutClientRow {
  readonly clientRolloutId: ClientRolloutId;
  readonly key: string;
  readonly name: string;
  readonly cohort: string;
  readonly reason: string | null;
  readonly slotLocal: string | null;
  readonly decidedBy: string | null;
  readonly decidedAt: Instant | null;
}

/** The clients of a rollout in plan order, those that match. */
export async function readRolloutClients(
  db: Queryable,
  query: {
    readonly rolloutId: RolloutId;
    readonly key?: string;
    readonly state?: string | undefined;
    readonly cohort?: string | undefined;
    readonly search?: string | undefined;
  },
): Promise<readonly RolloutClientRow[]> {
  return await db.rows<RolloutClientRow>(
    `select cr.id as "clientRolloutId", cl.key, cl.name, co.name as cohort, cr.reason,
       cr.slot_local_start as "slotLocal", answer.decided_name as "decidedBy", answer.decided_at as "decidedAt"
     from client_rollout cr
     join client cl on cl.id = cr.client_id
     join cohort co on co.id = cr.cohort_id
     left join lateral (
       select ar.decided_name, ar.decided_at
       from approval_round ar
       where ar.client_rollout_id = cr.id
       order by ar.number desc
       limit 1
     ) answer on true
     where cr.rollout_id = $1
       and ($2::text is null or cl.key = $2)
       and ($3::text is null or cr.state = $3)
       and ($4::text is null or co.name = $4)
       and ($5::text is null or strpos(lower(cl.name || ' ' || cl.key), lower($5)) > 0)
     order by cr.plan_position`,
    [
      query.rolloutId,
      query.key ?? null,
      query.state ?? null,
      query.cohort ?? null,
      query.search ?? null,
    ],
  );
}
