import { afterEach, expect, it } from '@jest/globals';
import { makePlan } from '../../../activities/planning/make-plan.ts';
import { inTransaction } from '../../../database/in-transaction.ts';
import { translateNotes } from '../../../database/stores/build.store.ts';
import { readPlan } from '../../../database/stores/plan.store.ts';
import type { PlanWarning } from '../../../domain/rollout/plan-input.ts';
import { openPlanningWorld, type PlanningWorld } from './planning-world.ts';

let world: PlanningWorld;
afterEach(() => world.close());

async function warnings(): Promise<readonly PlanWarning[]> {
  const { changeId } = world;
  const planned = await makePlan(world, { changeId, policyName: 'demo', actor: 'pm' });
  if (planned.kind === 'refused') throw new Error(planned.message);
  return (await readPlan(world.pool, planned.planId))!.content.warnings;
}

it('names each client and the language that the newest build has no notes in, until it has some', async () => {
  world = await openPlanningWorld({
    clients: [{ key: 'ash' }, { key: 'orme', locale: 'fr' }, { key: 'tilleul', locale: 'fr' }],
  });
  const before = await warnings();
  const [build] = await world.pool.rows<{ version: string }>(
    `select b.version from build b where b.id = $1`,
    [world.buildId],
  );
  await inTransaction(world.database, (tx) =>
    translateNotes(tx, {
      version: build!.version,
      locale: 'fr',
      markdown: 'Les cartes vont plus vite.',
      actor: 'pm',
    }),
  );

  expect(before).toEqual([
    { key: 'orme', warning: 'no release notes in fr' },
    { key: 'tilleul', warning: 'no release notes in fr' },
  ]);
  expect(await warnings()).toEqual([]);
});
