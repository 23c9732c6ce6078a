import { setTimeout as pause } from 'node:timers/promises';
import { z } from 'zod';
import { fleetOf } from '../../apps/sandbox/sites/fleet.ts';
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
}, 180_000);

afterAll(async () => {
  await system.close();
}, 60_000);

it('starts nothing after a pause has returned, with two workers and twenty clients due', async () => {
  const clients = fleet.map(({ key }) => key);
  const policy = { ...informedOnly, maxInFlight: 20 };
  const rollout = await startRollout(system, { clients, policy });
  const path = `/v1/rollouts/${rollout.rolloutId}`;
  const started = async (): Promise<number> => {
    const effects = await system.outside.effectsOf(rollout.rolloutId);
    return effects.filter(({ site }) => site === 'production').length;
  };
  await until('a first start', async () => ((await started()) > 0 ? true : null));

  const due = await clientsDue(rollout.rolloutId);
  const body = { reason: 'something looks wrong' };
  await system.api.send({ method: 'POST', path: `${path}/pause`, body }, z.unknown());
  const atReturn = await started();
  await until('nothing under way', async () => {
    const states = Object.values(await clientStates(system, rollout.rolloutId));
    return states.includes('deploying') || states.includes('verifying') ? null : true;
  });
  // Long enough for every sweep, wake and look-up to have had its turn more than once.
  await pause(4_000);
  const muchLater = await started();
  await system.api.send({ method: 'POST', path: `${path}/resume`, body }, z.unknown());
  await untilAllDone(system, rollout.rolloutId);

  expect(due).toBe(clients.length);
  expect(atReturn).toBeLessThan(clients.length);
  expect(muchLater).toBe(atReturn);
  expect(await started()).toBe(clients.length);
  expect(await duplicatesOf(system, rollout.rolloutId)).toEqual({ messages: 0, deployments: 0 });
}, 180_000);

async function clientsDue(rolloutId: string): Promise<number> {
  const schema = z.object({ items: z.array(z.object({ slotStart: z.iso.datetime() })) });
  const { items } = await system.api.get(`/v1/rollouts/${rolloutId}/clients`, schema);
  return items.filter(({ slotStart }) => Date.parse(slotStart) <= Date.now()).length;
}
