import type { ChangeId } from '../../domain/ids.ts';
import type { Queryable } from '../pool.ts';

/** What a plan is about: the change, and the newest build it has. */
export async function readPlanSubject(
  db: Queryable,
  changeId: ChangeId,
): Promise<{ readonly change: string; readonly build: string | null }> {
  const [row] = await db.rows<{ change: string; build: string | null }>(
    `select c.version as change, newest.version as build
     from change c
     left join lateral (
       select b.version
       from build b
       where b.change_id = c.id and b.superseded_by is null
       order by b.announced_at desc
       limit 1
     ) newest on true
     where c.id = $1`,
    [changeId],
  );
  if (!row) throw new Error('A plan is about a change that is not there');
  return row;
}
