import type { CalendarProblem } from '../../domain/calendar/calendar-document.ts';
import { validateCalendar } from '../../domain/calendar/validate-calendar.ts';
import type { CalendarId } from '../../domain/ids.ts';
import type { Instant } from '../../domain/instant.ts';
import type { Transaction } from '../in-transaction.ts';
import { newId } from '../new-id.ts';
import type { Queryable } from '../pool.ts';

/** One revision of a calendar; it never changes once it is saved. */
export interface CalendarRevision {
  readonly id: CalendarId;
  readonly name: string;
  readonly revision: number;
  readonly document: unknown;
  readonly savedBy: string;
  readonly savedAt: Instant;
}

export type SavedCalendar =
  | { readonly kind: 'saved'; readonly id: CalendarId; readonly revision: number }
  | { readonly kind: 'invalid'; readonly problems: readonly CalendarProblem[] };

/** Saves a new revision of a calendar, or says what is wrong with it. The caller holds the vendor's row. */
export async function saveCalendar(
  tx: Transaction,
  order: { readonly name: string; readonly document: unknown; readonly actor: string },
): Promise<SavedCalendar> {
  const problems = validateCalendar(order.document);
  if (problems.length > 0) return { kind: 'invalid', problems };
  const id = newId<CalendarId>();
  const [row] = await tx.rows<{ revision: number }>(
    `insert into calendar (id, name, revision, document, saved_by, saved_at)
     select $1, $2, coalesce(max(c.revision), 0) + 1, $3, $4, $5
     from calendar c
     where c.name = $2
     returning revision`,
    [id, order.name, JSON.stringify(order.document), order.actor, await tx.now()],
  );
  if (!row) throw new Error('A calendar was saved without a revision');
  const { revision } = row;
  const facts = { calendar: order.name, revision, calendarId: id };
  tx.record({ kind: 'calendar.saved', actor: order.actor, facts });
  return { kind: 'saved', id, revision };
}

/** Reads a revision of a calendar, the newest unless one is named; null when there is none. */
export async function readCalendarRevision(
  db: Queryable,
  name: string,
  revision: number | null = null,
): Promise<CalendarRevision | null> {
  const rows = await db.rows<CalendarRow>(
    `select c.id, c.name, c.revision, c.document, c.saved_by, c.saved_at
     from calendar c
     where c.name = $1 and ($2::integer is null or c.revision = $2)
     order by c.revision desc
     limit 1`,
    [name, revision],
  );
  const [row] = rows;
  return row ? revisionOf(row) : null;
}

/** The newest revision of every calendar, by name. */
export async function listCalendars(db: Queryable): Promise<readonly CalendarRevision[]> {
  const rows = await db.rows<CalendarRow>(
    `select distinct on (c.name) c.id, c.name, c.revision, c.document, c.saved_by, c.saved_at
     from calendar c
     order by c.name, c.revision desc`,
  );
  return rows.map((row) => revisionOf(row));
}

/** Who saved which revision of a calendar when, the newest first. */
export async function listCalendarRevisions(
  db: Queryable,
  name: string,
): Promise<readonly Pick<CalendarRevision, 'revision' | 'savedBy' | 'savedAt'>[]> {
  return await db.rows<Pick<CalendarRevision, 'revision' | 'savedBy' | 'savedAt'>>(
    `select c.revision, c.saved_by as "savedBy", c.saved_at as "savedAt"
     from calendar c
     where c.name = $1
     order by c.revision desc`,
    [name],
  );
}

/** The ids of all revisions of a calendar. */
export async function listCalendarIds(db: Queryable, name: string): Promise<readonly CalendarId[]> {
  const rows = await db.rows<{ id: CalendarId }>(`select c.id from calendar c where c.name = $1`, [
    name,
  ]);
  return rows.map(({ id }) => id);
}

/** Running rollouts take the newest revision of a calendar they keep to; a new freeze holds at once. */
export async function adoptCalendarRevision(
  tx: Transaction,
  calendar: { readonly name: string; readonly id: CalendarId },
): Promise<void> {
  const values = [calendar.id, calendar.name];
  for (const column of ['vendor_calendar_id', 'policy_calendar_id']) {
    await tx.rows(
      `update rollout as r
       set ${column} = $1
       from calendar c
       where c.id = r.${column} and c.name = $2 and r.state in ('draft', 'running', 'paused')`,
      values,
    );
  }
  await tx.rows(
    `update client_rollout as cr
     set client_calendar_id = $1
     from calendar c, rollout r
     where c.id = cr.client_calendar_id and c.name = $2 and r.id = cr.rollout_id
       and r.state in ('draft', 'running', 'paused')`,
    values,
  );
}

/** The vendor keeps to another calendar, or to none, and so do its rollouts that are not over. */
export async function setVendorCalendar(
  tx: Transaction,
  calendar: { readonly name: string; readonly id: CalendarId } | null,
): Promise<void> {
  await tx.rows(`update vendor as v set calendar_name = $1 where v.id = 1`, [
    calendar?.name ?? null,
  ]);
  await tx.rows(
    `update rollout as r
     set vendor_calendar_id = $1
     where r.state in ('draft', 'running', 'paused')`,
    [calendar?.id ?? null],
  );
}

/** A client gets a calendar of its own, or none any more, in its rollouts too; false when there is no such client. */
export async function setClientCalendar(
  tx: Transaction,
  clientKey: string,
  calendar: { readonly name: string; readonly id: CalendarId } | null,
): Promise<boolean> {
  const clients = await tx.rows<{ id: string }>(
    `update client as cl set calendar_name = $2, updated_at = $3 where cl.key = $1 returning cl.id`,
    [clientKey, calendar?.name ?? null, await tx.now()],
  );
  await tx.rows(
    `update client_rollout as cr
     set client_calendar_id = $2
     from rollout r
     where r.id = cr.rollout_id and r.state in ('draft', 'running', 'paused') and cr.client_id = any($1)`,
    [clients.map(({ id }) => id), calendar?.id ?? null],
  );
  return clients.length === 1;
}

interface CalendarRow {
  readonly id: CalendarId;
  readonly name: string;
  readonly revision: number;
  readonly document: unknown;
  readonly saved_by: string;
  readonly saved_at: Instant;
}

function revisionOf(row: CalendarRow): CalendarRevision {
  const { id, name, revision, document } = row;
  return { id, name, revision, document, savedBy: row.saved_by, savedAt: row.saved_at };
}
