import { plusMs } from '../../domain/instant.ts';
import type { Transaction } from '../in-transaction.ts';

/** A duty that one process at a time has, for a while. */
export interface LeaseRequest {
  readonly name: string;
  /** Unique to one process run. */
  readonly holder: string;
  readonly forMs: number;
}

/** Takes a lease or prolongs one's own; false while somebody else has it. */
export async function takeLease(tx: Transaction, request: LeaseRequest): Promise<boolean> {
  const now = await tx.now();
  const rows = await tx.rows<{ name: string }>(
    `insert into lease as l (name, holder, until)
     values ($1, $2, $3)
     on conflict (name) do update set holder = excluded.holder, until = excluded.until
       where l.holder = excluded.holder or l.until <= $4
     returning l.name`,
    [request.name, request.holder, plusMs(now, request.forMs), now],
  );
  return rows.length === 1;
}

/** Gives a lease back, so that the next process need not wait until it runs out. */
export async function releaseLease(
  tx: Transaction,
  { name, holder }: Pick<LeaseRequest, 'name' | 'holder'>,
): Promise<void> {
  await tx.rows(`delete from lease as l where l.name = $1 and l.holder = $2`, [name, holder]);
}
