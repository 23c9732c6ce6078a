import { openTimeOf, scopeLayers } from '../../calendar/calendar-layer.ts';
import { dayMs } from '../../calendar/local-time.ts';
import { durationMs } from '../../duration.ts';
import { epochMsOf } from '../../instant.ts';
import type { ClientId } from '../../ids.ts';
import type { PlanClient, PlanInput } from '../plan-input.ts';
import { type CalendarOf, needsPreview } from './client-side.ts';
import { type Places, freePlaces, type Seat } from './places.ts';
import { firstSpanFrom, type StartSpan } from './start-span.ts';

/** How long preview time is looked for. */
const previewDays = 120;

/**
 * When each client's preview is deployed: as early as the preview calendar and the limits allow, in the given
 * order. A client without an entry finds no time; one that needs no preview has it behind it at once.
 */
export function previewSlots(
  input: PlanInput,
  clients: readonly PlanClient[],
  calendarOf: CalendarOf,
): ReadonlyMap<ClientId, number> {
  const plannedMs = epochMsOf(input.plannedAt);
  const worstCaseMs = durationMs(input.policy.worstCase);
  const limit = input.previewLimit;
  const limits = { vendor: limit, rollout: limit, cohorts: [] };
  const places = freePlaces(limits, worstCaseMs);
  const openIn = previewTime(input, calendarOf);
  const slots = new Map<ClientId, number>();
  // Nobody with the same limits can be earlier than the last one was.
  const reached = new Map<string, number>();
  for (const client of clients) {
    if (!needsPreview(input, client)) {
      slots.set(client.clientId, plannedMs);
      continue;
    }
    const { zone } = client;
    const { name: deployer, limit: deployerLimit } = previewDeployerOf(client);
    const seat = { cohort: 0, deployer, deployerLimit };
    const like = `${zone} ${deployer} ${deployerLimit}`;
    const start = firstFreeStart(openIn(zone), reached.get(like) ?? plannedMs, { places, seat });
    if (start === undefined) continue;
    reached.set(like, start);
    places.take(seat, start);
    slots.set(client.clientId, start);
  }
  return slots;
}

/** The first start from an instant on at which a place is free; nothing when there is none. */
export function firstFreeStart(
  spans: readonly StartSpan[],
  from: number,
  { places, seat }: { readonly places: Places; readonly seat: Seat },
): number | undefined {
  for (let index = firstSpanFrom(spans, from); index < spans.length; index++) {
    const span = spans[index];
    if (span === undefined) break;
    for (let at = Math.max(span.first, from); at <= span.last; at = places.nextChange(at)) {
      if (places.isFree(seat, at)) return at;
    }
  }
  return undefined;
}

function previewDeployerOf(client: PlanClient): NonNullable<PlanClient['previewDeployer']> {
  return client.previewDeployer ?? { name: client.deployer, limit: client.deployerLimit };
}

function previewTime(
  input: PlanInput,
  calendarOf: CalendarOf,
): (zone: string) => readonly StartSpan[] {
  const { previewCalendarId, changeKind, critical } = input;
  const start = epochMsOf(input.plannedAt);
  const range = { start, end: start + previewDays * dayMs };
  if (previewCalendarId === null) {
    const always = [{ first: start, last: range.end, stretchEnd: range.end }];
    return () => always;
  }
  const layer = calendarOf('preview', previewCalendarId);
  const worstCaseMs = durationMs(input.policy.worstCase);
  const byZone = new Map<string, readonly StartSpan[]>();
  return (zone) => {
    const scope = { kind: critical ? 'hotfix' : changeKind, clientZone: zone };
    const known =
      byZone.get(zone) ??
      openTimeOf(scopeLayers([layer], scope))(range).map(({ start: first, end }) => ({
        first,
        last: end - worstCaseMs,
        stretchEnd: end,
      }));
    byZone.set(zone, known);
    return known;
  };
}
