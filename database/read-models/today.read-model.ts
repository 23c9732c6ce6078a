import type { Instant } from '../../domain/instant.ts';
import type { ClientRolloutState } from '../../domain/rollout/states.ts';
import type { Queryable } from '../pool.ts';

/** A production start that is planned soon. */
export interface StartEntry {
  readonly rolloutId: string;
  readonly rolloutName: string;
  readonly key: string;
  readonly name: string;
  readonly slotStart: Instant;
  readonly slotLocal: string | null;
  readonly zone: string;
  readonly state: ClientRolloutState;
}

/** Starts that lie in the client's own today, and those of it that are under way. */
export async function readStartsToday(db: Queryable, now: Instant): Promise<readonly StartEntry[]> {
  return await db.rows<StartEntry>(
    `select r.id as "rolloutId", r.name as "rolloutName", cl.key, cl.name, cr.slot_start as "slotStart",
       cr.slot_local_start as "slotLocal", cl.zone, cr.state
     from client_rollout cr
     join rollout r on r.id = cr.rollout_id
     join client cl on cl.id = cr.client_id
     where r.state in ('running', 'paused')
       and cr.state in ('planned', 'previewing', 'asking', 'agreed', 'scheduled', 'deploying', 'verifying', 'done')
       and (cr.slot_start at time zone cl.zone)::date = ($1::timestamptz at time zone cl.zone)::date
     order by cr.slot_start, cr.plan_position
     limit 500`,
    [now],
  );
}

/** A rollout that somebody paused. */
export interface PausedEntry {
  readonly rolloutId: string;
  readonly name: string;
  readonly reason: string;
  readonly by: string;
  readonly since: Instant;
}

/** Every paused rollout. */
export async function readPaused(db: Queryable): Promise<readonly PausedEntry[]> {
  return await db.rows<PausedEntry>(
    `select r.id as "rolloutId", r.name, coalesce(r.state_reason, '') as reason,
       coalesce(r.state_by, 'daymark') as by, r.since
     from rollout r
     where r.state = 'paused'
     order by r.since`,
  );
}

/** The vendor with the numbers that tell its size. */
export interface VendorEntry {
  readonly name: string;
  readonly live: boolean;
  readonly liveChangedAt: Instant;
  readonly liveChangedBy: string;
  readonly maxInFlight: number;
  readonly calendar: string | null;
  /** The newest revision of its calendar; null = it has none. */
  readonly calendarId: string | null;
  readonly clients: number;
  readonly contacts: number;
  readonly rolloutsRunning: number;
}

/** The vendor; null before anything was seeded. */
export async function readVendor(db: Queryable): Promise<VendorEntry | null> {
  const rows = await db.rows<VendorEntry>(
    `select v.name, v.live, v.live_changed_at as "liveChangedAt", v.live_changed_by as "liveChangedBy",
       v.max_in_flight as "maxInFlight", v.calendar_name as calendar,
       (
         select c.id from calendar c where c.name = v.calendar_name order by c.revision desc limit 1
       ) as "calendarId",
       (select count(*) from client) as clients, (select count(*) from contact) as contacts,
       (select count(*) from rollout r where r.state in ('running', 'paused')) as "rolloutsRunning"
     from vendor v
     where v.id = 1`,
  );
  return rows[0] ?? null;
}

/** Wakes that no loop was signalled for yet. */
export async function countOwedWakes(db: Queryable): Promise<number> {
  const [row] = await db.rows<{ count: number }>(
    `select count(*) as count from wake w where w.wanted > w.sent`,
  );
  return row?.count ?? 0;
}
