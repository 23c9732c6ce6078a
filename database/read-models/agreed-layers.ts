import type { CalendarLayer } from '../../domain/calendar/calendar-layer.ts';
import type { LocalDate } from '../../domain/instant.ts';
import type { CalendarShelf } from '../calendar-shelf.ts';

/** An agreement that is a layer of its own, with the days of the client's zone that it holds on. */
export interface AgreedLayerRow {
  readonly id: string;
  readonly kind: 'freeze' | 'calendar';
  readonly since: LocalDate;
  readonly expires: LocalDate | null;
}

/** Freezes and agreed calendars of a client that were not ended, as JSON; freezes first, null = none. */
export function selectAgreedLayers(clientId: string, isCritical: string): string {
  return `(
    select jsonb_agg(
      jsonb_build_object('id', ag.id, 'kind', ag.kind, 'since', ag.since, 'expires', ag.expires)
      order by ag.kind desc, ag.created_at, ag.id)
    from agreement ag
    where ag.client_id = ${clientId} and ag.kind in ('freeze', 'calendar')
      and (ag.binds_critical or not ${isCritical})
      and not exists (select 1 from agreement_end ae where ae.agreement_id = ag.id)
  )`;
}

/** A freeze closes what it names; an agreed calendar stands instead of the vendor's allow rules while it holds. */
export function agreedLayersOf(
  rows: readonly AgreedLayerRow[] | null,
  shelf: CalendarShelf,
): readonly CalendarLayer[] {
  return (rows ?? []).flatMap(({ id, kind, since, expires }) => {
    if (kind === 'freeze') return shelf.layer('freeze', id);
    const valid = { since, ...(expires !== null && { until: expires }) };
    return shelf
      .layer('agreement', id)
      .map((each) => ({ ...each, replacesAllow: true as const, valid }));
  });
}
