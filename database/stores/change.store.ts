import type { ChangeId, ClientId } from '../../domain/ids.ts';
import type { LocalDate } from '../../domain/instant.ts';
import type { Transaction } from '../in-transaction.ts';
import { newId } from '../new-id.ts';
import type { Queryable } from '../pool.ts';

/** A change as somebody enters it. */
export interface NewChange {
  readonly kind: 'hotfix' | 'release';
  readonly version: string;
  readonly title: string;
  readonly critical: boolean;
  readonly earliestDate: string | null;
  readonly latestDate: string | null;
  readonly minimumVersion: string | null;
  readonly actor: string;
}

/** Adds a change; false when its version is taken. */
export async function addChange(tx: Transaction, change: NewChange): Promise<boolean> {
  const rows = await tx.rows<{ id: ChangeId }>(
    `insert into change as c
       (id, kind, version, title, critical, earliest_date, latest_date, minimum_version, created_by, created_at)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)
     on conflict (version) do nothing
     returning c.id`,
    [
      newId<ChangeId>(),
      change.kind,
      change.version,
      change.title,
      change.critical,
      change.earliestDate,
      change.latestDate,
      change.minimumVersion,
      change.actor,
      await tx.now(),
    ],
  );
  const [row] = rows;
  if (!row) return false;
  tx.record({
    kind: 'change.created',
    actor: change.actor,
    facts: { changeId: row.id, version: change.version },
  });
  return true;
}

/** A recorded judgement; a later one replaces it for plans that are made from then on. */
export interface NewAssessment {
  readonly changeId: ChangeId;
  readonly impact: 'transparent' | 'visible' | 'action needed';
  readonly downtimeMinutes: number | null;
  readonly clientAction: string | null;
  readonly reversible: boolean;
  readonly reportedBy: readonly ClientId[];
  readonly note: string | null;
  readonly actor: string;
}

/** Keeps an assessment. */
export async function addAssessment(tx: Transaction, assessment: NewAssessment): Promise<void> {
  await tx.rows(
    `insert into assessment
       (id, change_id, impact, downtime_minutes, client_action, reversible, reported_by, note, assessed_by,
        assessed_at)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)`,
    [
      newId(),
      assessment.changeId,
      assessment.impact,
      assessment.downtimeMinutes,
      assessment.clientAction,
      assessment.reversible,
      assessment.reportedBy,
      assessment.note,
      assessment.actor,
      await tx.now(),
    ],
  );
  tx.record({
    kind: 'change.assessed',
    actor: assessment.actor,
    facts: { changeId: assessment.changeId, impact: assessment.impact },
  });
}

/** The id of the change of a version; null when there is none. */
export async function findChange(db: Queryable, version: string): Promise<ChangeId | null> {
  const rows = await db.rows<{ id: ChangeId }>(`select c.id from change c where c.version = $1`, [
    version,
  ]);
  return rows[0]?.id ?? null;
}

/** The same under its lock: builds of one change are announced one after the other. */
export async function lockChange(tx: Transaction, version: string): Promise<ChangeId | null> {
  const rows = await tx.rows<{ id: ChangeId }>(
    `select c.id from change c where c.version = $1 for no key update`,
    [version],
  );
  return rows[0]?.id ?? null;
}

/** The first day that a change allows; null = any. */
export async function readEarliestDate(db: Queryable, id: ChangeId): Promise<LocalDate | null> {
  const rows = await db.rows<{ earliest_date: LocalDate | null }>(
    `select c.earliest_date from change c where c.id = $1`,
    [id],
  );
  return rows[0]?.earliest_date ?? null;
}
