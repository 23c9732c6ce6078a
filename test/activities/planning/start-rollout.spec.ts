import { makePlan } from '../../../activities/planning/make-plan.ts';
import { startRollout } from '../../../activities/planning/start-rollout.ts';
import { demoPolicy } from '../../../domain/rollout/seeded-policies.ts';
import { insertClient } from '../../support/client-fixture.ts';
import {
  eventKinds,
  openPlanningWorld,
  type PlanningWorld,
  savePolicyDocument,
  statesOf,
} from './planning-world.ts';

let world: PlanningWorld;

beforeEach(async () => {
  world = await openPlanningWorld();
});
afterEach(() => world.close());

async function planAll() {
  const { changeId } = world;
  const order = { changeId, clients: { all: true }, policyName: 'demo', actor: 'pm' };
  const answer = await makePlan(world, order);
  if (answer.kind === 'refused') throw new Error(answer.message);
  return answer;
}

it('plans every active client with its dates, in cohort and key order', async () => {
  const answer = await planAll();

  const { clients, summary } = answer.description;
  expect(clients.map(({ key, cohort }) => [key, cohort])).toEqual([
    ['ash', 'Pilot'],
    ['birch', 'Pilot'],
    ['cedar', 'Rest'],
    ['dogwood', 'Rest'],
  ]);
  expect(
    clients.every(({ slotStart, reasons }) => slotStart !== null && reasons.length === 0),
  ).toBe(true);
  expect(summary).toBe('4 standard, 0 differ');
});

it('starts the plan that was seen: cohorts, clients in plan order, and a wake for each loop', async () => {
  const { planId, hash } = await planAll();

  const answer = await startRollout(world, { planId, hash, name: 'First', actor: 'pm' });

  if (answer.kind === 'refused') throw new Error(answer.message);
  const { rolloutId } = answer;
  expect(await statesOf(world, rolloutId)).toEqual({
    ash: 'planned',
    birch: 'planned',
    cedar: 'planned',
    dogwood: 'planned',
  });
  const [rollout] = await world.pool.rows(
    `select r.name, r.state, r.build_id, r.plan_id from rollout r where r.id = $1`,
    [rolloutId],
  );
  const { buildId } = world;
  expect(rollout).toEqual({ name: 'First', state: 'running', build_id: buildId, plan_id: planId });
  const wakes = await world.pool.rows<{ workflow_id: string }>(
    `select w.workflow_id from wake w where w.workflow_id like 'rollout/%' order by w.plan_order`,
  );
  expect(wakes.map(({ workflow_id }) => workflow_id)).toEqual([
    `rollout/${rolloutId}`,
    ...world.clients.map(({ clientId }) => `rollout/${rolloutId}/client/${clientId}`),
  ]);
  expect(await eventKinds(world, 'rollout.%')).toEqual(['rollout.running']);
});

it('starts before there is a build', async () => {
  await world.pool.rows(`delete from build b where b.change_id is not null`);
  const { planId, hash } = await planAll();

  const answer = await startRollout(world, { planId, hash, actor: 'pm' });

  expect(answer.kind).toBe('started');
});

it('refuses a plan with the difference when facts have changed since', async () => {
  const { planId, hash } = await planAll();
  await insertClient(world.pool, { key: 'elm', tags: ['pilot'] });

  const answer = await startRollout(world, { planId, hash, actor: 'pm' });

  expect(answer).toMatchObject({ kind: 'refused', code: 'PLAN_STALE', rolloutId: null });
  expect(answer).toMatchObject({
    difference: expect.arrayContaining([expect.objectContaining({ key: 'elm', what: 'added' })]),
  });
  expect(await eventKinds(world, 'refused.%')).toEqual(['refused.start']);
});

it('refuses a plan whose policy was changed since, although the dates are the same', async () => {
  const { planId, hash } = await planAll();
  await savePolicyDocument(world, { ...demoPolicy, pauseAfterFailures: 7 });

  const answer = await startRollout(world, { planId, hash, actor: 'pm' });

  expect(answer).toMatchObject({ kind: 'refused', code: 'PLAN_STALE', difference: [] });
});

it('refuses the hash of another plan', async () => {
  const { planId } = await planAll();

  const answer = await startRollout(world, { planId, hash: 'sha256:other', actor: 'pm' });

  expect(answer).toMatchObject({ kind: 'refused', code: 'PLAN_HASH_MISMATCH' });
});

it('refuses a plan whose notices can no longer leave in time', async () => {
  const { planId, hash } = await planAll();
  const later = { ...world.database, clock: { now: () => inAnHour() } };

  const answer = await startRollout({ database: later }, { planId, hash, actor: 'pm' });

  expect(answer).toMatchObject({ kind: 'refused', code: 'PLAN_EXPIRED' });
});

it('makes one rollout of two starts at once; the second is told which', async () => {
  const { planId, hash } = await planAll();

  const answers = await Promise.all([
    startRollout(world, { planId, hash, actor: 'pm' }),
    startRollout(world, { planId, hash, actor: 'pm' }),
  ]);

  const started = answers.filter(({ kind }) => kind === 'started');
  const refused = answers.filter(({ kind }) => kind === 'refused');
  expect(started).toHaveLength(1);
  expect(refused).toEqual([
    expect.objectContaining({ code: 'PLAN_ALREADY_STARTED', rolloutId: started[0]?.rolloutId }),
  ]);
  const [count] = await world.pool.rows<{ n: number }>(`select count(*) as n from rollout`);
  expect(count?.n).toBe(1);
});

it('answers a repeated start like the first when the order says that it may be repeated', async () => {
  const { planId, hash } = await planAll();
  const first = await startRollout(world, { planId, hash, actor: 'pm', idempotent: true });

  const second = await startRollout(world, { planId, hash, actor: 'pm', idempotent: true });

  expect(second).toEqual({ ...first, isNew: false });
});

it('keeps a client that another rollout has planned out of that time', async () => {
  const first = await planAll();
  await startRollout(world, { planId: first.planId, hash: first.hash, actor: 'pm' });
  await world.pool.rows(
    `update client_rollout set slot_latest_end = slot_start + interval '1 minute'`,
  );

  const second = await planAll();

  const starts = new Map(first.description.clients.map(({ key, slotStart }) => [key, slotStart]));
  for (const { key, slotStart } of second.description.clients) {
    const apart = Date.parse(slotStart ?? '') - Date.parse(starts.get(key) ?? '');
    expect(Math.abs(apart)).toBeGreaterThanOrEqual(60_000);
  }
});

it('says which named client does not exist instead of leaving it out', async () => {
  const order = { changeId: world.changeId, policyName: 'demo', actor: 'pm' };

  const answer = await makePlan(world, { ...order, clients: { keys: ['ash', 'yew'] } });

  expect(answer).toMatchObject({ kind: 'refused', code: 'CLIENT_NOT_FOUND' });
  expect(answer).toMatchObject({ message: expect.stringContaining('yew') });
});

it('asks for an assessment when no policy is named for a release', async () => {
  const { changeId } = world;

  const answer = await makePlan(world, { changeId, clients: { all: true }, actor: 'pm' });

  expect(answer).toMatchObject({ kind: 'refused', code: 'CHANGE_NOT_ASSESSED' });
});

async function inAnHour() {
  const now = await world.database.clock.now(world.pool);
  return new Date(Date.parse(now) + 3_600_000).toISOString() as typeof now;
}
