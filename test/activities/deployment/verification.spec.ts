import { inTransaction } from '../../../database/in-transaction.ts';
import { createDeploymentActivities } from '../../../activities/deployment/deployment.activities.ts';
import { settleManual, retryDeployment } from '../../../activities/deployment/decide-deployment.ts';
import type { DeploymentId } from '../../../domain/ids.ts';
import { insertBuild } from '../../support/fixtures.ts';
import {
  attentionIn,
  carryOn,
  deploymentsOf,
  once,
  openStage,
  partOf,
  type Stage,
} from './stage.ts';

let stage: Stage;
afterEach(async () => {
  await stage.close();
});

const short = { operationDeadline: 'PT1S' as never };
const production = { client: 'client-001', site: 'production' } as const;

it('takes a site that goes on reporting another version for a failure', async () => {
  stage = await openStage({ policy: short });
  stage.deployer.control.inject({ kind: 'contradict', how: 'pretend' });

  await carryOn(stage, 'deploy');
  const [deployment] = await deploymentsOf(stage);

  expect(deployment).toMatchObject({ state: 'succeeded', verification: 'other-version' });
  expect(await partOf(stage)).toMatchObject({
    state: 'failed',
    reason: '1.9.4 on production failed: the site reports 1.9.3',
  });
  expect(await attentionIn(stage)).toEqual(['deployment-failed']);
});

it('takes a site that cannot be read for unknown', async () => {
  stage = await openStage({ policy: short });
  await stage.sites.setMode(production, { kind: 'down' });

  await carryOn(stage, 'deploy');

  expect((await deploymentsOf(stage))[0]).toMatchObject({ verification: 'unknown' });
  expect((await partOf(stage)).state).toBe('unknown');
});

it('waits for a site that comes back in time', async () => {
  stage = await openStage();
  await stage.sites.setMode(production, { kind: 'error', status: 503 }, 3);

  await carryOn(stage, 'deploy');

  expect((await partOf(stage)).state).toBe('done');
});

it('asks a person about a site that keeps changing its answer', async () => {
  stage = await openStage({ policy: short });
  // The site answers rightly once and wrongly ever after.
  const { probe } = stage.deps;
  const read: typeof probe.read = async (settings) => {
    const reading = await probe.read(settings);
    await stage.sites.setMode(production, { kind: 'old-version', version: '1.9.3' });
    return reading;
  };
  const acts = createDeploymentActivities({ ...stage.deps, probe: { read } });

  await carryOn({ ...stage, acts }, 'deploy');

  expect((await deploymentsOf(stage))[0]).toMatchObject({ verification: 'unknown' });
  expect((await partOf(stage)).reason).toContain('keeps changing its answer');
});

it('tries again under a new key when a person says so', async () => {
  stage = await openStage();
  stage.deployer.control.inject({ kind: 'fail' });
  await carryOn(stage, 'deploy');
  const clientRolloutId = stage.rollout.clients[0]?.clientRolloutId;
  if (!clientRolloutId) throw new Error('no client');

  const decided = await inTransaction(stage.storage.database, (tx) =>
    retryDeployment(tx, { clientRolloutId, by: 'Kim' }),
  );
  await carryOn(stage, 'deploy');
  const keys = (await deploymentsOf(stage)).map((each) => each.idempotency_key.split(':').at(-1));

  expect(decided).toEqual({ kind: 'done', siteKind: 'production' });
  expect(keys).toEqual(['1', '2']);
  expect((await partOf(stage)).state).toBe('done');
  expect(await attentionIn(stage)).toEqual([]);
});

it('refuses to try again what is not over', async () => {
  stage = await openStage();
  const clientRolloutId = stage.rollout.clients[0]?.clientRolloutId;
  if (!clientRolloutId) throw new Error('no client');

  const decided = await inTransaction(stage.storage.database, (tx) =>
    retryDeployment(tx, { clientRolloutId, by: 'Kim' }),
  );

  expect(decided).toEqual({
    kind: 'refused',
    reason: 'it is scheduled; only what failed or is unknown can be tried again',
  });
});

describe('a deployment by hand', () => {
  const byHand = { stored: { kind: 'manual', capability: 'none' } } as const;
  const settle = async (outcome: 'succeeded' | 'failed') => {
    const [deployment] = await deploymentsOf(stage);
    return await inTransaction(stage.storage.database, (tx) =>
      settleManual(tx, {
        deploymentId: deployment?.id as DeploymentId,
        outcome,
        by: 'Kim',
        detail: null,
      }),
    );
  };

  it('waits for the person without asking anybody', async () => {
    stage = await openStage(byHand);

    const step = await carryOn(stage, 'deploy');

    expect(step).toMatchObject({ kind: 'wait', then: 'verify' });
    expect((await deploymentsOf(stage))[0]).toMatchObject({ state: 'running' });
  });

  it('is verified at the site when the person says that it succeeded', async () => {
    stage = await openStage(byHand);
    await carryOn(stage, 'deploy');
    const build = stage.sites.catalogue.list().find((each) => each.version === '1.9.4');
    if (!build) throw new Error('no build');
    await stage.sites.deploy(production, build);

    await settle('succeeded');
    await carryOn(stage, 'verify');

    expect((await partOf(stage)).state).toBe('done');
  });

  it('fails when the person says so', async () => {
    stage = await openStage(byHand);
    await carryOn(stage, 'deploy');

    await settle('failed');

    expect((await partOf(stage)).state).toBe('failed');
  });
});

it('lets a person settle what nobody could find out, and then asks the site', async () => {
  stage = await openStage();
  stage.deployer.control.inject({ kind: 'lose-operation' });
  await carryOn(stage, 'deploy');
  const [unknown] = await deploymentsOf(stage);
  await stage.deployer.control.settled(unknown?.idempotency_key ?? '');

  await inTransaction(stage.storage.database, (tx) =>
    settleManual(tx, {
      deploymentId: unknown?.id as DeploymentId,
      outcome: 'succeeded',
      by: 'Kim',
      detail: 'seen on the site',
    }),
  );
  await carryOn(stage, 'verify');

  expect((await partOf(stage)).state).toBe('done');
  expect(await attentionIn(stage)).toEqual([]);
});

it('brings the newer build on its way after the one that was being installed when it was announced', async () => {
  stage = await openStage({ deployer: { workMs: 100 } });
  await once(stage, 'deploy');
  const newer = await insertBuild(stage.storage.pool, stage.rollout.changeId, { version: '1.9.5' });
  await stage.storage.pool.rows(`update rollout set build_id = $1`, [newer]);

  await once(stage, 'verify');
  await stage.deployer.control.settled((await deploymentsOf(stage))[0]?.idempotency_key ?? '');
  const step = await once(stage, 'verify');

  expect(step).toMatchObject({ kind: 'act', act: 'preparePreview' });
  expect((await deploymentsOf(stage))[0]).toMatchObject({ verification: 'match' });
  expect((await partOf(stage)).state).toBe('planned');
  expect(stage.completed).toEqual([]);
});
