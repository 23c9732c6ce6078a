import type { Queryable } from '../pool.ts';

/** Whether a link that was opened a while ago still holds. */
export async function isLinkLive(db: Queryable, linkId: string): Promise<boolean> {
  const rows = await db.rows<{ id: string }>(
    `select l.id
     from approval_link l
     where l.id = $1 and l.revoked_at is null and l.expires_at > clock_timestamp()`,
    [linkId],
  );
  return rows.length === 1;
}
