import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { inTransaction } from '../../../database/in-transaction.ts';
import { raiseAttention } from '../../../database/stores/attention.store.ts';
import { startApi, type TestApi } from '../../support/api.ts';
import { insertDeployer } from '../../support/fixtures.ts';
import { insertVerifiedDeployment } from '../../support/past-fixture.ts';
import { insertRollout, type TestRollout } from '../../support/rollout-fixture.ts';

const seen = { outcome: 'succeeded', detail: 'swapped by hand at 20:10' };

describe('a person says how a deployment ended', () => {
  let api: TestApi;
  let number = 0;

  beforeAll(async () => {
    api = await startApi();
    await insertDeployer(api.pool);
  });

  afterAll(async () => {
    await api.close();
  });

  /** A rollout with one client, whose production deployment is in the given state. */
  async function deploymentThatIs(
    state: 'running' | 'unknown' | 'succeeded',
  ): Promise<TestRollout & { readonly path: string; readonly deploymentId: string }> {
    number += 1;
    const rollout = await insertRollout(api.pool, {
      change: { version: `6.${number}.0` },
      policy: { name: `policy-${number}` },
      baseline: { version: `5.${number}.0` },
      clientState: 'scheduled',
    });
    const client = rollout.clients[0]!;
    const deploymentId = await insertVerifiedDeployment(
      api.pool,
      { ...rollout, client },
      'production',
    );
    if (state !== 'succeeded') {
      await api.pool.rows(
        `update deployment
         set state = $2, verification = null, verified_at = null,
           finished_at = case when $2 = 'unknown' then finished_at end
         where id = $1`,
        [deploymentId, state],
      );
    }
    const ofClient = { running: 'deploying', unknown: 'unknown', succeeded: 'done' }[state];
    await api.pool.rows(`update client_rollout set state = $2 where id = $1`, [
      client.clientRolloutId,
      ofClient,
    ]);
    const path = `/v1/rollouts/${rollout.rolloutId}/deployments/${deploymentId}/settle`;
    return { ...rollout, path, deploymentId };
  }

  async function stateOf({ rolloutId, clients }: TestRollout): Promise<string> {
    const reply = await api.get(`/v1/rollouts/${rolloutId}/clients/${clients[0]!.key}`);
    return reply.body.state as string;
  }

  it('takes the word of support for a deployment by hand, and has the site verified', async () => {
    const rollout = await deploymentThatIs('running');
    api.wakes.length = 0;

    const settled = await api.post(rollout.path, seen, { as: 'support' });
    const shown = await api.get(
      `/v1/rollouts/${rollout.rolloutId}/clients/${rollout.clients[0]!.key}`,
    );

    expect(settled.status).toBe(200);
    expect(settled.body).toMatchObject({ id: rollout.rolloutId, done: 0 });
    expect(shown.body).toMatchObject({
      state: 'verifying',
      nextText: 'the site is to be verified',
    });
    expect(shown.body.deployments[0]).toMatchObject({ state: 'succeeded', detail: seen.detail });
    expect(api.wakes).toContain(rollout.clients[0]!.workflowId);
  });

  it('fails the client when that is how it ended', async () => {
    const rollout = await deploymentThatIs('running');

    const settled = await api.post(rollout.path, { outcome: 'failed', detail: 'the disk is full' });

    expect(settled.status).toBe(200);
    expect(await stateOf(rollout)).toBe('failed');
  });

  it('brings back a client whose outcome nobody knew, and settles the question about it', async () => {
    const rollout = await deploymentThatIs('unknown');
    const { clientRolloutId } = rollout.clients[0]!;
    await inTransaction(api.backend.database, (tx) =>
      raiseAttention(tx, {
        dedupeKey: `deployment:${clientRolloutId}`,
        kind: 'deployment-unknown',
        rolloutId: rollout.rolloutId,
        text: 'Nobody knows how it ended.',
        actions: ['settle', 'retry'],
      }),
    );

    const settled = await api.post(rollout.path, seen);
    const all = await api.get('/v1/attention?state=all');

    expect(settled.status).toBe(200);
    expect(await stateOf(rollout)).toBe('verifying');
    expect(all.body.items).toContainEqual(
      expect.objectContaining({
        text: 'Nobody knows how it ended.',
        resolution: 'token:pm says that it succeeded',
      }),
    );
  });

  it('is said once: a second word is refused, a repeated request is answered again', async () => {
    const rollout = await deploymentThatIs('running');
    const headers = { 'idempotency-key': randomUUID() };

    const first = await api.post(rollout.path, seen, { headers });
    const repeated = await api.post(rollout.path, seen, { headers });
    const second = await api.post(rollout.path, { outcome: 'failed', detail: 'no, it did not' });

    expect([first.status, repeated.status]).toEqual([200, 200]);
    expect([second.status, second.body.code]).toEqual([409, 'DEPLOYMENT_STATE']);
    expect(second.body.detail).toMatch(/^This cannot be settled: the deployment is succeeded/);
    expect(await stateOf(rollout)).toBe('verifying');
  });

  it('settles one thing when two people say two things at once', async () => {
    const rollout = await deploymentThatIs('running');

    const replies = await Promise.all([
      api.post(rollout.path, seen),
      api.post(rollout.path, { outcome: 'failed', detail: 'the disk is full' }),
    ]);

    expect(replies.map(({ status }) => status).sort()).toEqual([200, 409]);
  });

  it('refuses to change what was verified', async () => {
    const rollout = await deploymentThatIs('succeeded');

    const settled = await api.post(rollout.path, { outcome: 'failed', detail: 'I think' });

    expect([settled.status, settled.body.code]).toEqual([409, 'DEPLOYMENT_STATE']);
    expect(await stateOf(rollout)).toBe('done');
  });

  it.each([
    ['ci', 403],
    [null, 401],
  ] as const)('does not take the word of %s', async (as, status) => {
    const rollout = await deploymentThatIs('running');

    const settled = await api.post(rollout.path, seen, { as });

    expect(settled.status).toBe(status);
    expect(await stateOf(rollout)).toBe('deploying');
  });

  it('knows deployments only within their own rollout', async () => {
    const rollout = await deploymentThatIs('running');
    const other = await deploymentThatIs('running');

    const crossed = await api.post(
      `/v1/rollouts/${other.rolloutId}/deployments/${rollout.deploymentId}/settle`,
      seen,
    );
    const nowhere = await api.post(
      `/v1/rollouts/${randomUUID()}/deployments/${rollout.deploymentId}/settle`,
      seen,
    );

    expect([crossed.status, nowhere.status]).toEqual([404, 404]);
    expect(await stateOf(rollout)).toBe('deploying');
  });

  it('asks what was seen', async () => {
    const rollout = await deploymentThatIs('running');

    const silent = await api.post(rollout.path, { outcome: 'succeeded' });
    const vague = await api.post(rollout.path, { outcome: 'unknown', detail: 'who knows' });

    expect([silent.status, vague.status]).toEqual([400, 400]);
  });
});
