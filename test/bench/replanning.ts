import { instantToLocal } from '../../domain/calendar/zone.ts';
import { plan } from '../../domain/rollout/plan.ts';
import type { PlanClient, PlanContent, PlanInput } from '../../domain/rollout/plan-input.ts';
import { fleetInput, freezeDocument } from './fleet.ts';
import { type BenchOptions, type PartReport, spread, timed } from './part.ts';

const freeze = { id: 'new freeze', from: '2026-12-08', until: '2026-12-12' };

/** Planning a large fleet again after one client froze: only who is hit may move. */
export function measurePart(options: BenchOptions): Promise<PartReport> {
  const clients = options.clients ?? 10_000;
  const input = fleetInput(clients, options.seed ?? 1);
  const before = timed(() => plan(input));
  const again = withFreeze(withDates(input, before.answer), before.answer);
  const rounds = Array.from({ length: options.rounds ?? 3 }, () => timed(() => plan(again.input)));
  const starts = startsOf(before.answer);
  const after = startsOf(rounds[0]?.answer ?? before.answer);
  const moved = [...starts].filter(([key, start]) => after.get(key) !== start).map(([key]) => key);
  const others = moved.filter((key) => key !== again.key);
  const rows = [
    { what: `ms to plan ${clients} clients anew`, found: before.ms.toFixed(0) },
    {
      what: 'ms to plan them again after one freeze',
      found: spread(
        rounds.map(({ ms }) => ms),
        0,
      ),
    },
    { what: 'ratio', found: spread(rounds.map(({ ms }) => ms / before.ms)) },
    { what: 'who moves', found: `${moved.length}; not hit by the freeze: ${others.length}` },
  ];
  const wrong = [
    ...others.slice(0, 10).map((key) => `${key} moves although the freeze does not hit it`),
    ...(moved.includes(again.key) ? [] : [`${again.key} keeps a date inside its freeze`]),
  ];
  return Promise.resolve({ rows, wrong });
}

function withDates(input: PlanInput, { clients }: PlanContent): PlanInput {
  const planned = new Map(clients.map(({ key, placement }) => [key, placement]));
  const dated = (client: PlanClient): PlanClient => {
    const placement = planned.get(client.key);
    if (placement?.kind !== 'placed') return client;
    const { slotStart: start, slotLatestEnd: latestEnd } = placement;
    return { ...client, current: { start, latestEnd } };
  };
  return { ...input, clients: input.clients.map(dated) };
}

/** The first client whose date lies in the freeze gets it. */
function withFreeze(
  input: PlanInput,
  content: PlanContent,
): { readonly input: PlanInput; readonly key: string } {
  const zones = new Map(input.clients.map(({ key, zone }) => [key, zone]));
  const hit = content.clients.find(({ key, placement }) => {
    if (placement.kind !== 'placed') return false;
    const { local } = instantToLocal(zones.get(key) ?? 'UTC', placement.slotStart);
    return freeze.from <= local && local < freeze.until;
  });
  if (!hit) throw new Error('nobody is planned inside the freeze');
  const calendars = {
    ...input.calendars,
    [freeze.id]: freezeDocument(freeze.from, freeze.until),
  };
  const clients = input.clients.map((client) =>
    client.key === hit.key
      ? {
          ...client,
          layers: [...client.layers, { layer: 'freeze', calendarId: freeze.id } as const],
        }
      : client,
  );
  return { input: { ...input, calendars, clients }, key: hit.key };
}

function startsOf({ clients }: PlanContent): ReadonlyMap<string, string> {
  return new Map(
    clients.flatMap(({ key, placement }) =>
      placement.kind === 'placed' ? [[key, placement.slotStart] as const] : [],
    ),
  );
}
