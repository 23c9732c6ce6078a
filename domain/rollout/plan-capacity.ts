import { epochMsOf, type LocalDate } from '../instant.ts';
import { durationMs } from '../duration.ts';
import { layerFrom } from '../calendar/calendar-layer.ts';
import { startOf } from './plan-difference.ts';
import type { PlanContent, PlanInput } from './plan-input.ts';
import { localDateOf } from './planning/open-time-of-clients.ts';
import { stepCounter } from './planning/step-counter.ts';

/** How full one day of the vendor is. */
export interface DayCapacity {
  /** In the vendor's zone. */
  readonly date: LocalDate;
  readonly slots: number;
  /** Their names, in order of time. */
  readonly clients: readonly string[];
  /** The most deployments at once by starts of this day, those of other rollouts included. */
  readonly busiest: number;
  readonly limit: number;
}

/** The days on which a plan has slots, in order. */
export function planCapacity(input: PlanInput, content: PlanContent): readonly DayCapacity[] {
  const zone = vendorZone(input);
  const worstCaseMs = durationMs(input.policy.worstCase);
  const counter = stepCounter();
  for (const { start, end } of input.taken) counter.add(epochMsOf(start), epochMsOf(end), 1);
  const nameOf = new Map(input.clients.map(({ key, name }) => [key, name]));
  const slots = content.clients
    .flatMap((client) => {
      const start = startOf(client);
      if (start === null) return [];
      return [{ at: epochMsOf(start), name: nameOf.get(client.key) ?? client.key }];
    })
    .sort((a, b) => a.at - b.at || (a.name < b.name ? -1 : 1));
  for (const { at } of slots) counter.add(at, at + worstCaseMs, 1);
  const days = Map.groupBy(slots, ({ at }) => localDateOf(at, zone));
  return [...days].map(([date, each]) => ({
    date,
    slots: each.length,
    clients: each.map(({ name }) => name),
    busiest: Math.max(...each.map(({ at }) => counter.mostIn(at, at + worstCaseMs))),
    limit: input.vendorLimit,
  }));
}

/** The zone that the vendor's days are in: its calendar's, else the policy's; else that of most clients. */
function vendorZone({ vendorCalendarId, policyCalendarId, calendars, clients }: PlanInput): string {
  const zones = [vendorCalendarId, policyCalendarId].flatMap((id) =>
    id === null ? [] : [layerFrom('vendor', calendars[id]).calendar.zone],
  );
  const own = zones.find((zone) => zone !== 'client');
  if (own !== undefined) return own;
  const counted = [...Map.groupBy(clients, ({ zone }) => zone)];
  const [most] = counted.sort(([a, x], [b, y]) => y.length - x.length || (a < b ? -1 : 1));
  return most?.[0] ?? 'UTC';
}
