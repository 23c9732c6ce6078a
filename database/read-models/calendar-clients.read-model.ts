import type { CalendarLayer } from '../../domain/calendar/calendar-layer.ts';
import type { CalendarShelf } from '../calendar-shelf.ts';
import type { Queryable } from '../pool.ts';
import { type AgreedLayerRow, agreedLayersOf, selectAgreedLayers } from './agreed-layers.ts';

/** What of a client a calendar question may refer to. */
export interface CalendarClient {
  readonly key: string;
  readonly zone: string;
  readonly tags: readonly string[];
  readonly vendorCalendarId: string | null;
  readonly calendarId: string | null;
  readonly agreed: readonly AgreedLayerRow[] | null;
}

/**
 * Clients with the newest revisions of the calendars that apply to them under any policy, and with what they agreed;
 * all of them without a key.
 */
export async function readCalendarClients(
  db: Queryable,
  key: string | null = null,
): Promise<readonly CalendarClient[]> {
  return await db.rows<CalendarClient>(
    `select cl.key, cl.zone, cl.tags,
       (
         select c.id from calendar c where c.name = v.calendar_name order by c.revision desc limit 1
       ) as "vendorCalendarId",
       (
         select c.id from calendar c where c.name = cl.calendar_name order by c.revision desc limit 1
       ) as "calendarId",
       ${selectAgreedLayers('cl.id', 'false')} as agreed
     from client cl
     cross join vendor v
     where $1::text is null or cl.key = $1`,
    [key],
  );
}

/** What is to be fetched to the shelf before the layers of a client can be had. */
export function calendarIdsOf({
  vendorCalendarId,
  calendarId,
  agreed,
}: CalendarClient): readonly (string | null)[] {
  return [vendorCalendarId, calendarId, ...(agreed ?? []).map(({ id }) => id)];
}

/** The layers of a client, whatever the policy; the shelf has their calendars already. */
export function layersOfClient(
  { vendorCalendarId, calendarId, agreed }: CalendarClient,
  shelf: CalendarShelf,
): readonly CalendarLayer[] {
  return [
    ...shelf.layer('vendor', vendorCalendarId),
    ...shelf.layer('client', calendarId),
    ...agreedLayersOf(agreed, shelf),
  ];
}
