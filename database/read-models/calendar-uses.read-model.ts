import type { Queryable } from '../pool.ts';

/** Who keeps to a calendar, in words: `the vendor`, `policy hotfix`, `client north`. */
export async function readCalendarUses(
  db: Queryable,
): Promise<ReadonlyMap<string, readonly string[]>> {
  const rows = await db.rows<{ calendar: string; user: string }>(
    `with newest as (
       select distinct on (p.name) p.name, p.document
       from policy p
       order by p.name, p.revision desc
     )
     select used.calendar, used.user
     from (
       select 1 as rank, v.calendar_name as calendar, 'the vendor' as user
       from vendor v
       union all
       select 2, n.document ->> 'calendar', 'policy ' || n.name
       from newest n
       union all
       select 3, n.document ->> 'previewCalendar', 'previews of policy ' || n.name
       from newest n
       union all
       select 4, cl.calendar_name, 'client ' || cl.key
       from client cl
     ) used
     where used.calendar is not null
     order by used.rank, used.user`,
  );
  const uses = new Map<string, string[]>();
  for (const { calendar, user } of rows) uses.set(calendar, [...(uses.get(calendar) ?? []), user]);
  return uses;
}
