import type { Locale } from '../../domain/communication/locales.ts';
import type { ContactId } from '../../domain/ids.ts';
import type { Queryable } from '../pool.ts';

/** In which zone and language a contact reads; null when the contact is gone. */
export async function readContactPlace(
  db: Queryable,
  id: ContactId,
): Promise<{ readonly zone: string; readonly locale: Locale } | null> {
  const rows = await db.rows<{ zone: string; locale: Locale }>(
    `select p.zone, p.locale from contact p where p.id = $1`,
    [id],
  );
  return rows[0] ?? null;
}
