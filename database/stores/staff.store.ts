import type { StaffId } from '../../domain/ids.ts';
import type { Instant } from '../../domain/instant.ts';
import type { Transaction } from '../in-transaction.ts';
import { newId } from '../new-id.ts';
import type { Queryable } from '../pool.ts';

/** A person at the vendor who may sign in. */
export interface StaffMember {
  readonly id: StaffId;
  readonly email: string;
  readonly name: string;
  readonly role: 'pm' | 'support' | 'admin';
  readonly mayControl: boolean;
  readonly disabledAt: Instant | null;
}

/** A person who is let in from now on. */
export interface NewStaffMember extends Pick<StaffMember, 'name' | 'role' | 'mayControl'> {
  readonly email: string;
  readonly passwordHash: string;
  readonly actor: string;
}

/** Adds a person; null when the address is taken. */
export async function addStaff(
  tx: Transaction,
  person: NewStaffMember,
): Promise<StaffMember | null> {
  const rows = await tx.rows<StaffRow>(
    `insert into staff as s (id, email, name, role, may_control, password_hash, created_at)
     values ($1, $2, $3, $4, $5, $6, $7)
     on conflict (email) do nothing
     returning s.id, s.email, s.name, s.role, s.may_control, s.disabled_at`,
    [
      newId<StaffId>(),
      person.email.toLowerCase(),
      person.name,
      person.role,
      person.mayControl,
      person.passwordHash,
      await tx.now(),
    ],
  );
  const [row] = rows;
  if (!row) return null;
  tx.record({
    kind: 'staff.added',
    actor: person.actor,
    facts: { staffId: row.id, role: row.role },
  });
  return staffOf(row);
}

/** Ends a person's access and all that is signed in; null when there is no such person. */
export async function disableStaff(
  tx: Transaction,
  order: { readonly id: StaffId; readonly actor: string },
): Promise<StaffMember | null> {
  const rows = await tx.rows<StaffRow>(
    `update staff as s
     set disabled_at = coalesce(s.disabled_at, $2)
     where s.id = $1
     returning s.id, s.email, s.name, s.role, s.may_control, s.disabled_at`,
    [order.id, await tx.now()],
  );
  const [row] = rows;
  if (!row) return null;
  await tx.rows(`delete from staff_session ss where ss.staff_id = $1`, [order.id]);
  tx.record({ kind: 'staff.disabled', actor: order.actor, facts: { staffId: row.id } });
  return staffOf(row);
}

/** Everybody, by name. */
export async function listStaff(db: Queryable): Promise<readonly StaffMember[]> {
  const rows = await db.rows<StaffRow>(
    `select s.id, s.email, s.name, s.role, s.may_control, s.disabled_at
     from staff s
     order by s.name, s.email`,
  );
  return rows.map((row) => staffOf(row));
}

/** What a sign-in is checked against; null for an address nobody has. */
export async function findForSignIn(
  db: Queryable,
  email: string,
): Promise<{ readonly person: StaffMember; readonly passwordHash: string } | null> {
  const rows = await db.rows<StaffRow & { readonly password_hash: string }>(
    `select s.id, s.email, s.name, s.role, s.may_control, s.disabled_at, s.password_hash
     from staff s
     where s.email = $1`,
    [email.toLowerCase()],
  );
  const [row] = rows;
  return row ? { person: staffOf(row), passwordHash: row.password_hash } : null;
}

/** One person as the database holds them. */
export interface StaffRow {
  readonly id: StaffId;
  readonly email: string;
  readonly name: string;
  readonly role: StaffMember['role'];
  readonly may_control: boolean;
  readonly disabled_at: Instant | null;
}

/** The person of a row. */
export function staffOf(row: StaffRow): StaffMember {
  return {
    id: row.id,
    email: row.email,
    name: row.name,
    role: row.role,
    mayControl: row.may_control,
    disabledAt: row.disabled_at,
  };
}
