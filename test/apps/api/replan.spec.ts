import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { createPlanningActivities } from '../../../activities/planning/index.ts';
import { plusMs } from '../../../domain/instant.ts';
import { pluck, type Reply, startApi, type TestApi } from '../../support/api.ts';
import { insertDeployer, rightNow } from '../../support/fixtures.ts';
import { insertVerifiedDeployment } from '../../support/past-fixture.ts';
import { insertRollout, type TestRollout } from '../../support/rollout-fixture.ts';

const dayMs = 86_400_000;

describe('planning again, and trying again', () => {
  let api: TestApi;
  let number = 0;

  beforeAll(async () => {
    api = await startApi();
    await insertDeployer(api.pool);
  });

  afterAll(async () => {
    await api.close();
  });

  /** Ash and birch missed their announced slots, cedar's is still to come. */
  async function rolloutWithMissed(): Promise<TestRollout> {
    number += 1;
    const rollout = await insertRollout(api.pool, {
      clients: ['ash', 'birch', 'cedar'].map((name) => ({ key: `${name}-${number}`, name })),
      change: { version: `6.${number}.0` },
      policy: { name: `policy-${number}`, missed: 'ask' },
      baseline: { version: `5.${number}.0` },
      clientState: 'scheduled',
    });
    await api.pool.rows(
      `update mail_delivery as m
       set told_from = cr.slot_start, told_until = cr.slot_latest_end,
         lane = m.contact_id || ':' || m.rollout_id
       from client_rollout cr
       where cr.id = m.client_rollout_id and cr.rollout_id = $1`,
      [rollout.rolloutId],
    );
    const { backend } = api;
    const acts = createPlanningActivities(backend);
    for (const client of rollout.clients.slice(0, 2)) {
      await api.pool.rows(
        `update client_rollout as cr set slot_latest_end = cr.slot_start where cr.id = $1`,
        [client.clientRolloutId],
      );
      await acts.missSlot({ rolloutId: rollout.rolloutId, clientId: client.clientId });
    }
    await acts.planMissedAgain({ rolloutId: rollout.rolloutId });
    return rollout;
  }

  const propose = ({ rolloutId }: TestRollout, body: object = {}): Promise<Reply> =>
    api.post(`/v1/rollouts/${rolloutId}/plans`, { reason: 'the evening was full', ...body });

  const apply = (
    { rolloutId }: TestRollout,
    { body }: Reply,
    call: Parameters<TestApi['post']>[2] = {},
  ): Promise<Reply> =>
    api.post(`/v1/rollouts/${rolloutId}/plans/${body.id}/apply`, { hash: body.hash }, call);

  const clientsOf = async ({ rolloutId }: TestRollout): Promise<readonly Reply['body'][]> => {
    const { body } = await api.get(`/v1/rollouts/${rolloutId}/clients`);
    return body.items as readonly Reply['body'][];
  };

  const questionsAbout = async ({ rolloutId }: TestRollout): Promise<readonly Reply['body'][]> => {
    const { body } = await api.get('/v1/attention');
    const items = body.items as readonly { readonly rollout: { readonly id: string } | null }[];
    return items.filter(({ rollout }) => rollout?.id === rolloutId);
  };

  it('asks a person about the clients that missed, and says at each what it waits for', async () => {
    const rollout = await rolloutWithMissed();

    const [question] = await questionsAbout(rollout);
    const [ash] = await clientsOf(rollout);

    expect(question).toMatchObject({ kind: 'missed-slots', actions: ['plan-again', 'skip'] });
    expect(ash).toMatchObject({ state: 'missed', nextText: 'waits for a new date', nextAt: null });
    expect(ash.whyNot).toContainEqual(
      expect.objectContaining({ gate: 'slot', reason: 'its date has passed' }),
    );
  });

  it('shows the difference and moves nobody by showing it', async () => {
    const rollout = await rolloutWithMissed();
    const before = await clientsOf(rollout);

    const proposed = await propose(rollout);

    expect(proposed.status).toBe(201);
    expect(proposed.body).toMatchObject({ rolloutId: rollout.rolloutId });
    expect(proposed.body.difference).toMatchObject({
      moves: [
        { name: 'ash', from: before[0].slotStart, reason: 'the evening was full', toldAgain: true },
        { name: 'birch', from: before[1].slotStart, toldAgain: true },
      ],
      same: 1,
    });
    expect(proposed.body.difference.moves[0].to > rightNow()).toBe(true);
    expect(await clientsOf(rollout)).toMatchObject(
      before.map(({ state, slotStart }) => ({ state, slotStart })),
    );
  });

  it('gives the dates that were shown, tells them, and settles the question', async () => {
    const rollout = await rolloutWithMissed();
    const proposed = await propose(rollout);
    api.wakes.length = 0;

    const applied = await apply(rollout, proposed);

    expect(applied.status).toBe(200);
    expect(applied.body).toMatchObject({ id: rollout.rolloutId, counts: { agreed: 2 } });
    const clients = await clientsOf(rollout);
    const [first, second] = proposed.body.difference.moves;
    expect(pluck(clients, 'state')).toEqual(['agreed', 'agreed', 'scheduled']);
    expect(pluck(clients.slice(0, 2), 'slotStart')).toEqual([first.to, second.to]);
    expect(await questionsAbout(rollout)).toEqual([]);
    const { body } = await api.get(
      `/v1/rollouts/${rollout.rolloutId}/clients/${rollout.clients[0]!.key}`,
    );
    expect(pluck(body.messages, 'kind')).toContain('moved');
    expect(api.wakes).toEqual(
      expect.arrayContaining([rollout.workflowId, rollout.clients[0]!.workflowId]),
    );
  });

  it('refuses the hash of another plan, and applies the right one afterwards', async () => {
    const rollout = await rolloutWithMissed();
    const { body } = await propose(rollout);

    const wrong = await api.post(`/v1/rollouts/${rollout.rolloutId}/plans/${body.id}/apply`, {
      hash: `sha256:${'0'.repeat(64)}`,
    });

    expect([wrong.status, wrong.body.code]).toEqual([409, 'PLAN_STALE']);
    expect(pluck(await clientsOf(rollout), 'state')).toEqual(['missed', 'missed', 'scheduled']);
    expect((await apply(rollout, { body } as Reply)).status).toBe(200);
  });

  it('refuses a proposal when facts have changed since, and says for whom', async () => {
    const rollout = await rolloutWithMissed();
    const proposed = await propose(rollout);
    await api.post(`/v1/rollouts/${rollout.rolloutId}/skips`, {
      clients: [rollout.clients[1]!.key],
      reason: 'they wait for 9.9',
    });

    const stale = await apply(rollout, proposed);

    expect([stale.status, stale.body.code]).toEqual([409, 'PLAN_STALE']);
    expect(stale.body.detail).toContain(rollout.clients[1]!.key);
    expect(pluck(stale.body.difference, 'key')).toContain(rollout.clients[1]!.key);
    expect(pluck(await clientsOf(rollout), 'state')).toEqual(['missed', 'skipped', 'scheduled']);
  });

  it('applies a proposal once; a repeated request is answered again', async () => {
    const rollout = await rolloutWithMissed();
    const proposed = await propose(rollout);
    const call = { headers: { 'idempotency-key': randomUUID() } };

    const first = await apply(rollout, proposed, call);
    const repeated = await apply(rollout, proposed, call);
    const second = await apply(rollout, proposed);

    expect([first.status, repeated.status]).toEqual([200, 200]);
    expect([second.status, second.body.code]).toEqual([409, 'PLAN_ALREADY_APPLIED']);
  });

  it('knows a proposal only within its own rollout', async () => {
    const [rollout, other] = [await rolloutWithMissed(), await rolloutWithMissed()];
    const proposed = await propose(rollout);

    const crossed = await apply(other, proposed);

    expect(crossed.status).toBe(404);
    expect(pluck(await clientsOf(rollout), 'state')).toEqual(['missed', 'missed', 'scheduled']);
  });

  it('plans nobody again where nobody missed, and nobody who has no part in it', async () => {
    const rollout = await rolloutWithMissed();
    await apply(rollout, await propose(rollout));

    const nobody = await propose(rollout);
    const stranger = await propose(rollout, { clients: ['ghost'] });

    expect([nobody.status, nobody.body.code]).toEqual([409, 'NOBODY_MISSED']);
    expect([stranger.status, stranger.body.code]).toEqual([409, 'CLIENT_NOT_MOVABLE']);
    expect(stranger.body.detail).toContain('ghost (not in this rollout)');
  });

  it('leaves new dates to those who manage rollouts', async () => {
    const rollout = await rolloutWithMissed();
    const proposed = await propose(rollout);

    const support = await apply(rollout, proposed, { as: 'support' });
    const shown = await api.post(
      `/v1/rollouts/${rollout.rolloutId}/plans`,
      { reason: 'x' },
      { as: 'support' },
    );

    expect([support.status, shown.status]).toEqual([403, 403]);
  });

  it('plans nobody before the earliest date that the rollout was planned with', async () => {
    const rollout = await rolloutWithMissed();
    const earliestDate = plusMs(rightNow(), 20 * dayMs).slice(0, 10);
    await api.pool.rows(`update plan set input = $2 where rollout_id = $1`, [
      rollout.rolloutId,
      JSON.stringify({ earliestDate }),
    ]);

    const proposed = await propose(rollout);

    const dates = pluck(proposed.body.difference.moves, 'toLocal').map((local) =>
      String(local).slice(0, 10),
    );
    expect(dates).toEqual([earliestDate, earliestDate]);
  });

  it('brings a rollout that was done back to work when its failed client is tried again', async () => {
    number += 1;
    const rollout = await insertRollout(api.pool, {
      change: { version: `6.${number}.0` },
      policy: { name: `policy-${number}` },
      baseline: { version: `5.${number}.0` },
      clientState: 'scheduled',
      state: 'done',
    });
    const client = rollout.clients[0]!;
    await insertVerifiedDeployment(api.pool, { ...rollout, client }, 'production');
    await api.pool.rows(
      `update deployment set state = 'failed', verification = null where site_kind = 'production' and rollout_id = $1`,
      [rollout.rolloutId],
    );
    await api.pool.rows(`update client_rollout set state = 'failed' where id = $1`, [
      client.clientRolloutId,
    ]);
    const order = { clients: [client.key], reason: 'the disk has room again' };
    const before = await clientsOf(rollout);

    const retried = await api.post(`/v1/rollouts/${rollout.rolloutId}/retries`, order, {
      as: 'support',
    });
    const again = await api.post(`/v1/rollouts/${rollout.rolloutId}/retries`, order);

    expect(before[0].actions).toEqual(['retry']);
    expect(retried.status).toBe(200);
    expect(retried.body.rollout).toMatchObject({ state: 'running', counts: { scheduled: 1 } });
    expect(again.status).toBe(409);
    expect(api.wakes).toEqual(expect.arrayContaining([rollout.workflowId, client.workflowId]));
  });
});
