import type { RolloutId } from '../../domain/ids.ts';
import type { Instant } from '../../domain/instant.ts';
import type { ClientRolloutState } from '../../domain/rollout/states.ts';
import type { Queryable } from '../pool.ts';

/** A date of a client in a rollout that is not over. */
export interface CalendarSlot {
  readonly start: Instant;
  readonly end: Instant;
  readonly client: string;
  readonly clientName: string;
  readonly rollout: string;
  readonly rolloutId: RolloutId;
  readonly state: ClientRolloutState;
}

/** Slots that begin in a range: those of one client, of all who keep to a calendar, or of everybody. */
export async function readCalendarSlots(
  db: Queryable,
  of: {
    readonly from: Instant;
    readonly to: Instant;
    readonly client?: string | undefined;
    readonly calendar?: string | undefined;
  },
): Promise<readonly CalendarSlot[]> {
  return await db.rows<CalendarSlot>(
    `select
       cr.slot_start as start, cr.slot_latest_end as end, cl.key as client, cl.name as "clientName",
       r.name as rollout, r.id as "rolloutId", cr.state
     from client_rollout cr
     join client cl on cl.id = cr.client_id
     join rollout r on r.id = cr.rollout_id
     where r.state in ('draft', 'running', 'paused') and cr.slot_start >= $1 and cr.slot_start < $2
       and cr.state not in ('rejected', 'no-answer', 'skipped', 'withdrawn', 'missed')
       and ($3::text is null or cl.key = $3)
       and ($4::text is null or exists (
         select 1
         from calendar c
         where c.name = $4 and c.id in (r.vendor_calendar_id, r.policy_calendar_id, cr.client_calendar_id)))
     order by cr.slot_start, cl.key
     limit 5000`,
    [of.from, of.to, of.client ?? null, of.calendar ?? null],
  );
}
