import type { StaffId } from '../../domain/ids.ts';
import { plusMs } from '../../domain/instant.ts';
import type { Transaction } from '../in-transaction.ts';
import type { Queryable } from '../pool.ts';
import { type StaffMember, staffOf, type StaffRow } from './staff.store.ts';

/** Opens a session; only the hash of its token is kept. Sessions that are over are cleared away. */
export async function openSession(
  tx: Transaction,
  session: { readonly tokenHash: string; readonly staffId: StaffId; readonly lifetimeMs: number },
): Promise<void> {
  const now = await tx.now();
  await tx.rows(`delete from staff_session ss where ss.expires_at <= $1`, [now]);
  await tx.rows(
    `insert into staff_session (token_hash, staff_id, created_at, expires_at)
     values ($1, $2, $3, $4)`,
    [session.tokenHash, session.staffId, now, plusMs(now, session.lifetimeMs)],
  );
  tx.record({ kind: 'staff.signed-in', actor: 'daymark', facts: { staffId: session.staffId } });
}

/** Whose session it is; null when it is over, unknown, or its person was disabled. */
export async function findSession(db: Queryable, tokenHash: string): Promise<StaffMember | null> {
  const rows = await db.rows<StaffRow>(
    `select s.id, s.email, s.name, s.role, s.may_control, s.disabled_at
     from staff_session ss
     join staff s on s.id = ss.staff_id
     where ss.token_hash = $1 and ss.expires_at > clock_timestamp() and s.disabled_at is null`,
    [tokenHash],
  );
  const [row] = rows;
  return row ? staffOf(row) : null;
}

/** Ends a session. */
export async function closeSession(db: Queryable, tokenHash: string): Promise<void> {
  await db.rows(`delete from staff_session ss where ss.token_hash = $1`, [tokenHash]);
}
