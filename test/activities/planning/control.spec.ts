import { setTimeout as sleep } from 'node:timers/promises';
import { holdClients, releaseClients } from '../../../activities/planning/hold-clients.ts';
import { createPlanningActivities } from '../../../activities/planning/index.ts';
import { pauseRollout } from '../../../activities/planning/pause-rollout.ts';
import { resumeRollout } from '../../../activities/planning/resume-rollout.ts';
import { switchLive } from '../../../activities/planning/switch-live.ts';
import { inTransaction } from '../../../database/in-transaction.ts';
import { openPool } from '../../../database/pool.ts';
import { readClientFacts } from '../../../database/read-models/client-facts.read-model.ts';
import { lockForStart } from '../../../database/stores/client-rollout.store.ts';
import { judgeGates } from '../../../domain/rollout/judge-gates.ts';
import {
  insertDeployer,
  insertVendor,
  openTestStorage,
  type TestStorage,
} from '../../support/fixtures.ts';
import { type RecordingDesk, recordingDesk } from '../../support/recording-desk.ts';
import { insertVerifiedDeployment } from '../../support/past-fixture.ts';
import {
  insertRollout,
  type TestClientRollout,
  type TestRollout,
} from '../../support/rollout-fixture.ts';
import { eventKinds } from './planning-world.ts';

let storage: TestStorage;
let desk: RecordingDesk;

beforeEach(async () => {
  storage = await openTestStorage();
  desk = recordingDesk();
  await insertVendor(storage.pool);
  await insertDeployer(storage.pool);
});
afterEach(() => storage.close());

const policy = { maxInFlight: 20 };

/** Production deployments that failed or are dispatched, written as a worker's claim would write them. */
async function insertProduction(
  rollout: TestRollout,
  client: TestClientRollout,
  columns: string,
): Promise<void> {
  const id = await insertVerifiedDeployment(storage.pool, { ...rollout, client }, 'production');
  await storage.pool.rows(`update deployment as d set ${columns} where d.id = $1`, [id]);
}

it('grants no start after a pause returned, with two processes and twenty clients due', async () => {
  const rollout = await insertRollout(storage.pool, {
    clients: 20,
    clientState: 'scheduled',
    policy,
  });
  const pools = [openPool(storage.url), openPool(storage.url)];
  const grantedAt: number[] = [];
  const starts = rollout.clients.map(async (client, index) => {
    const pool = pools[index % 2] ?? storage.pool;
    await sleep(index * 5);
    await inTransaction({ ...storage.database, pool }, async (tx) => {
      await lockForStart(tx, client.clientRolloutId, 'production');
      const of = { clientRolloutId: client.clientRolloutId };
      const [facts] = await readClientFacts(tx, of, storage.shelf);
      if (!facts || judgeGates(facts, await tx.now()).length > 0) return;
      const id = await insertVerifiedDeployment(tx, { ...rollout, client }, 'production');
      await tx.rows(
        `update deployment as d
         set state = 'dispatching', verification = null, finished_at = null,
             permit_until = clock_timestamp() + interval '300 milliseconds'
         where d.id = $1`,
        [id],
      );
      grantedAt.push(performance.now());
    });
  });
  await sleep(40);
  const order = { rolloutId: rollout.rolloutId, reason: 'phone calls', actor: 'pm' };

  const answer = await pauseRollout(storage, order);

  const returnedAt = performance.now();
  await Promise.all(starts);
  await Promise.all(pools.map((pool) => pool.end()));
  expect(answer.kind).toBe('paused');
  expect(grantedAt.filter((at) => at > returnedAt)).toEqual([]);
  const dispatched = answer.kind === 'paused' ? answer.dispatched : [];
  expect(dispatched).toHaveLength(grantedAt.length);
  expect(dispatched.every(({ permitUntil }) => permitUntil === null)).toBe(true);
});

it('answers a pause at once when asked to, naming what may still leave', async () => {
  const rollout = await insertRollout(storage.pool, { clientState: 'scheduled' });
  const [client] = rollout.clients;
  if (!client) throw new Error('no client');
  const claim = `state = 'dispatching', finished_at = null, permit_until = clock_timestamp() + interval '10 seconds'`;
  await insertProduction(rollout, client, claim);
  const order = { rolloutId: rollout.rolloutId, reason: 'alarm', actor: 'pm', wait: false };

  const answer = await pauseRollout(storage, order);

  expect(answer).toMatchObject({
    kind: 'paused',
    dispatched: [{ clientKey: client.key, permitUntil: expect.any(String) }],
  });
});

it('answers a second pause like the first, with who and when', async () => {
  const { rolloutId } = await insertRollout(storage.pool);
  const first = await pauseRollout(storage, { rolloutId, reason: 'alarm', actor: 'ann' });

  const second = await pauseRollout(storage, { rolloutId, reason: 'me too', actor: 'bob' });

  expect(second).toEqual(first);
  expect(second).toMatchObject({ by: 'ann' });
});

it('resumes in plan order and counts failures from then on', async () => {
  const rollout = await insertRollout(storage.pool, { clients: 3, clientState: 'scheduled' });
  const { rolloutId } = rollout;
  await pauseRollout(storage, { rolloutId, reason: 'alarm', actor: 'pm' });
  storage.wakes.length = 0;

  const answer = await resumeRollout(storage, { rolloutId, actor: 'pm' });

  expect(answer).toEqual({ kind: 'resumed' });
  expect(storage.wakes).toEqual([
    rollout.workflowId,
    ...rollout.clients.map(({ workflowId }) => workflowId),
  ]);
  const [row] = await storage.pool.rows<{ anew: boolean }>(
    `select r.failures_counted_from > r.started_at as anew from rollout r`,
  );
  expect(row?.anew).toBe(true);
});

it('refuses to resume what runs, and records the attempt', async () => {
  const { rolloutId } = await insertRollout(storage.pool);

  const answer = await resumeRollout(storage, { rolloutId, actor: 'pm' });

  expect(answer).toMatchObject({ kind: 'refused', code: 'ROLLOUT_RUNNING' });
  expect(await eventKinds(storage, 'refused.%')).toEqual(['refused.resume']);
});

it('pauses by itself when the limit of failures is reached, and asks a person', async () => {
  const rollout = await insertRollout(storage.pool, { clients: 3, clientState: 'scheduled' });
  for (const client of rollout.clients.slice(0, 2)) {
    await insertProduction(rollout, client, `state = 'failed', verification = null`);
  }
  const { rolloutId } = rollout;
  const acts = createPlanningActivities({ ...storage, desk });

  const step = await acts.observeCohort({ rolloutId });
  await acts.pauseForFailures({ rolloutId });

  expect(step).toMatchObject({ kind: 'act', act: 'pauseForFailures' });
  expect(await eventKinds(storage, 'rollout.%')).toEqual(['rollout.paused']);
  const items = await storage.pool.rows(`select a.kind, a.actions from attention_item a`);
  expect(items).toEqual([{ kind: 'rollout-paused', actions: ['resume', 'stop'] }]);
});

it('holds the clients of a tag until they are released', async () => {
  const rollout = await insertRollout(storage.pool, {
    clients: [{ key: 'ash', tags: ['city'] }, { key: 'birch' }],
  });
  const { rolloutId } = rollout;
  const clients = { tag: 'city' };
  const order = { rolloutId, clients, reason: 'election', until: null, actor: 'pm' };

  const held = await holdClients(storage, order);
  const released = await releaseClients(storage, { rolloutId, clients, actor: 'pm' });

  expect(held).toEqual({ kind: 'held', keys: ['ash'], dispatched: [] });
  expect(released).toEqual({ kind: 'released', keys: ['ash'] });
  const kinds = ['client-rollout.held', 'client-rollout.released'];
  expect(await eventKinds(storage, 'client-rollout.%')).toEqual(kinds);
});

it('refuses to hold a client that is not in the rollout', async () => {
  const { rolloutId } = await insertRollout(storage.pool);
  const clients = { keys: ['yew'] };

  const answer = await holdClients(storage, {
    rolloutId,
    clients,
    reason: '',
    until: null,
    actor: 'pm',
  });

  expect(answer).toMatchObject({ kind: 'refused', code: 'CLIENT_NOT_IN_ROLLOUT' });
});

it('creates anew what was never sent when mail goes live, once', async () => {
  const rollout = await insertRollout(storage.pool);
  await storage.pool.rows(`update vendor set live = false`);

  const first = await switchLive({ ...storage, desk }, { live: true, actor: 'admin' });
  const second = await switchLive({ ...storage, desk }, { live: true, actor: 'admin' });

  expect([first, second]).toMatchObject([{ changed: true }, { changed: false }]);
  expect(desk.calls).toEqual([{ verb: 'goLive', about: null }]);
  expect(storage.wakes).toContain(rollout.workflowId);
});

it('carries a rollout over its cohorts to its end', async () => {
  const rollout = await insertRollout(storage.pool, {
    clients: 2,
    clientState: 'done',
    policy: { observation: 'PT0S' as never },
    cohorts: [{ name: 'Pilot', state: 'waiting' }, { name: 'Rest' }],
  });
  const { rolloutId } = rollout;
  await storage.pool.rows(`update client_rollout set state = 'agreed' where plan_position = 2`);
  const acts = createPlanningActivities({ ...storage, desk });
  const steps = [];
  let step = await acts.finishRollout({ rolloutId });
  while (step.kind === 'act') {
    steps.push(step.act);
    step = await acts[step.act as 'openCohort']({ rolloutId });
    if (steps.length === 4) {
      await storage.pool.rows(`update client_rollout set state = 'done'`);
      step = await acts.observeCohort({ rolloutId });
    }
  }

  expect(steps).toEqual([
    'openCohort',
    'observeCohort',
    'passCohort',
    'openCohort',
    'finishRollout',
  ]);
  expect(step).toEqual({ kind: 'end', summary: 'the rollout is done' });
});
