import type { ClientId, RolloutId } from '../../domain/ids.ts';
import type { Instant } from '../../domain/instant.ts';
import type { ClientRolloutState } from '../../domain/rollout/states.ts';
import type { Queryable } from '../pool.ts';

/** A client's present date, to be compared with the one a plan proposes. */
export interface PresentDate {
  readonly clientId: ClientId;
  readonly key: string;
  readonly name: string;
  readonly zone: string;
  readonly state: ClientRolloutState;
  readonly slotStart: Instant | null;
  /** Somebody at the client was told the present date. */
  readonly wasTold: boolean;
}

/** The present dates of a rollout's clients, in plan order; without locks, for showing only. */
export async function readPresentDates(
  db: Queryable,
  rolloutId: RolloutId,
): Promise<readonly PresentDate[]> {
  return await db.rows<PresentDate>(
    `select cr.client_id as "clientId", cl.key, cl.name, cl.zone, cr.state, cr.slot_start as "slotStart",
       exists (
         select 1
         from mail_delivery m
         where m.client_rollout_id = cr.id and m.kind in ('notice', 'moved') and m.bound_to = cr.slot_local_start
           and m.accepted_at is not null
       ) as "wasTold"
     from client_rollout cr
     join client cl on cl.id = cr.client_id
     where cr.rollout_id = $1
     order by cr.plan_position`,
    [rolloutId],
  );
}

/** Which clients were told their present date later than that, in plan order. */
export async function readToldSince(
  db: Queryable,
  rolloutId: RolloutId,
  since: Instant,
): Promise<readonly string[]> {
  const rows = await db.rows<{ key: string }>(
    `select cl.key
     from client_rollout cr
     join client cl on cl.id = cr.client_id
     join mail_delivery m on m.client_rollout_id = cr.id
     where cr.rollout_id = $1 and m.kind in ('notice', 'moved') and m.bound_to = cr.slot_local_start
     group by cl.key, cr.plan_position
     having min(m.accepted_at) > $2
     order by cr.plan_position`,
    [rolloutId, since],
  );
  return rows.map(({ key }) => key);
}
