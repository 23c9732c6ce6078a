import type { Instant, LocalDate } from '../../domain/instant.ts';
import type { Transaction } from '../in-transaction.ts';
import { newId } from '../new-id.ts';
import type { Queryable } from '../pool.ts';

/** One revision of a cadence, as it was written. */
export interface CadenceRevision {
  readonly name: string;
  readonly revision: number;
  readonly document: Readonly<Record<string, unknown>>;
  readonly savedBy: string;
  readonly savedAt: Instant;
  /** The day for which the last rollout was started by it; null = none was. */
  readonly last: LocalDate | null;
}

/** Saves a new revision of a cadence that was read already. The caller holds the vendor's row. */
export async function saveCadence(
  tx: Transaction,
  order: { readonly name: string; readonly document: unknown; readonly actor: string },
): Promise<void> {
  const { name, document, actor } = order;
  const [row] = await tx.rows<{ revision: number }>(
    `insert into cadence (id, name, revision, document, saved_by, saved_at)
     select $1, $2, coalesce(max(c.revision), 0) + 1, $3, $4, $5
     from cadence c
     where c.name = $2
     returning revision`,
    [newId(), name, JSON.stringify(document), actor, await tx.now()],
  );
  tx.record({ kind: 'cadence.saved', actor, facts: { cadence: name, revision: row?.revision } });
}

/** Reads the newest revision of a cadence; null when there is none. */
export async function readCadenceRevision(
  db: Queryable,
  name: string,
): Promise<CadenceRevision | null> {
  const [row] = await db.rows<CadenceRevision>(
    `${selectCadence} where c.name = $1 order by c.name, c.revision desc`,
    [name],
  );
  return row ?? null;
}

/** The newest revision of every cadence, by name. */
export async function listCadences(db: Queryable): Promise<readonly CadenceRevision[]> {
  return await db.rows<CadenceRevision>(`${selectCadence} order by c.name, c.revision desc`);
}

const selectCadence = `
  select distinct on (c.name) c.name, c.revision, c.document, c.saved_by as "savedBy", c.saved_at as "savedAt",
    (
      select max(p.request->>'earliestDate')
      from rollout r
      join plan p on p.id = r.plan_id
      where p.request->>'cadence' = c.name
    ) as last
  from cadence c`;
