import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { plusMs } from '../../../domain/instant.ts';
import { demoPolicy } from '../../../domain/rollout/seeded-policies.ts';
import { type Reply, startApi, type TestApi } from '../../support/api.ts';
import { insertClient } from '../../support/client-fixture.ts';
import { insertBuild, insertDeployer, rightNow } from '../../support/fixtures.ts';

const inDays = (days: number): string => plusMs(rightNow(), days * 86_400_000).slice(0, 10);

describe('cadences', () => {
  let api: TestApi;
  let minor = 0;

  beforeAll(async () => {
    api = await startApi();
    await insertDeployer(api.pool);
    const currentBuildId = await insertBuild(api.pool, null, { version: '8.0.0' });
    for (const key of ['alma', 'bern']) {
      await insertClient(api.pool, { key, currentBuildId, tags: key === 'alma' ? ['pilot'] : [] });
    }
    const document = { ...demoPolicy, calendar: null };
    await api.put('/v1/policies/demo', { document }, { as: 'admin' });
  });

  afterAll(async () => {
    await api.close();
  });

  const keyed = () => ({ headers: { 'idempotency-key': randomUUID() } });
  const days = [inDays(7), inDays(21), inDays(35)];
  const monthly = { title: 'Monthly', zone: 'UTC', on: { dates: days }, policy: 'demo' };

  const save = async (name: string, document: object): Promise<Reply> =>
    await api.put(`/v1/cadences/${name}`, { document });

  async function newChange(more: object = {}): Promise<string> {
    minor += 1;
    const version = `9.${minor}.0`;
    const change = { kind: 'hotfix', version, title: 'Maps', ...more };
    expect((await api.post('/v1/changes', change)).status).toBe(201);
    const digest = `sha256:${String(minor).padStart(64, '0')}`;
    const build = { version, digest, notesMarkdown: 'Faster.', qaPassed: true };
    await api.post(`/v1/changes/${version}/builds`, build, keyed());
    return version;
  }

  const propose = async (name: string, change: string): Promise<Reply> =>
    await api.post(`/v1/cadences/${name}/propose`, { change }, keyed());

  const firstDateOf = ({ body }: Reply): string =>
    (body.clients as readonly { slotStart: string }[]).map((each) => each.slotStart).sort()[0]!;

  it('are kept in revisions and shown with their next days', async () => {
    await save('kept', { ...monthly, title: 'Draft' });
    const saved = await save('kept', monthly);
    const list = await api.get('/v1/cadences');

    expect(saved.status).toBe(200);
    expect(saved.body).toMatchObject({
      name: 'kept',
      title: 'Monthly',
      revision: 2,
      document: monthly,
      nextDates: days,
      last: null,
    });
    expect((await api.get('/v1/cadences/kept')).body).toEqual(saved.body);
    expect(list.body.items).toEqual([saved.body]);
  });

  it('are not saved with anything wrong in them, and it is named by its path', async () => {
    const answer = await save('wrong', { ...monthly, on: { monthly: { nth: 2 } } });

    expect(answer.status).toBe(422);
    expect(answer.body).toMatchObject({
      code: 'CADENCE_INVALID',
      errors: [{ path: 'on.monthly.weekday' }],
    });
    expect((await api.get('/v1/cadences/wrong')).status).toBe(404);
  });

  it('propose the next rollout from their next day on, and the day after that once it started', async () => {
    await save('next', { ...monthly, clients: { tags: ['pilot'] } });
    const plan = await propose('next', await newChange());

    expect(plan.status).toBe(201);
    expect(plan.body).toMatchObject({ policy: 'demo', clients: [{ key: 'alma', placed: true }] });
    expect(firstDateOf(plan) >= days[0]!).toBe(true);
    expect((await api.get('/v1/cadences/next')).body.last).toBeNull();

    const order = { planId: plan.body.id, hash: plan.body.hash };
    expect((await api.post('/v1/rollouts', order, keyed())).status).toBe(201);
    expect((await api.get('/v1/cadences/next')).body).toMatchObject({
      last: days[0],
      nextDates: days.slice(1),
    });
    expect(firstDateOf(await propose('next', await newChange())) >= days[1]!).toBe(true);
  });

  it('propose nothing before the change allows it', async () => {
    await save('later', monthly);
    const change = await newChange({ earliestDate: inDays(8) });

    expect(firstDateOf(await propose('later', change)) >= days[1]!).toBe(true);
  });

  it('say what is missing', async () => {
    await save('over', { ...monthly, on: { dates: ['2020-01-01'] } });
    const change = await newChange();

    expect(await propose('over', change)).toMatchObject({
      status: 409,
      body: { code: 'CADENCE_OVER' },
    });
    expect((await propose('ghost', change)).status).toBe(404);
    expect((await propose('over', '77.0.0')).status).toBe(404);
  });
});
