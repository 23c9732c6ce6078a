import { instantOf, parseInstant } from '../../../../domain/instant.ts';
import type { PlanClient, PresentSlot } from '../../../../domain/rollout/plan-input.ts';
import { type Planning, planningOf } from '../../../../domain/rollout/planning/planning.ts';
import { duration, planClient, planInput, policyOf } from '../plan-input-of.ts';
import { spansOf } from './candidate-of.ts';

const plannedAt = parseInstant('2026-11-24T17:00:00Z');
/** The instant that many minutes after the planning, in milliseconds. */
export const msOf = (minute: number): number => Date.parse(plannedAt) + minute * 60_000;
/** The minute after the planning. */
export const minuteOf = (ms: number): number => (ms - Date.parse(plannedAt)) / 60_000;
/** Ten minutes from then on. */
export const slot = (minute: number): PresentSlot => ({
  start: instantOf(msOf(minute)),
  latestEnd: instantOf(msOf(minute + 10)),
});
/** A date that was told. */
export const told = (minute: number): Pick<PlanClient, 'keeps'> => ({
  keeps: { ...slot(minute), why: 'told' },
});
/** A date that the client chose. */
export const pinned = (minute: number): Pick<PlanClient, 'pinned'> => ({
  pinned: { ...slot(minute), by: 'client' },
});
/** A date that nobody was told. */
export const loose = (minute: number): Pick<PlanClient, 'current'> => ({ current: slot(minute) });

/** In which minutes after the planning a client may start, between two where it is a pair, and what is known of it. */
export type Known = readonly [
  starts: readonly (number | readonly [number, number])[],
  client?: Partial<PlanClient>,
];

/** Work takes ten minutes, and a cohort is observed for twenty. */
export function world(clients: Readonly<Record<string, Known>>, most = 1): Planning {
  const input = planInput({
    plannedAt,
    policy: policyOf('transparent-release', {
      lead: { duration: duration('PT0S') },
      previewRequired: false,
      worstCase: duration('PT10M'),
      observation: duration('PT20M'),
      maxInFlight: most,
    }),
    calendars: {},
    policyCalendarId: null,
    vendorLimit: most,
    cohorts: ['Pilot', 'Rest', 'Last'].map((name) => ({ name, maxInFlight: null })),
    clients: Object.entries(clients).map(([key, [, client]]) =>
      planClient(key, { deployerLimit: 9, ...client }),
    ),
  });
  const planning = planningOf(input);
  const candidates = planning.candidates.map((each) => {
    const starts = clients[each.client.key]?.[0] ?? [];
    const open = spansOf(
      ...starts.map((start) =>
        typeof start === 'number' ? msOf(start) : ([msOf(start[0]), msOf(start[1])] as const),
      ),
    );
    return { ...each, open };
  });
  return { ...planning, candidates };
}
