import { setTimeout as sleep } from 'node:timers/promises';
import { assignBuild } from '../../../activities/planning/assign-build.ts';
import { holdClients, releaseClients } from '../../../activities/planning/hold-clients.ts';
import { createPlanningActivities } from '../../../activities/planning/index.ts';
import { pauseRollout } from '../../../activities/planning/pause-rollout.ts';
import { resumeRollout } from '../../../activities/planning/resume-rollout.ts';
import { retryClients } from '../../../activities/planning/retry-clients.ts';
import { skipClients } from '../../../activities/planning/skip-clients.ts';
import { stopRollout } from '../../../activities/planning/stop-rollout.ts';
import { switchLive } from '../../../activities/planning/switch-live.ts';
import { inTransaction } from '../../../database/in-transaction.ts';
import { newId } from '../../../database/new-id.ts';
import { openPool, type Queryable } from '../../../database/pool.ts';
import { readClientFacts } from '../../../database/read-models/client-facts.read-model.ts';
import { lockForStart } from '../../../database/stores/client-rollout.store.ts';
import { judgeGates } from '../../../domain/rollout/judge-gates.ts';
import {
  insertBuild,
  insertDeployer,
  insertRow,
  insertVendor,
  openTestStorage,
  rightNow,
  type TestStorage,
} from '../../support/fixtures.ts';
import { type RecordingDesk, recordingDesk } from '../../support/recording-desk.ts';
import { insertVerifiedDeployment } from '../../support/past-fixture.ts';
import {
  insertRollout,
  type TestClientRollout,
  type TestRollout,
} from '../../support/rollout-fixture.ts';
import { eventKinds, statesOf } from './planning-world.ts';

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

it('stops a rollout: whoever has not begun is withdrawn and told, questions are void', async () => {
  const rollout = await insertRollout(storage.pool, {
    clients: [{ key: 'ash' }, { key: 'birch' }, { key: 'cedar' }],
    clientState: 'agreed',
  });
  const { rolloutId } = rollout;
  await storage.pool.rows(`update client_rollout set state = 'deploying' where plan_position = 3`);

  const answer = await stopRollout({ ...storage, desk }, { rolloutId, reason: 'bug', actor: 'pm' });
  const again = await stopRollout({ ...storage, desk }, { rolloutId, reason: 'bug', actor: 'pm' });

  expect(answer).toEqual({ kind: 'stopped', withdrawn: ['ash', 'birch'], dispatched: [] });
  expect(again).toMatchObject({ kind: 'refused', code: 'ROLLOUT_STOPPED' });
  const states = { ash: 'withdrawn', birch: 'withdrawn', cedar: 'deploying' };
  expect(await statesOf(storage, rolloutId)).toEqual(states);
  expect(desk.calls).toMatchObject([
    { verb: 'withdraw', about: { why: { kind: 'stopped' }, reason: 'bug' } },
    { verb: 'withdraw', about: { why: { kind: 'stopped' }, reason: 'bug' } },
  ]);
});

it('skips a client with the release in which it gets the change, and voids its open question', async () => {
  const rollout = await insertRollout(storage.pool, {
    clients: [{ key: 'ash' }, { key: 'birch' }],
    clientState: 'asking',
  });
  const [ash] = rollout.clients;
  await insertOpenRound(storage.pool, ash?.clientRolloutId, rollout.buildId);
  const order = { rolloutId: rollout.rolloutId, clients: { keys: ['ash'] }, actor: 'pm' };

  const answer = await skipClients(
    { ...storage, desk },
    { ...order, reason: 'no time', nextVersion: '2.0.0' },
  );

  expect(answer).toEqual({ kind: 'skipped', keys: ['ash'] });
  const states = { ash: 'skipped', birch: 'asking' };
  expect(await statesOf(storage, rollout.rolloutId)).toEqual(states);
  expect(await storage.pool.rows(`select ar.state from approval_round ar`)).toEqual([
    { state: 'superseded' },
  ]);
  expect(desk.calls).toMatchObject([
    { verb: 'withdraw', about: { why: { kind: 'skipped', nextVersion: '2.0.0' } } },
  ]);
});

it('does not skip a client whose production has begun', async () => {
  const rollout = await insertRollout(storage.pool, { clientState: 'deploying' });
  const keys = rollout.clients.map(({ key }) => key);
  const order = { rolloutId: rollout.rolloutId, clients: { keys }, actor: 'pm' };

  const answer = await skipClients(
    { ...storage, desk },
    { ...order, reason: 'no time', nextVersion: null },
  );

  expect(answer).toMatchObject({ kind: 'refused', code: 'CLIENT_STATE' });
});

it('takes a newer build to everybody whose production has not begun', async () => {
  const rollout = await insertRollout(storage.pool, {
    clients: [{ key: 'ash' }, { key: 'birch' }, { key: 'cedar' }, { key: 'dogwood' }],
    clientState: 'scheduled',
  });
  const { rolloutId, changeId } = rollout;
  await storage.pool.rows(`update client_rollout set state = 'deploying' where plan_position = 2`);
  await storage.pool.rows(`update client_rollout set state = 'done' where plan_position = 3`);
  await storage.pool.rows(`update client_rollout set state = 'rejected' where plan_position = 4`);
  const buildId = await insertBuild(storage.pool, changeId, { version: '1.9.5' });
  const order = { changeId, buildId, actor: 'ci' };

  const taken = await inTransaction(storage.database, (tx) => assignBuild(tx, { desk }, order));
  const again = await inTransaction(storage.database, (tx) => assignBuild(tx, { desk }, order));

  expect([taken, again]).toEqual([[rolloutId], []]);
  const states = { ash: 'planned', birch: 'deploying', cedar: 'done', dogwood: 'planned' };
  expect(await statesOf(storage, rolloutId)).toEqual(states);
  const rows = await storage.pool.rows(
    `select cr.agreed_build_id, cr.preview_generation as generation
     from client_rollout cr
     where cr.plan_position = 1`,
  );
  expect(rows).toEqual([{ agreed_build_id: null, generation: 2 }]);
});

it('brings the first build to clients that waited for it', async () => {
  const rollout = await insertRollout(storage.pool, { build: null });
  const buildId = await insertBuild(storage.pool, rollout.changeId);
  const order = { changeId: rollout.changeId, buildId, actor: 'ci' };

  await inTransaction(storage.database, (tx) => assignBuild(tx, { desk }, order));

  const [row] = await storage.pool.rows(`select r.build_id from rollout r`);
  expect(row).toEqual({ build_id: buildId });
  expect(storage.wakes).toContain(rollout.clients[0]?.workflowId);
});

async function insertOpenRound(db: Queryable, clientRolloutId: unknown, buildId: unknown) {
  await insertRow(db, 'approval_round', {
    id: newId(),
    client_rollout_id: clientRolloutId,
    number: 1,
    build_id: buildId,
    consent: 'approve',
    state: 'open',
    content_hash: '0',
    live: true,
    opened_at: rightNow(),
  });
}

it('tries failed clients again, all or none, and lets a rollout that was done run again', async () => {
  const rollout = await insertRollout(storage.pool, {
    clients: [{ key: 'ash' }, { key: 'birch' }],
    clientState: 'scheduled',
  });
  const { rolloutId } = rollout;
  for (const client of rollout.clients) {
    await insertProduction(rollout, client, `state = 'failed', verification = null`);
  }
  await storage.pool.rows(`update client_rollout set state = 'failed' where plan_position = 1`);
  await storage.pool.rows(`update rollout set state = 'done'`);
  const order = { rolloutId, reason: 'disk was full', actor: 'pm' };

  const both = await retryClients(storage, { ...order, clients: { keys: ['ash', 'birch'] } });
  const one = await retryClients(storage, { ...order, clients: { keys: ['ash'] } });

  expect(both).toMatchObject({ kind: 'refused', code: 'CLIENT_STATE' });
  expect(one).toEqual({ kind: 'retried', keys: ['ash'] });
  expect(await statesOf(storage, rolloutId)).toEqual({ ash: 'scheduled', birch: 'scheduled' });
  expect(await storage.pool.rows(`select r.state from rollout r`)).toEqual([{ state: 'running' }]);
});
