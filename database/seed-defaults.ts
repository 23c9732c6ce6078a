import { seededCalendars } from '../domain/rollout/seeded-calendars.ts';
import { seededPolicies } from '../domain/rollout/seeded-policies.ts';
import { type Database, inTransaction, type Transaction } from './in-transaction.ts';
import { readCalendarRevision, saveCalendar } from './stores/calendar.store.ts';
import { readPolicy, savePolicy } from './stores/policy.store.ts';
import { addVendor, lockVendor } from './stores/vendor.store.ts';

/** How a new installation starts. */
export interface VendorSeed {
  readonly name: string;
  /** Whether mail reaches clients from the first day; false wherever any part is real. */
  readonly live: boolean;
  readonly actor: string;
}

/** Makes sure that vendor, calendars and policies exist; run after every migration, by as many as like. */
export async function seedDefaults(
  database: Database,
  seed: VendorSeed = { name: 'Daymark', live: false, actor: 'daymark' },
): Promise<void> {
  await inTransaction(database, (tx) => seedVendor(tx, seed));
}

/** The same inside a transaction. What is there already stays as it is, edited or not. */
export async function seedVendor(tx: Transaction, seed: VendorSeed): Promise<void> {
  await addVendor(tx, { name: seed.name, live: seed.live, maxInFlight: 20, actor: seed.actor });
  // The second of two seeders waits here and then finds everything.
  await lockVendor(tx);
  for (const document of seededCalendars) {
    const name = document.calendar;
    if ((await readCalendarRevision(tx, name)) !== null) continue;
    refuseInvalid(name, await saveCalendar(tx, { name, document, actor: seed.actor }));
  }
  for (const policy of seededPolicies) {
    if ((await readPolicy(tx, policy.name)) !== null) continue;
    refuseInvalid(policy.name, await savePolicy(tx, { document: policy, actor: seed.actor }));
  }
}

function refuseInvalid(name: string, saved: { readonly kind: 'saved' | 'invalid' }): void {
  if (saved.kind === 'invalid') throw new Error(`The seeded "${name}" is not valid`);
}
