import { inTransaction } from '../../database/in-transaction.ts';
import {
  adoptCalendarRevision,
  saveCalendar,
  type SavedCalendar,
} from '../../database/stores/calendar.store.ts';
import { lockParts } from '../../database/stores/client-part.store.ts';
import { lockUnfinishedRollouts } from '../../database/stores/rollout.store.ts';
import { lockVendor } from '../../database/stores/vendor.store.ts';
import type { ActDependencies } from '../dependencies.ts';
import { wakeParts } from './wake-parts.ts';

/** Saves a calendar; rollouts that keep to it take the new revision at once, for a freeze must hold at once. */
export async function changeCalendar(
  deps: Pick<ActDependencies, 'database'>,
  order: { readonly name: string; readonly document: unknown; readonly actor: string },
): Promise<SavedCalendar> {
  return await inTransaction(deps.database, async (tx) => {
    await lockVendor(tx);
    const saved = await saveCalendar(tx, order);
    if (saved.kind === 'invalid') return saved;
    const rolloutIds = await lockUnfinishedRollouts(tx);
    const parts = [];
    for (const rolloutId of rolloutIds) parts.push(...(await lockParts(tx, rolloutId, 'all')));
    await adoptCalendarRevision(tx, { name: order.name, id: saved.id });
    wakeParts(tx, parts);
    return saved;
  });
}
