import type { Queryable } from '../pool.ts';

/** What of a client a calendar question may refer to. */
export interface CalendarClient {
  readonly key: string;
  readonly zone: string;
  readonly tags: readonly string[];
  readonly vendorCalendarId: string | null;
  readonly calendarId: string | null;
}

/** Clients with the newest revisions of the calendars that apply to them under any policy. */
export async function readCalendarClients(db: Queryable): Promise<readonly CalendarClient[]> {
  return await db.rows<CalendarClient>(
    `select cl.key, cl.zone, cl.tags,
       (
         select c.id from calendar c where c.name = v.calendar_name order by c.revision desc limit 1
       ) as "vendorCalendarId",
       (
         select c.id from calendar c where c.name = cl.calendar_name order by c.revision desc limit 1
       ) as "calendarId"
     from client cl
     cross join vendor v`,
  );
}
