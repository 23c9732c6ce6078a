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

/** The languages that a change's newest build has notes in; null = there is no build, or no notes yet. */
export async function readNoteLocales(
  db: Queryable,
  changeId: ChangeId,
): Promise<readonly string[] | null> {
  const rows = await db.rows<{ has_notes: boolean; translated: readonly string[] }>(
    `select b.notes_markdown ~ '\\S' as has_notes,
       array(select t.locale from jsonb_each_text(b.translations) as t (locale, markdown) where t.markdown ~ '\\S')
         as translated
     from build b
     where b.change_id = $1 and b.superseded_by is null
     order by b.announced_at desc
     limit 1`,
    [changeId],
  );
  const [notes] = rows;
  if (notes === undefined) return null;
  const locales = [...(notes.has_notes ? ['en'] : []), ...notes.translated.toSorted()];
  return locales.length === 0 ? null : locales;
}
