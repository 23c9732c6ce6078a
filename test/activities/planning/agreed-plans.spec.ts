import { makeAgreement } from '../../../activities/planning/agreements.ts';
import { makePlan } from '../../../activities/planning/make-plan.ts';
import { startRollout } from '../../../activities/planning/start-rollout.ts';
import { hashOfPlan, readPlan } from '../../../database/stores/plan.store.ts';
import { likeDifferences } from '../../../domain/rollout/like-differences.ts';
import { plan } from '../../../domain/rollout/plan.ts';
import { openPlanningWorld, type PlanningWorld } from './planning-world.ts';

let world: PlanningWorld;

beforeEach(async () => {
  world = await openPlanningWorld({ policy: { consent: 'inform' } });
});
afterEach(() => world.close());

async function planned(more: Partial<Parameters<typeof makePlan>[1]> = {}) {
  const { changeId } = world;
  const made = await makePlan(world, { changeId, policyName: 'demo', actor: 'pm', ...more });
  if (made.kind === 'refused') throw new Error(made.message);
  const stored = await readPlan(world.pool, made.planId);
  if (stored === null) throw new Error('the plan is not there');
  return stored;
}

const signed = { source: 'contract', owner: 'pm', actor: 'pm' };

it('plans a client by what it agreed on: its freeze, its lead, and the stricter consent', async () => {
  const ash = { ...signed, clientKey: 'ash' };
  const freeze = { from: '2026-01-01T00:00', to: '2099-01-01T00:00', reason: 'audit' };
  await makeAgreement(world, { ...ash, terms: { kind: 'freeze', document: freeze } });
  const cedar = { ...signed, clientKey: 'cedar' };
  await makeAgreement(world, {
    ...cedar,
    terms: { kind: 'consent', document: { consent: 'approve' } },
  });
  const lead = { lead: { duration: 'PT1M' as never } };
  await makeAgreement(world, { ...cedar, terms: { kind: 'lead', document: lead } });

  const { content, input } = await planned();

  const placements = new Map(content.clients.map((each) => [each.key, each.placement]));
  expect(placements.get('ash')).toMatchObject({
    kind: 'unplaced',
    reasons: expect.arrayContaining([expect.stringContaining('own freeze until')]),
  });
  expect(placements.get('cedar')).toMatchObject({ kind: 'placed' });
  const client = input.clients.find(({ key }) => key === 'cedar');
  expect(client).toMatchObject({ consent: 'approve', agreedLead: { duration: 'PT1M' } });
});

it('gives one hash to one input in any order of its rows', async () => {
  const { input, hash } = await planned();

  const turned = { ...input, clients: input.clients.toReversed(), taken: input.taken.toReversed() };

  expect(hashOfPlan(plan(turned))).toBe(hash);
});

it('plans after another rollout, and says which agreement is new since', async () => {
  const first = await planned({ clients: { keys: ['ash', 'cedar'] } });
  const started = await startRollout(world, { planId: first.id, hash: first.hash, actor: 'pm' });
  if (started.kind === 'refused') throw new Error(started.message);
  const terms = { kind: 'consent', document: { consent: 'object' } } as const;
  await makeAgreement(world, { ...signed, clientKey: 'ash', terms });

  const after = await planned({ like: started.rolloutId });

  expect(after.input.clients.map(({ key }) => key)).toEqual(['ash', 'cedar']);
  expect(likeDifferences(first.input, after.input)).toEqual([
    'consent of ash is object, was inform',
  ]);
});
