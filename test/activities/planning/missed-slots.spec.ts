import { createPlanningActivities } from '../../../activities/planning/index.ts';
import { applyPlan, planAgain } from '../../../activities/planning/plan-again.ts';
import type { Policy } from '../../../domain/rollout/policy.ts';
import {
  insertDeployer,
  insertVendor,
  openTestStorage,
  type TestStorage,
} from '../../support/fixtures.ts';
import { type RecordingDesk, recordingDesk } from '../../support/recording-desk.ts';
import { insertRollout, type TestRollout } from '../../support/rollout-fixture.ts';
import { statesOf } from './planning-world.ts';

let storage: TestStorage;
let desk: RecordingDesk;

beforeEach(async () => {
  storage = await openTestStorage();
  desk = recordingDesk();
  await insertVendor(storage.pool);
  await insertDeployer(storage.pool);
});
afterEach(() => storage.close());

/** Two clients whose announced slot is over, and one whose slot is still to come. */
async function rolloutWithLostSlots(missed: Policy['missed']): Promise<TestRollout> {
  const rollout = await insertRollout(storage.pool, {
    clients: [{ key: 'ash' }, { key: 'birch' }, { key: 'cedar' }],
    clientState: 'scheduled',
    policy: { missed },
  });
  await storage.pool.rows(
    `update client_rollout as cr
     set slot_latest_end = cr.slot_start
     from client cl
     where cl.id = cr.client_id and cl.key in ('ash', 'birch')`,
  );
  return rollout;
}

async function missAll(rollout: TestRollout): Promise<void> {
  const acts = createPlanningActivities({ ...storage, desk });
  for (const { clientId, key } of rollout.clients) {
    if (key !== 'cedar') await acts.missSlot({ rolloutId: rollout.rolloutId, clientId });
  }
}

async function attention() {
  return await storage.pool.rows<{
    kind: string;
    text: string;
    actions: string[];
    resolution: string;
  }>(`select a.kind, a.text, a.actions, a.resolution from attention_item a order by a.raised_at`);
}

async function lookAgain({ rolloutId }: TestRollout) {
  return await createPlanningActivities({ ...storage, desk }).planMissedAgain({ rolloutId });
}

it('marks a client that lost its slot as missed, never as failed, and wakes the rollout', async () => {
  const rollout = await rolloutWithLostSlots('ask');

  await missAll(rollout);

  const states = { ash: 'missed', birch: 'missed', cedar: 'scheduled' };
  expect(await statesOf(storage, rollout.rolloutId)).toEqual(states);
  expect(storage.wakes).toContain(rollout.workflowId);
});

it('asks a person once about all clients that missed their slots', async () => {
  const rollout = await rolloutWithLostSlots('ask');
  await missAll(rollout);

  const step = await lookAgain(rollout);
  await lookAgain(rollout);

  expect(step.kind).toBe('wait');
  expect(await attention()).toEqual([
    expect.objectContaining({
      kind: 'missed-slots',
      text: expect.stringContaining('2 clients have missed the slot'),
      actions: ['plan-again', 'skip'],
    }),
  ]);
});

it('shows who moves from when to when before anything moves', async () => {
  const rollout = await rolloutWithLostSlots('ask');
  await missAll(rollout);
  const { rolloutId } = rollout;

  const order = {
    rolloutId,
    clients: 'missed',
    actor: 'pm',
    reason: 'the evening was full',
  } as const;
  const proposal = await planAgain(storage, order);

  expect(proposal).toMatchObject({
    kind: 'proposed',
    moves: [
      { key: 'ash', toldAgain: true, reasons: [] },
      { key: 'birch', toldAgain: true, reasons: [] },
    ],
  });
  const states = { ash: 'missed', birch: 'missed', cedar: 'scheduled' };
  expect(await statesOf(storage, rolloutId)).toEqual(states);
  expect(desk.calls).toEqual([]);
});

it('gives the new dates, tells them, and settles the question', async () => {
  const rollout = await rolloutWithLostSlots('ask');
  await missAll(rollout);
  await lookAgain(rollout);
  const { rolloutId } = rollout;
  const order = {
    rolloutId,
    clients: 'missed',
    actor: 'pm',
    reason: 'the evening was full',
  } as const;
  const proposal = await planAgain(storage, order);
  if (proposal.kind === 'refused') throw new Error(proposal.message);
  const { planId, hash } = proposal;

  const applied = await applyPlan({ ...storage, desk }, { rolloutId, planId, hash, actor: 'pm' });

  expect(applied.kind).toBe('applied');
  const states = { ash: 'agreed', birch: 'agreed', cedar: 'scheduled' };
  expect(await statesOf(storage, rolloutId)).toEqual(states);
  const rows = await storage.pool.rows<{ slot_number: number; ahead: boolean }>(
    `select cr.slot_number, cr.slot_start > clock_timestamp() as ahead
     from client_rollout cr
     order by cr.plan_position`,
  );
  expect(rows).toEqual([
    { slot_number: 2, ahead: true },
    { slot_number: 2, ahead: true },
    { slot_number: 1, ahead: false },
  ]);
  expect(desk.calls.map(({ verb }) => verb)).toEqual(['moveDate', 'moveDate']);
  expect(desk.calls[0]?.about).toMatchObject({ reason: 'the evening was full' });
  expect(await attention()).toEqual([expect.objectContaining({ resolution: 'planned again' })]);
});

it('applies a proposal once', async () => {
  const rollout = await rolloutWithLostSlots('ask');
  await missAll(rollout);
  const { rolloutId } = rollout;
  const proposal = await planAgain(storage, {
    rolloutId,
    clients: 'missed',
    actor: 'pm',
    reason: 'late',
  });
  if (proposal.kind === 'refused') throw new Error(proposal.message);
  const order = { rolloutId, planId: proposal.planId, hash: proposal.hash, actor: 'pm' };

  const answers = await Promise.all([
    applyPlan({ ...storage, desk }, order),
    applyPlan({ ...storage, desk }, order),
  ]);

  expect(answers.map(({ kind }) => kind).sort()).toEqual(['applied', 'refused']);
  expect(answers).toContainEqual(expect.objectContaining({ code: 'PLAN_ALREADY_APPLIED' }));
});

it('plans again by itself where the policy says so, at most once per interval', async () => {
  const rollout = await rolloutWithLostSlots('plan-again');
  await missAll(rollout);

  await lookAgain(rollout);
  await storage.pool.rows(`update client_rollout set state = 'missed' where plan_position = 1`);
  const step = await lookAgain(rollout);

  expect(step).toMatchObject({ kind: 'wait', then: 'planMissedAgain' });
  expect(step).toMatchObject({ sleepMs: expect.any(Number) });
  expect(desk.calls).toHaveLength(2);
  const [plans] = await storage.pool.rows<{ n: number }>(
    `select count(*) as n from plan p where p.applied_at is not null`,
  );
  expect(plans?.n).toBe(1);
});

it('leaves a client without any possible date to a person', async () => {
  const rollout = await rolloutWithLostSlots('plan-again');
  await storage.pool.rows(
    `update plan as p set input = '{"latestDate": "2020-01-01"}' where p.rollout_id = $1`,
    [rollout.rolloutId],
  );
  await missAll(rollout);

  await lookAgain(rollout);

  expect(await attention()).toEqual([expect.objectContaining({ kind: 'missed-slots' })]);
  const states = { ash: 'missed', birch: 'missed', cedar: 'scheduled' };
  expect(await statesOf(storage, rollout.rolloutId)).toEqual(states);
});

it('refuses other dates for clients that are not in the rollout', async () => {
  const { rolloutId } = await rolloutWithLostSlots('ask');

  const order = { rolloutId, clients: ['yew'], actor: 'pm', reason: 'wish' };
  const answer = await planAgain(storage, order);

  expect(answer).toMatchObject({ kind: 'refused', code: 'CLIENT_NOT_MOVABLE' });
});
