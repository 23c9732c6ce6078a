import { inTransaction } from '../../database/in-transaction.ts';
import {
  adoptCalendarRevision,
  type CalendarRevision,
  readCalendarRevision,
  saveCalendar,
  type SavedCalendar,
  setClientCalendar,
  setVendorCalendar,
} from '../../database/stores/calendar.store.ts';
import { lockVendor } from '../../database/stores/vendor.store.ts';
import type { ActDependencies } from '../dependencies.ts';
import { askAboutClosedDates } from './ask-about-closed-dates.ts';
import { effectOfCalendar } from './calendar-effect.ts';
import { lockPartsEverywhere } from './lock-parts-everywhere.ts';
import { type Refusal, refuse } from './refusal.ts';
import { wakeParts } from './wake-parts.ts';

/** A calendar to be saved, with the newest revision that its author has seen; 0 = none, absent = whichever. */
export interface CalendarOrder {
  readonly name: string;
  readonly document: unknown;
  readonly seenRevision?: number | undefined;
  readonly actor: string;
}

export type ChangeCalendarAnswer =
  | SavedCalendar
  /** Somebody else has saved it meanwhile; nothing was overwritten. */
  | { readonly kind: 'changed'; readonly newest: CalendarRevision };

/** Saves a calendar; rollouts that keep to it take the new revision at once, for a freeze must hold at once. */
export async function changeCalendar(
  deps: Pick<ActDependencies, 'database'>,
  order: CalendarOrder,
): Promise<ChangeCalendarAnswer> {
  // Before any lock is held: planning takes longer than locks may.
  const effect = await effectOfCalendar(deps, order);
  return await inTransaction(deps.database, async (tx) => {
    await lockVendor(tx);
    const newest = await readCalendarRevision(tx, order.name);
    const { seenRevision = newest?.revision ?? 0 } = order;
    if (newest !== null && newest.revision !== seenRevision) return { kind: 'changed', newest };
    const saved = await saveCalendar(tx, order);
    if (saved.kind === 'invalid') return saved;
    const parts = await lockPartsEverywhere(tx, 'all');
    await adoptCalendarRevision(tx, { name: order.name, id: saved.id });
    wakeParts(tx, parts);
    await askAboutClosedDates(tx, { parts, actor: order.actor, effect });
    return saved;
  });
}

export type UseCalendarAnswer = { readonly kind: 'used' } | Refusal;

/**
 * Lets the vendor, or one client, keep to a stored calendar, or to none (null). Rollouts that are not over follow
 * at once; dates that no longer fit are missed, never moved silently.
 */
export async function useCalendar(
  deps: Pick<ActDependencies, 'database'>,
  order: {
    readonly of: 'vendor' | { readonly clientKey: string };
    readonly name: string | null;
    readonly actor: string;
  },
): Promise<UseCalendarAnswer> {
  const { of, name, actor } = order;
  return await inTransaction(deps.database, async (tx) => {
    const attempt = { verb: 'use-calendar', actor } as const;
    await lockVendor(tx);
    const calendar = name === null ? null : await readCalendarRevision(tx, name);
    if (name !== null && calendar === null) return refuse(tx, attempt, noSuchCalendar(name));
    const parts = await lockPartsEverywhere(tx, 'all');
    if (of === 'vendor') await setVendorCalendar(tx, calendar);
    else if (!(await setClientCalendar(tx, of.clientKey, calendar))) {
      return refuse(tx, attempt, noSuchClient(of.clientKey));
    }
    const whose = of === 'vendor' ? 'the vendor' : of.clientKey;
    tx.record({ kind: 'calendar.used', actor, facts: { whose, calendar: name } });
    wakeParts(tx, parts);
    await askAboutClosedDates(tx, { parts, actor });
    return { kind: 'used' };
  });
}

function noSuchCalendar(name: string) {
  const message = `Calendar "${name}" does not exist; save it, or name another.`;
  return { code: 'CALENDAR_NOT_FOUND', message };
}

function noSuchClient(key: string) {
  const message = `There is no client "${key}"; look at the list of clients.`;
  return { code: 'CLIENT_NOT_FOUND', message };
}
