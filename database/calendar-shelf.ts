import { type CalendarLayer, layerFrom } from '../domain/calendar/calendar-layer.ts';
import type { ClientTime } from '../domain/calendar/notice-deadline.ts';
import { type AgreementTerms, calendarOfTerms } from '../domain/client/agreement.ts';
import type { Queryable } from './pool.ts';

/**
 * Calendar revisions and agreements, read once and kept: neither ever changes, so decisions compare ids only and no
 * calendar is loaded while locks are held (save for the very first time).
 */
export interface CalendarShelf {
  readonly fetch: (db: Queryable, ids: readonly (string | null)[]) => Promise<void>;
  /** The layer of a revision that was fetched; null id = this layer has no calendar and closes nothing. */
  readonly layer: (layer: string, id: string | null) => readonly CalendarLayer[];
  /** A client's business days: those of its calendar, else Monday to Friday, nine to five. */
  readonly clientTime: (id: string | null, zone: string) => ClientTime;
  readonly document: (id: string) => unknown;
}

/** An empty shelf; one per process is enough. */
export function calendarShelf(): CalendarShelf {
  const documents = new Map<string, unknown>();
  const layers = new Map<string, CalendarLayer>();
  const layerOf = (layer: string, id: string): CalendarLayer => {
    const key = `${layer} ${id}`;
    const known = layers.get(key) ?? layerFrom(layer, documents.get(id));
    layers.set(key, known);
    return known;
  };
  const plain = layerFrom('client', { zone: 'UTC' }).calendar;
  return {
    fetch: async (db, ids) => {
      const missing = ids.filter((id) => id !== null && !documents.has(id));
      if (missing.length === 0) return;
      for (const row of await db.rows<DocumentRow>(selectDocuments, [[...new Set(missing)]])) {
        documents.set(row.id, documentOf(row));
      }
    },
    layer: (layer, id) => (id === null ? [] : [layerOf(layer, id)]),
    clientTime: (id, zone) => ({
      calendar: id === null ? plain : layerOf('client', id).calendar,
      zone,
    }),
    document: (id) => documents.get(id),
  };
}

const selectDocuments = `
  select c.id, null as agreement, c.document
  from calendar c
  where c.id = any($1)
  union all
  select ag.id, ag.kind, ag.document
  from agreement ag
  where ag.id = any($1)`;

interface DocumentRow {
  readonly id: string;
  /** The kind of an agreement; null for a revision of a calendar. */
  readonly agreement: AgreementTerms['kind'] | null;
  readonly document: unknown;
}

function documentOf({ agreement, document }: DocumentRow): unknown {
  if (agreement === null) return document;
  // The terms were checked when they were stored.
  return calendarOfTerms({ kind: agreement, document } as AgreementTerms);
}
