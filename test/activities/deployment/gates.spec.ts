import { setTimeout as pause } from 'node:timers/promises';
import { pauseRollout } from '../../support/control-fixture.ts';
import { carryOn, deploymentsOf, once, openStage, partOf, type Stage } from './stage.ts';

let stage: Stage;
afterEach(async () => {
  await stage.close();
});

const postsOf = ({ deployer }: Stage) =>
  deployer.control.requests().filter((each) => each.method === 'POST');

it('starts nothing after a pause', async () => {
  stage = await openStage();
  await pauseRollout(stage.storage, stage.rollout);

  const step = await once(stage, 'deploy');

  expect(step).toMatchObject({ kind: 'wait', then: 'deploy' });
  expect(stage.deployer.control.requests()).toEqual([]);
  expect(await deploymentsOf(stage)).toEqual([]);
});

it('only looks up what it had sent before a gate closed', async () => {
  stage = await openStage({ deployer: { workMs: 400 } });
  stage.deployer.control.inject({ kind: 'reset-after-accept' });
  await once(stage, 'deploy');
  await pauseRollout(stage.storage, stage.rollout);

  await carryOn(stage, 'deploy');

  expect(postsOf(stage)).toHaveLength(1);
  expect((await partOf(stage)).state).toBe('done');
});

it('does not put a request again while a gate is closed, though nobody has heard of it', async () => {
  stage = await openStage({ settings: { permitMs: 1_000, requestMs: 100 } });
  stage.deployer.control.inject({ kind: 'reset-before-accept' });
  await once(stage, 'deploy');
  await pauseRollout(stage.storage, stage.rollout);

  const step = await carryOn(stage, 'deploy');

  expect(postsOf(stage)).toHaveLength(1);
  expect(step).toMatchObject({ kind: 'wait', then: 'deploy' });
  expect(await deploymentsOf(stage)).toEqual([]);
  expect((await partOf(stage)).state).toBe('scheduled');
});

it('gives the place back when nothing could be started and a gate closes', async () => {
  stage = await openStage({ stored: { url: 'http://127.0.0.1:9/deploy' } });
  const first = await once(stage, 'deploy');
  const claimed = await deploymentsOf(stage);
  await pauseRollout(stage.storage, stage.rollout);

  const step = await once(stage, 'deploy');

  expect(first).toBe('could not reach the deployer: ECONNREFUSED');
  expect(claimed).toMatchObject([{ state: 'claimed', uncertain: false }]);
  expect(step).toMatchObject({ kind: 'wait' });
  expect(await deploymentsOf(stage)).toEqual([]);
  expect((await partOf(stage)).state).toBe('scheduled');
});

it('writes nothing under a permit that has lapsed, and takes a new one', async () => {
  stage = await openStage({ settings: { permitMs: 0 } });

  const step = await once(stage, 'deploy');
  const [deployment] = await deploymentsOf(stage);

  expect(step).toBe('could not reach the deployer: PERMIT_LAPSED');
  expect(deployment).toMatchObject({ state: 'claimed', attempt: 1 });
  expect(stage.deployer.control.requests()).toEqual([]);
});

it('treats an attempt whose worker died as one that may have started', async () => {
  stage = await openStage({ deployer: { workMs: 300 } });
  stage.deployer.control.inject({ kind: 'hang-after-accept' });
  const dying = once(stage, 'deploy');
  await stage.deployer.control.waitForArrivals(1, 5_000);

  await carryOn(stage, 'deploy');
  const [deployment] = await deploymentsOf(stage);
  stage.deployer.control.release();
  await dying;

  expect(deployment).toMatchObject({ state: 'succeeded', attempt: 2 });
  expect(stage.deployer.control.effects()).toHaveLength(1);
  expect((await partOf(stage)).state).toBe('done');
});

it('never exceeds a limit, whoever starts at once, and gives each key one effect', async () => {
  stage = await openStage({
    clientCount: 12,
    policy: { maxInFlight: 3 },
    deployer: { workMs: 400 },
    poolSize: 20,
  });
  let most = 0;
  const watch = setInterval(() => {
    most = Math.max(most, stage.deployer.control.running().length);
  }, 5);

  // Every client has two loops that know nothing of each other, as after a worker that was thought dead.
  const giveUpAt = Date.now() + 20_000;
  const untilDone = async (index: number): Promise<void> => {
    const client = stage.rollout.clients[index];
    while (Date.now() < giveUpAt) {
      const step = await carryOn(stage, 'deploy', client);
      if (step.kind === 'end') return;
      await pause(100);
    }
  };
  await Promise.all(
    stage.rollout.clients.flatMap((_, index) => [untilDone(index), untilDone(index)]),
  );
  clearInterval(watch);
  const effects = stage.deployer.control.effects();

  expect(most).toBeLessThanOrEqual(3);
  expect(most).toBeGreaterThan(1);
  expect(effects).toHaveLength(12);
  expect(new Set(effects.map((each) => each.key)).size).toBe(12);
  expect(stage.completed).toHaveLength(12);
}, 60_000);

it('wakes the first of those who wait for a place, in plan order', async () => {
  stage = await openStage({
    clientCount: 6,
    policy: { maxInFlight: 1 },
    deployer: { workMs: 200 },
  });
  const [first, ...others] = stage.rollout.clients;
  await once(stage, 'deploy', first);
  for (const client of others) await once(stage, 'deploy', client);
  stage.storage.wakes.length = 0;

  await carryOn(stage, 'verify', first);

  const woken = others.filter((client) => stage.storage.wakes.includes(client.workflowId));
  expect(woken).toEqual(others.slice(0, 3));
});

it('keeps the clients of a stopped rollout where they are, but records how their deployments ended', async () => {
  stage = await openStage({ deployer: { workMs: 100 } });
  await once(stage, 'deploy');
  await stage.storage.pool.rows(`update rollout set state = 'stopped'`);
  await stage.storage.pool.rows(`update client_rollout set state = 'withdrawn'`);

  const step = await carryOn(stage, 'verify');
  const [deployment] = await deploymentsOf(stage);

  expect(step).toEqual({ kind: 'end', summary: 'withdrawn' });
  expect(deployment).toMatchObject({ state: 'succeeded' });
  expect((await partOf(stage)).state).toBe('withdrawn');
});
