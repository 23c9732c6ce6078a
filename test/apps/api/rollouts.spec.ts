import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { pluck, type Reply, startApi, type TestApi } from '../../support/api.ts';
import { insertClient } from '../../support/client-fixture.ts';
import { insertBuild, insertDeployer } from '../../support/fixtures.ts';
import { demoPolicy } from '../../../domain/rollout/seeded-policies.ts';

describe('a rollout from plan to control', () => {
  let api: TestApi;
  let minor = 0;

  beforeAll(async () => {
    api = await startApi();
    await insertDeployer(api.pool);
    const currentBuildId = await insertBuild(api.pool, null);
    for (const key of ['alma', 'bern', 'cork']) {
      await insertClient(api.pool, {
        key,
        name: key.toUpperCase(),
        currentBuildId,
        tags: key === 'alma' ? ['pilot'] : ['late'],
      });
    }
    const document = { ...demoPolicy, calendar: null };
    const saved = await api.put('/v1/policies/demo', { document }, { as: 'admin' });
    expect(saved.status).toBe(200);
  });

  afterAll(async () => {
    await api.close();
  });

  async function newPlan(): Promise<Reply> {
    minor += 1;
    const version = `9.${minor}.0`;
    await api.post('/v1/changes', { kind: 'release', version, title: 'Maps' });
    await api.post(
      `/v1/changes/${version}/builds`,
      {
        version,
        digest: `sha256:${String(minor).padStart(64, '0')}`,
        notesMarkdown: 'Faster.',
        qaPassed: true,
      },
      { headers: { 'idempotency-key': randomUUID() } },
    );
    return await api.post('/v1/plans', { change: version, policy: 'demo' });
  }

  const start = ({ body }: Reply, key: string = randomUUID()) =>
    api.post(
      '/v1/rollouts',
      { planId: body.id, hash: body.hash },
      { headers: { 'idempotency-key': key } },
    );

  it('shows who is due when before anything starts', async () => {
    const plan = await newPlan();

    expect(plan.status).toBe(201);
    expect(pluck(plan.body.clients, 'key')).toEqual(['alma', 'bern', 'cork']);
    expect(plan.body.clients[0]).toMatchObject({
      cohort: 'Pilot',
      consent: 'approve',
      placed: true,
      zone: 'America/Toronto',
      localStart: expect.stringMatching(/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}$/),
    });
    expect(plan.body.rolloutId).toBeNull();
  });

  it('starts exactly the plan that was seen and wakes every loop', async () => {
    const plan = await newPlan();

    const started = await start(plan);

    expect(started.status).toBe(201);
    expect(started.body).toMatchObject({
      state: 'running',
      total: 3,
      done: 0,
      startedBy: 'token:pm',
    });
    expect(pluck(started.body.cohorts, 'name')).toEqual(['Pilot', 'Rest']);
    expect(pluck(started.body.cohorts, 'total')).toEqual([1, 2]);
    expect(started.body.sentence).toMatch(/^0 of 3 clients done; 3 due by /);
    const own = api.wakes.filter((id) => id.startsWith(`rollout/${started.body.id}`));
    expect(new Set(own).size).toBe(4);
  });

  it('refuses a hash that is not the one of the plan', async () => {
    const plan = await newPlan();

    const reply = await api.post(
      '/v1/rollouts',
      { planId: plan.body.id, hash: `sha256:${'0'.repeat(64)}` },
      { headers: { 'idempotency-key': randomUUID() } },
    );

    expect([reply.status, reply.body.code]).toEqual([409, 'PLAN_STALE']);
  });

  it('refuses a plan whose facts have changed and says for whom', async () => {
    const plan = await newPlan();
    await insertClient(api.pool, { key: 'dover', name: 'DOVER' });

    const reply = await start(plan);
    await api.pool.rows(`update client set state = 'leaving' where key = 'dover'`);

    expect([reply.status, reply.body.code]).toEqual([409, 'PLAN_STALE']);
    expect(reply.body.difference).toMatchObject([{ key: 'dover', what: 'added' }]);
  });

  it('starts once when two people start the same plan, and names the rollout to the second', async () => {
    const plan = await newPlan();

    const replies = await Promise.all([start(plan), start(plan)]);

    const [won, lost] = [...replies].sort((a, b) => a.status - b.status);
    expect([won?.status, lost?.status]).toEqual([201, 409]);
    expect(lost?.body).toMatchObject({ code: 'ALREADY_STARTED', rolloutId: won?.body.id });
  });

  it('says of each client why not and when next', async () => {
    const started = await start(await newPlan());

    const list = await api.get(`/v1/rollouts/${started.body.id}/clients`);
    const late = await api.get(`/v1/rollouts/${started.body.id}/clients?cohort=Rest&search=cor`);

    const [alma] = list.body.items;
    expect(list.body.items).toHaveLength(3);
    expect(alma).toMatchObject({ key: 'alma', state: 'planned', stateWords: 'Planned' });
    expect(alma.nextText).not.toBe('');
    expect(pluck(alma.whyNot, 'gate')).toEqual(
      expect.arrayContaining(['preview', 'consent', 'notice', 'slot', 'cohort']),
    );
    expect(alma.actions).toEqual(['hold', 'skip']);
    expect(pluck(late.body.items, 'key')).toEqual(['cork']);
  });

  it('offers support what support may do', async () => {
    const started = await start(await newPlan());

    const list = await api.get(`/v1/rollouts/${started.body.id}/clients`, { as: 'support' });
    const stop = await api.post(
      `/v1/rollouts/${started.body.id}/stop`,
      { reason: 'x' },
      { as: 'support' },
    );

    expect(list.body.items[0].actions).toEqual(['hold']);
    expect(stop.status).toBe(403);
  });

  it('shows what a hold would do without doing it, then does it and lets go again', async () => {
    const { id } = (await start(await newPlan())).body;
    const order = { clients: ['bern'], reason: 'their fair is on' };

    const shown = await api.post(`/v1/rollouts/${id}/holds?preview=true`, order);
    const before = await api.get(`/v1/rollouts/${id}/clients/bern`);
    const held = await api.post(`/v1/rollouts/${id}/holds`, order);
    const during = await api.get(`/v1/rollouts/${id}/clients/bern`);
    await api.post(`/v1/rollouts/${id}/releases`, { clients: ['bern'] });
    const after = await api.get(`/v1/rollouts/${id}/clients/bern`);

    expect(shown.body).toMatchObject({ affected: [{ key: 'bern', name: 'BERN' }], rollout: null });
    expect(before.body.hold).toBeNull();
    expect(held.body.affected).toEqual([{ key: 'bern', name: 'BERN' }]);
    expect(during.body.hold).toMatchObject({ reason: 'their fair is on', by: 'token:pm' });
    expect(during.body.whyNot[0]).toMatchObject({
      gate: 'control',
      reason: 'on hold by token:pm: their fair is on',
    });
    expect(after.body.hold).toBeNull();
  });

  it('refuses an order about a client that has no part in it, and says so in a preview', async () => {
    const { id } = (await start(await newPlan())).body;
    const order = { clients: ['ghost'], reason: 'x' };

    const shown = await api.post(`/v1/rollouts/${id}/holds?preview=true`, order);
    const reply = await api.post(`/v1/rollouts/${id}/holds`, order);

    expect(shown.body.refused[0].why).toMatch(/ghost/);
    expect([reply.status, reply.body.code]).toEqual([422, 'CLIENT_NOT_IN_ROLLOUT']);
  });

  it('pauses, names what was dispatched, resumes, and refuses to resume twice', async () => {
    const { id } = (await start(await newPlan())).body;

    const paused = await api.post(`/v1/rollouts/${id}/pause`, { reason: 'call from a client' });
    const today = await api.get('/v1/today');
    const resumed = await api.post(`/v1/rollouts/${id}/resume`, {});
    const again = await api.post(`/v1/rollouts/${id}/resume`, {});

    expect(paused.body).toMatchObject({ rollout: { state: 'paused' }, alreadyDispatched: [] });
    expect(paused.body.rollout.sentence).toMatch(/^Paused by token:pm: call from a client\. /);
    expect(today.body.paused).toMatchObject([{ rolloutId: id, reason: 'call from a client' }]);
    expect(resumed.body.rollout.state).toBe('running');
    expect([again.status, again.body.code]).toEqual([409, 'ROLLOUT_RUNNING']);
  });

  it('skips a client and stops for the rest', async () => {
    const { id } = (await start(await newPlan())).body;

    const skipped = await api.post(`/v1/rollouts/${id}/skips`, {
      clients: ['cork'],
      reason: 'on 9.99',
      nextVersion: '9.99.0',
    });
    const stopped = await api.post(`/v1/rollouts/${id}/stop`, { reason: 'wrong build' });

    expect(skipped.body.rollout.counts).toEqual({ planned: 2, skipped: 1 });
    expect(pluck(stopped.body.affected, 'key')).toEqual(['alma', 'bern']);
    expect(stopped.body.rollout).toMatchObject({ state: 'stopped', stateReason: 'wrong build' });
  });

  it('tells its story in sentences once the events have their numbers', async () => {
    const { id } = (await start(await newPlan())).body;
    await api.post(`/v1/rollouts/${id}/holds`, { clients: ['bern'], reason: 'their fair is on' });
    await numberEvents(api);

    const story = await api.get(`/v1/rollouts/${id}/story`);
    const ofBern = await api.get(`/v1/rollouts/${id}/story?client=bern`);

    const texts = pluck(story.body.items, 'text');
    expect(texts).toContain('Token “pm” started the rollout');
    expect(ofBern.body.items[0].text).toBe('Token “pm” put BERN on hold: their fair is on');
  });
});

async function numberEvents({ pool }: TestApi): Promise<void> {
  await pool.rows(
    `with numbered as (
       select e.id, (select coalesce(max(n.position), 0) from event n) + row_number() over (order by e.at, e.id) as place
       from event e where e.position is null
     )
     update event e set position = n.place from numbered n where n.id = e.id`,
  );
}
