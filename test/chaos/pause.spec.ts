import { setTimeout as pause } from 'node:timers/promises';
import { z } from 'zod';
import { fleetOf } from '../../apps/sandbox/sites/fleet.ts';
import type { Duration } from '../../domain/duration.ts';
import {
  clientStates,
  duplicatesOf,
  startRollout,
  until,
  untilAllDone,
} from '../support/running-rollout.ts';
import { startSystem, type TestSystem } from '../support/system.ts';
import { informedOnly } from './quick-policy.ts';

const fleet = fleetOf(20);
let system: TestSystem;

beforeAll(async () => {
  system = await startSystem({ workers: 2, fleet, workMs: 2_000 });
}, 540_000);

afterAll(async () => {
  await system.close();
}, 180_000);

it('starts nothing after a pause has returned, with two workers and twenty clients due', async () => {
  const clients = fleet.map(({ key }) => key);
  // Twenty previews and notices take their time; none of them may cost its client the first date.
  const previewAllowance = 'PT25S' as Duration;
  const policy = { ...informedOnly, maxInFlight: 20, previewAllowance };
  const rollout = await startRollout(system, { clients, policy });
  const path = `/v1/rollouts/${rollout.rolloutId}`;
  const started = async (): Promise<number> => {
    const effects = await system.outside.effectsOf(rollout.rolloutId);
    return effects.filter(({ site }) => site === 'production').length;
  };
  const tell = (verb: string, body: object): Promise<unknown> =>
    system.api.send({ method: 'POST', path: `${path}/${verb}`, body }, z.unknown());
  // The deployer takes twelve at once, so previews and dates differ; held, they wait until all have come.
  const held = new Set<string>();
  await until(
    'every client scheduled and held',
    async () => {
      const states = Object.entries(await clientStates(system, rollout.rolloutId));
      const fresh = states.filter(([key, state]) => state === 'scheduled' && !held.has(key));
      const keys = fresh.map(([key]) => key);
      if (keys.length > 0) await tell('holds', { clients: keys, reason: 'all at once' });
      for (const key of keys) held.add(key);
      return held.size === clients.length ? true : null;
    },
    { describe: () => clientStates(system, rollout.rolloutId) },
  );
  await until(
    'every client due',
    async () => ((await clientsDue(rollout.rolloutId)) === clients.length ? true : null),
    { describe: () => clientStates(system, rollout.rolloutId) },
  );
  await tell('releases', { clients });
  await until('a first start', async () => ((await started()) > 0 ? true : null));

  await tell('pause', { reason: 'something looks wrong' });
  const atReturn = await started();
  await until('nothing under way', async () => {
    const states = Object.values(await clientStates(system, rollout.rolloutId));
    return states.includes('deploying') || states.includes('verifying') ? null : true;
  });
  // Long enough for every sweep, wake and look-up to have had its turn more than once.
  await pause(4_000);
  const muchLater = await started();
  await tell('resume', { reason: 'all is well' });
  await untilAllDone(system, rollout.rolloutId);

  expect(atReturn).toBeLessThan(clients.length);
  expect(muchLater).toBe(atReturn);
  expect(await started()).toBe(clients.length);
  expect(await duplicatesOf(system, rollout.rolloutId)).toEqual({ messages: 0, deployments: 0 });
}, 540_000);

async function clientsDue(rolloutId: string): Promise<number> {
  const row = z.object({ slotStart: z.iso.datetime(), state: z.string() });
  const schema = z.object({ items: z.array(row) });
  const { items } = await system.api.get(`/v1/rollouts/${rolloutId}/clients`, schema);
  return items.filter(
    ({ slotStart, state }) => state === 'scheduled' && Date.parse(slotStart) <= Date.now(),
  ).length;
}
