import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import { demoPolicy } from '../../../domain/rollout/seeded-policies.ts';
import { startApi, type TestApi } from '../../support/api.ts';
import { insertClient } from '../../support/client-fixture.ts';
import { insertBuild, insertDeployer } from '../../support/fixtures.ts';

let api: TestApi;
let planId: string;

beforeAll(async () => {
  api = await startApi();
  await insertDeployer(api.pool);
  const currentBuildId = await insertBuild(api.pool, null, { version: '8.0.0' });
  for (const key of ['alma', 'bern', 'cork']) {
    await insertClient(api.pool, { key, name: key.toUpperCase(), currentBuildId });
  }
  const document = { ...demoPolicy, calendar: null };
  await api.put('/v1/policies/demo', { document }, { as: 'admin' });
  await api.post('/v1/changes', { kind: 'hotfix', version: '9.1.0', title: 'Maps' });
  const plan = await api.post('/v1/plans', { change: '9.1.0', policy: 'demo' });
  planId = plan.body.id as string;
});

afterAll(async () => {
  await api.close();
});

it('rehearses a plan before its change has a build, and starts nothing', async () => {
  const order = { seed: 7, runs: 20, failurePercent: 0, silencePercent: 0 };

  const answer = await api.post(`/v1/plans/${planId}/rehearsal`, order);

  expect(answer).toMatchObject({
    status: 200,
    body: { seed: 7, runs: 20, clients: 3, placed: 3 },
  });
  expect(answer.body.sources).toContain('deployments that fail: 0 % (as chosen)');
  expect((await api.get('/v1/rollouts')).body.items).toEqual([]);
});

it('gives the same answer for the same seed', async () => {
  const order = { seed: 7, runs: 5 };

  const first = await api.post(`/v1/plans/${planId}/rehearsal`, order);
  const second = await api.post(`/v1/plans/${planId}/rehearsal`, order);

  expect(second.body).toEqual(first.body);
});

it('is open to support, who answer for what will come', async () => {
  const answer = await api.post(`/v1/plans/${planId}/rehearsal`, { runs: 1 }, { as: 'support' });

  expect(answer.status).toBe(200);
});

it.each([
  ['no runs', { runs: 0 }, 'runs'],
  ['too many runs', { runs: 100_000 }, 'runs'],
  ['more failures than deployments', { failurePercent: 101 }, 'failurePercent'],
  ['a field that nobody knows', { speed: 3 }, ''],
])('refuses %s and says which field is wrong', async (_, order, path) => {
  const answer = await api.post(`/v1/plans/${planId}/rehearsal`, order);

  expect(answer.status).toBe(400);
  expect(JSON.stringify(answer.body.errors)).toContain(path);
});

it('knows no plan that was never made', async () => {
  const answer = await api.post(`/v1/plans/${randomUUID()}/rehearsal`, {});

  expect(answer.status).toBe(404);
});
