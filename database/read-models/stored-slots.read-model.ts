import type { RolloutId } from '../../domain/ids.ts';
import type { Instant } from '../../domain/instant.ts';
import type { Queryable } from '../pool.ts';

/** A date that still lies ahead, as it was chosen and as it was derived. */
export interface StoredSlot {
  readonly rolloutId: RolloutId;
  readonly rollout: string;
  readonly client: string;
  readonly clientName: string;
  readonly zone: string;
  readonly local: string;
  readonly instant: Instant;
  /** The release of the zone data it was derived with; null = nobody noted it. */
  readonly zoneData: string | null;
}

/** The slots ahead of all rollouts that are not over, in order of time. */
export async function readStoredSlots(db: Queryable, now: Instant): Promise<readonly StoredSlot[]> {
  return await db.rows<StoredSlot>(
    `select
       r.id as "rolloutId", r.name as rollout, cl.key as client, cl.name as "clientName",
       coalesce(cr.slot_zone, cl.zone) as zone, cr.slot_local_start as local, cr.slot_start as instant,
       cr.slot_zone_data as "zoneData"
     from client_rollout cr
     join client cl on cl.id = cr.client_id
     join rollout r on r.id = cr.rollout_id
     where r.state in ('draft', 'running', 'paused') and cr.slot_start >= $1
       and cr.slot_local_start is not null
       and cr.state in ('planned', 'previewing', 'asking', 'agreed', 'scheduled')
     order by cr.slot_start, cl.key`,
    [now],
  );
}
