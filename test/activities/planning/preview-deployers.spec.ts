import { afterEach, expect, it } from '@jest/globals';
import { makePlan } from '../../../activities/planning/make-plan.ts';
import { planAgain } from '../../../activities/planning/plan-again.ts';
import { startRollout } from '../../../activities/planning/start-rollout.ts';
import { readPlan } from '../../../database/stores/plan.store.ts';
import type { PlanId } from '../../../domain/ids.ts';
import type { ClientOptions } from '../../support/client-fixture.ts';
import { insertDeployer } from '../../support/fixtures.ts';
import { openPlanningWorld, type PlanningWorld } from './planning-world.ts';

let world: PlanningWorld;
afterEach(() => world.close());

const keys = ['ash', 'birch', 'cedar'];

/** Three clients that are all planned at once, as far as their deployers allow. */
async function openWorld(more: ClientOptions): Promise<void> {
  const clients = keys.map((key) => ({ key, ...more }));
  world = await openPlanningWorld({ clients, policy: { maxInFlight: 10 } });
  await insertDeployer(world.pool, { name: 'narrow', maxInFlight: 1 });
  await insertDeployer(world.pool, { name: 'wide', maxInFlight: 3 });
}

async function plan(): Promise<{ readonly planId: PlanId; readonly hash: string }> {
  const { changeId } = world;
  const planned = await makePlan(world, { changeId, policyName: 'demo', actor: 'pm' });
  if (planned.kind === 'refused') throw new Error(planned.message);
  return planned;
}

/** How many different times the previews have, and the productions. */
async function timesIn(planId: PlanId): Promise<readonly number[]> {
  const stored = await readPlan(world.pool, planId);
  const placed = stored!.content.clients.flatMap(({ placement }) =>
    placement.kind === 'placed' ? [placement] : [],
  );
  expect(placed).toHaveLength(keys.length);
  return [
    new Set(placed.map(({ previewAt }) => previewAt)).size,
    new Set(placed.map(({ slotStart }) => slotStart)).size,
  ];
}

it.each<[string, ClientOptions, readonly number[]]>([
  ['previews one by one', { deployer: 'wide', previewDeployer: 'narrow' }, [3, 3]],
  ['previews together', { deployer: 'narrow', previewDeployer: 'wide' }, [1, 3]],
  ['both one by one', { deployer: 'narrow', previewDeployer: 'narrow' }, [3, 3]],
  ['both together', { deployer: 'wide', previewDeployer: 'wide' }, [1, 1]],
])('plans %s by the limits of the deployers in question', async (_, deployers, times) => {
  await openWorld(deployers);
  const { planId } = await plan();

  expect(await timesIn(planId)).toEqual(times);
});

it('keeps to the preview deployer when it plans again', async () => {
  await openWorld({ deployer: 'wide', previewDeployer: 'narrow' });
  const started = await startRollout(world, { ...(await plan()), actor: 'pm' });
  if (started.kind === 'refused') throw new Error(started.message);
  const { rolloutId } = started;
  const order = { rolloutId, clients: keys, actor: 'pm', reason: 'a look' } as const;
  const again = await planAgain(world, order);
  if (again.kind === 'refused') throw new Error(again.message);

  expect((await timesIn(again.planId))[0]).toBe(3);
});
