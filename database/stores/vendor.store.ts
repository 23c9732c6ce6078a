import type { Transaction } from '../in-transaction.ts';

/** The vendor as every vendor-wide decision finds it. */
export interface Vendor {
  readonly name: string;
  readonly live: boolean;
  readonly maxInFlight: number;
  readonly calendarName: string | null;
}

/** Locks the vendor's row, the first of all locks, and reads it; null before anything was seeded. */
export async function lockVendor(tx: Transaction): Promise<Vendor | null> {
  const rows = await tx.rows<{
    name: string;
    live: boolean;
    max_in_flight: number;
    calendar_name: string | null;
  }>(
    `select v.name, v.live, v.max_in_flight, v.calendar_name
     from vendor v
     where v.id = 1
     for no key update`,
  );
  const [row] = rows;
  if (!row) return null;
  return {
    name: row.name,
    live: row.live,
    maxInFlight: row.max_in_flight,
    calendarName: row.calendar_name,
  };
}

/** Makes the vendor's row unless it is there; true when it was made. */
export async function addVendor(
  tx: Transaction,
  vendor: Omit<Vendor, 'calendarName'> & { readonly actor: string },
): Promise<boolean> {
  const rows = await tx.rows<{ id: number }>(
    `insert into vendor (id, name, live, live_changed_at, live_changed_by, max_in_flight, calendar_name)
     values (1, $1, $2, $3, $4, $5, null)
     on conflict (id) do nothing
     returning id`,
    [vendor.name, vendor.live, await tx.now(), vendor.actor, vendor.maxInFlight],
  );
  return rows.length === 1;
}

/** Switches client mail live or off. The caller holds the vendor's row. */
export async function setLive(
  tx: Transaction,
  order: { readonly live: boolean; readonly actor: string; readonly reason?: string },
): Promise<void> {
  await tx.rows(
    `update vendor as v
     set live = $1, live_changed_at = $2, live_changed_by = $3
     where v.id = 1`,
    [order.live, await tx.now(), order.actor],
  );
  tx.record({
    kind: order.live ? 'vendor.live' : 'vendor.not-live',
    actor: order.actor,
    ...(order.reason === undefined ? {} : { cause: order.reason }),
  });
}
