import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { createPlanningActivities } from '../../../activities/planning/index.ts';
import { plusMs } from '../../../domain/instant.ts';
import { demoPolicy } from '../../../domain/rollout/seeded-policies.ts';
import { pluck, type Reply, startApi, type TestApi } from '../../support/api.ts';
import { insertClient } from '../../support/client-fixture.ts';
import { insertBuild, insertDeployer, rightNow } from '../../support/fixtures.ts';

const dayMs = 86_400_000;
const inDays = (days: number): string => plusMs(rightNow(), days * dayMs).slice(0, 10);

describe('what a change and its clients ask of a plan', () => {
  let api: TestApi;
  let minor = 0;

  beforeAll(async () => {
    api = await startApi();
    await insertDeployer(api.pool);
    const currentBuildId = await insertBuild(api.pool, null, { version: '8.0.0' });
    for (const key of ['alma', 'bern', 'cork']) {
      await insertClient(api.pool, { key, name: key.toUpperCase(), currentBuildId });
    }
    await insertClient(api.pool, { key: 'dover', name: 'DOVER', currentBuildId: null });
    const document = { ...demoPolicy, calendar: null };
    await api.put('/v1/policies/demo', { document }, { as: 'admin' });
  });

  afterAll(async () => {
    await api.close();
  });

  const keyed = () => ({ headers: { 'idempotency-key': randomUUID() } });

  /** A change with a build that passed QA. */
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

  const planOf = async (change: string, more: object = {}): Promise<Reply> => {
    const plan = await api.post('/v1/plans', { change, policy: 'demo', ...more });
    expect(plan.status).toBe(201);
    return plan;
  };

  async function start({ body }: Reply): Promise<string> {
    const order = { planId: body.id, hash: body.hash };
    const started = await api.post('/v1/rollouts', order, keyed());
    expect(started.status).toBe(201);
    return started.body.id as string;
  }

  const clientOf = async (rolloutId: string, key: string): Promise<Reply['body']> =>
    (await api.get(`/v1/rollouts/${rolloutId}/clients/${key}`)).body;

  it('asks those who reported it first, and only informs the others', async () => {
    const change = await newChange();
    await api.post(`/v1/changes/${change}/assessments`, {
      impact: 'visible',
      reversible: true,
      reportedBy: ['cork'],
    });

    const plan = await api.post('/v1/plans', { change });
    const only = await api.post('/v1/plans', { change, clients: { reporters: true } });

    expect(plan.body).toMatchObject({
      policy: 'hotfix',
      cohorts: [
        { name: 'Reporters', clients: 1 },
        { name: 'Rest', clients: 3 },
      ],
    });
    expect(plan.body.clients).toMatchObject([
      { key: 'cork', cohort: 'Reporters', consent: 'approve' },
      { key: 'alma', cohort: 'Rest', consent: 'inform' },
      { key: 'bern', cohort: 'Rest', consent: 'inform' },
      { key: 'dover', cohort: 'Rest', consent: 'inform' },
    ]);
    expect(pluck(only.body.clients, 'key')).toEqual(['cork']);
    const id = await start(plan);
    expect((await clientOf(id, 'cork')).consent).toBe('approve');
    expect((await clientOf(id, 'alma')).consent).toBe('inform');
  });

  it.each([
    ['alma', '8.0.0', null],
    ['alma', '8.4.0', /needs at least 8\.4\.0; production runs 8\.0\.0$/],
    ['dover', '8.0.0', /needs at least 8\.0\.0; nobody knows what production runs$/],
  ])(
    'lets a step from %s with minimum version %s start only if it may',
    async (key, least, told) => {
      const id = await start(await planOf(await newChange({ minimumVersion: least })));

      const conflict = closedGate(await clientOf(id, key), 'conflict');

      expect(conflict).toEqual(told === null ? null : expect.stringMatching(told));
    },
  );

  it('plans nobody before the earliest date of the change', async () => {
    const earliestDate = inDays(9);

    const plan = await planOf(await newChange({ earliestDate }));

    const dates = pluck(plan.body.clients, 'localStart').map((local) => String(local).slice(0, 10));
    expect(dates[0]).toBe(earliestDate);
    expect(dates.every((date) => date >= earliestDate)).toBe(true);
  });

  it('plans nobody after the latest date of the change, and says so', async () => {
    const plan = await planOf(await newChange({ latestDate: '2020-01-31' }));

    expect(pluck(plan.body.clients, 'placed')).toEqual([false, false, false, false]);
    expect(plan.body.clients[0].reasons[0]).toMatch(/latest date 31 January 2020/);
  });

  describe('a client for which no date was found', () => {
    const calendar = (deny: readonly object[]): object => ({
      document: { calendar: 'fair', zone: 'client', allow: 'always', deny },
    });
    const shut = [{ name: 'the fair is on', between: ['2000-01-01T00:00', '2099-01-01T00:00'] }];
    let id: string;

    beforeAll(async () => {
      await api.put('/v1/calendars/fair', calendar(shut));
      await api.put('/v1/clients/bern/calendar', { calendar: 'fair' });
      const plan = await planOf(await newChange());
      expect(plan.body.clients[1]).toMatchObject({ key: 'bern', placed: false, localStart: null });
      expect(plan.body.clients[1].reasons[0]).toContain('the fair is on (client)');
      expect(plan.body.clients[1].differs).toContain('has a calendar of its own');
      id = await start(plan);
    });

    it('says so with the reason from the start', async () => {
      const bern = await clientOf(id, 'bern');

      expect(bern).toMatchObject({ state: 'planned', slotStart: null });
      expect(closedGate(bern, 'slot')).toMatch(
        /^it has no date: no open stretch of 1 min .*the fair is on/,
      );
      const events = await api.pool.rows<{ cause: string | null }>(
        `select e.cause
         from event e
         join client cl on cl.id = e.client_id
         where e.rollout_id = $1 and e.kind = 'client-rollout.planned' and cl.key in ('alma', 'bern')
         order by cl.key`,
        [id],
      );
      expect(pluck(events, 'cause')).toEqual([null, 'no date was found for it yet']);
      const alma = await clientOf(id, 'alma');
      expect(alma.whyNot).not.toContainEqual(
        expect.objectContaining({ reason: expect.stringContaining('it has no date') }),
      );
    });

    it('misses no date but waits for one once it agreed, and a person is asked', async () => {
      const bern = await clientOf(id, 'bern');
      await api.pool.rows(
        `update client_rollout as cr
         set state = 'agreed', agreed_build_id = r.build_id
         from rollout r, client cl
         where r.id = cr.rollout_id and cl.id = cr.client_id and r.id = $1 and cl.key = 'bern'`,
        [id],
      );
      const agreed = await clientOf(id, 'bern');
      const [{ id: clientId }] = (await api.pool.rows(
        `select cl.id from client cl where cl.key = 'bern'`,
      )) as [{ id: never }];
      const acts = createPlanningActivities(api.backend);
      await acts.missSlot({ rolloutId: id as never, clientId });
      await acts.planMissedAgain({ rolloutId: id as never });

      const missed = await clientOf(id, 'bern');
      const { items } = (await api.get('/v1/attention')).body;

      expect(bern.state).toBe('planned');
      expect(agreed.nextText).toMatch(/^it has no date: .*the fair is on/);
      expect(missed).toMatchObject({ state: 'missed' });
      expect(missed.nextText).toMatch(/^it has no date: .*the fair is on/);
      expect(items).toContainEqual(
        expect.objectContaining({ kind: 'missed-slots', rollout: expect.objectContaining({ id }) }),
      );
    });

    it('gets its date by planning again once its calendar lets it', async () => {
      await api.put('/v1/calendars/fair', calendar([]));
      const reason = 'the fair was called off';
      const proposed = await api.post(`/v1/rollouts/${id}/plans`, { clients: ['bern'], reason });
      const { body } = proposed;
      const applied = await api.post(`/v1/rollouts/${id}/plans/${body.id}/apply`, {
        hash: body.hash,
      });
      const bern = await clientOf(id, 'bern');

      expect(body.difference.moves).toMatchObject([{ key: 'bern', from: null, toldAgain: false }]);
      expect(applied.status).toBe(200);
      expect(bern).toMatchObject({ state: 'agreed', slotStart: body.difference.moves[0].to });
      expect(bern.whyNot).not.toContainEqual(
        expect.objectContaining({ reason: expect.stringContaining('it has no date') }),
      );
    });
  });
});

/** Why one gate is closed; null when it is open. */
function closedGate({ whyNot }: Reply['body'], gate: string): string | null {
  const gates = whyNot as readonly { readonly gate: string; readonly reason: string }[];
  return gates.find((each) => each.gate === gate)?.reason ?? null;
}
