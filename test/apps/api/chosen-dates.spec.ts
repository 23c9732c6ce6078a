import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { demoPolicy } from '../../../domain/rollout/seeded-policies.ts';
import { pluck, type Reply, startApi, type TestApi } from '../../support/api.ts';
import { insertClient } from '../../support/client-fixture.ts';
import { insertBuild, insertDeployer } from '../../support/fixtures.ts';

interface World {
  readonly change: string;
  readonly rolloutId: string;
  readonly ash: string;
  readonly birch: string;
}

describe('dates that clients choose, and what else they ask for', () => {
  let api: TestApi;
  let number = 0;

  beforeAll(async () => {
    api = await startApi();
    await insertDeployer(api.pool);
    const clientMoves = { times: 1, noticeHours: 0, latestDays: 30 };
    const open = { ...demoPolicy, calendar: null };
    const policies = { fixed: open, movable: { ...open, clientMoves, maxInFlight: 1 } };
    for (const [name, document] of Object.entries(policies)) {
      const saved = { document: { ...document, name } };
      expect((await api.put(`/v1/policies/${name}`, saved, { as: 'admin' })).status).toBe(200);
    }
  });

  afterAll(async () => {
    await api.close();
  });

  const keyed = () => ({ headers: { 'idempotency-key': randomUUID() } });

  /** A change with a build that passed QA. */
  async function newChange(): Promise<string> {
    number += 1;
    const version = `9.${number}.0`;
    await api.post('/v1/changes', { kind: 'hotfix', version, title: 'Maps' });
    const digest = `sha256:${String(number).padStart(64, '0')}`;
    const build = { version, digest, notesMarkdown: 'Faster.', qaPassed: true };
    expect((await api.post(`/v1/changes/${version}/builds`, build, keyed())).status).toBe(201);
    return version;
  }

  /** A rollout to two clients of its own. */
  async function rolloutUnder(policy: 'fixed' | 'movable'): Promise<World> {
    const change = await newChange();
    const [ash, birch] = [`ash-${number}`, `birch-${number}`];
    const baseline = { version: `8.${number}.0` };
    const currentBuildId = await insertBuild(api.pool, null, baseline);
    for (const key of [ash, birch]) {
      await insertClient(api.pool, { key, name: key.toUpperCase(), currentBuildId });
    }
    const clients = { keys: [ash, birch] };
    const { body } = await api.post('/v1/plans', { change, policy, clients });
    const started = await api.post('/v1/rollouts', { planId: body.id, hash: body.hash }, keyed());
    expect(started.status).toBe(201);
    return { change, rolloutId: started.body.id as string, ash, birch };
  }

  const pathOf = ({ rolloutId }: World, key: string): string =>
    `/v1/rollouts/${rolloutId}/clients/${key}`;

  const clientOf = async (world: World, key: string): Promise<Reply['body']> =>
    (await api.get(pathOf(world, key))).body;

  const offersOf = async (world: World, query: string): Promise<readonly Reply['body'][]> => {
    const { status, body } = await api.get(`${pathOf(world, world.ash)}/offers?${query}`);
    expect(status).toBe(200);
    return body.items as readonly Reply['body'][];
  };

  const choose = (world: World, key: string, body: object, call = {}): Promise<Reply> =>
    api.post(`${pathOf(world, key)}/date`, body, call);

  const ask = (world: World, body: unknown, call = {}): Promise<Reply> =>
    api.post(`${pathOf(world, world.ash)}/requests`, body, call);

  const questionsAbout = async ({ rolloutId }: World): Promise<readonly Reply['body'][]> => {
    const { body } = await api.get('/v1/attention');
    const items = body.items as readonly { readonly rollout: { readonly id: string } | null }[];
    return items.filter(({ rollout }) => rollout?.id === rolloutId);
  };

  const freeze = {
    kind: 'freeze',
    from: '2090-01-01T00:00',
    to: '2090-01-10T00:00',
    reason: 'stocktaking',
  };

  it('offers as many dates as wanted, and none before the day that is named', async () => {
    const world = await rolloutUnder('movable');

    const offers = await offersOf(world, 'count=3&by=client');
    const day = String(offers[1].localStart).slice(0, 10);
    const later = await offersOf(world, `count=2&from=${day}`);

    expect(offers).toHaveLength(3);
    expect(offers[0]).toMatchObject({ latestEnd: expect.any(String), free: expect.any(Number) });
    expect(later.every(({ localStart }) => String(localStart) >= day)).toBe(true);
    expect(later).toHaveLength(2);
  });

  it('gives a chosen date, shows it at the client, and wakes its loop', async () => {
    const world = await rolloutUnder('movable');
    const [, later] = await offersOf(world, 'count=2&by=client');
    api.wakes.length = 0;

    const chosen = await choose(world, world.ash, { start: later.start, by: 'client' });

    expect(chosen.status).toBe(200);
    expect(chosen.body).toEqual({
      slotStart: later.start,
      slotLatestEnd: later.latestEnd,
      localStart: later.localStart,
    });
    expect((await clientOf(world, world.ash)).slotStart).toBe(later.start);
    expect(api.wakes.length).toBeGreaterThan(0);
  });

  it('refuses a date that is taken, and names others', async () => {
    const world = await rolloutUnder('movable');
    const [, later] = await offersOf(world, 'count=2');
    await choose(world, world.ash, { start: later.start });

    const taken = await choose(world, world.birch, { start: later.start });

    expect([taken.status, taken.body.code]).toEqual([409, 'DATE_TAKEN']);
    expect(taken.body.offers.length).toBeGreaterThan(0);
    expect(pluck(taken.body.offers, 'start')).not.toContain(later.start);
  });

  it('lets no client move its date where the policy does not, but a person', async () => {
    const world = await rolloutUnder('fixed');
    const [, later] = await offersOf(world, 'count=2');

    const offered = await offersOf(world, 'by=client');
    const byClient = await choose(world, world.ash, { start: later.start, by: 'client' });
    const byPerson = await choose(world, world.ash, { start: later.start });

    expect(offered).toEqual([]);
    expect([byClient.status, byClient.body.code]).toEqual([409, 'DATE_NOT_ALLOWED']);
    expect(byClient.body.detail).toContain('do not move their own dates');
    expect(byPerson.status).toBe(200);
  });

  it('refuses dates outside the contract, unknown clients, and people who may not', async () => {
    const world = await rolloutUnder('movable');
    const [offer] = await offersOf(world, 'count=1');
    const start = offer.start as string;

    const replies = [
      await choose(world, world.ash, { start: 'tomorrow' }),
      await choose(world, world.ash, { start, by: 'boss' }),
      await api.get(`${pathOf(world, world.ash)}/offers?count=0`),
      await choose(world, 'ghost', { start }),
      await api.get(`${pathOf(world, 'ghost')}/offers`),
      await choose(world, world.ash, { start }, { as: 'support' }),
    ];

    expect(replies.map(({ status }) => status)).toEqual([400, 400, 400, 422, 404, 403]);
  });

  it('makes a plan like a rollout that was, and says what differs', async () => {
    const world = await rolloutUnder('movable');
    await api.post(`/v1/clients/${world.ash}/agreements`, {
      ...freeze,
      source: 'a call',
      owner: 'Dana',
    });
    const change = await newChange();

    const planned = await api.post('/v1/plans', { change, like: world.rolloutId });
    const unknown = await api.post('/v1/plans', { change, like: randomUUID() });

    expect(planned.status).toBe(201);
    expect(planned.body.policy).toBe('movable');
    expect(pluck(planned.body.clients, 'key').toSorted()).toEqual([world.ash, world.birch]);
    expect(planned.body.likeDiffers).toEqual([`${world.ash} has a new agreement or calendar`]);
    expect(unknown.status).toBe(404);
  });

  it('grants a request within the limits at once, and tells it in the story', async () => {
    const world = await rolloutUnder('movable');

    const asked = await ask(world, freeze);

    expect(asked.status).toBe(201);
    expect(asked.body).toMatchObject({
      state: 'applied',
      answer: { moves: [], whyWaiting: null, text: expect.stringContaining('keeps') },
    });
    const agreements = await api.get(`/v1/clients/${world.ash}/agreements`);
    expect(agreements.body.items).toMatchObject([{ kind: 'freeze', owner: 'token:pm' }]);
    await api.pool.rows(
      `with numbered as (
         select e.id, (select coalesce(max(n.position), 0) from event n) + row_number() over (order by e.at, e.id) as place
         from event e where e.position is null
       )
       update event e set position = n.place from numbered n where n.id = e.id`,
    );
    const { story } = await clientOf(world, world.ash);
    expect(pluck(story, 'text')).toContain(
      `${world.ash.toUpperCase()} asked for no production from 2090-01-01 00:00 to 2090-01-10 00:00 (stocktaking), and has it`,
    );
    expect(await questionsAbout(world)).toEqual([]);
  });

  it('puts a request beyond the limits to a person, and lists what became of it', async () => {
    const world = await rolloutUnder('fixed');
    const wish = { kind: 'preference', weekday: 'tue', fromTime: '20:00', toTime: '23:00' };

    const asked = await ask(world, { ...wish, reason: 'quiet then' });
    const [question] = await questionsAbout(world);
    await api.post(`/v1/attention/${question.id}/resolve`, { resolution: 'told by phone' });
    const listed = await api.get(`${pathOf(world, world.ash)}/requests`, { as: 'support' });

    expect(asked.body.state).toBe('waiting');
    expect(question).toMatchObject({ kind: 'client-request', actions: ['move-date'] });
    expect(question.subjectId).toBe(asked.body.id);
    expect(question.text).toContain('asks for a Tuesday between 20:00 and 23:00 (quiet then)');
    expect(question.text).toContain(asked.body.answer.text);
    expect(listed.body.items).toEqual([
      {
        ...asked.body,
        title: 'a Tuesday between 20:00 and 23:00',
        request: { ...wish, reason: 'quiet then' },
        requestedBy: 'token:pm',
        requestedAt: expect.any(String),
        settled: { at: expect.any(String), by: 'token:pm', resolution: 'told by phone' },
      },
    ]);
  });

  it('answers a repeated request again, and asks once only', async () => {
    const world = await rolloutUnder('fixed');
    const call = keyed();
    const skip = { kind: 'skip', reason: 'not this year' };

    const [first, second] = [await ask(world, skip, call), await ask(world, skip, call)];

    expect([first.status, second.status]).toEqual([201, 201]);
    expect(second.body.id).toBe(first.body.id);
    expect(await questionsAbout(world)).toHaveLength(1);
  });

  it('refuses requests that cannot be meant, and people who may not ask', async () => {
    const world = await rolloutUnder('movable');
    const wish = { kind: 'preference', weekday: 'tue', fromTime: '20:00', toTime: '23:00' };
    const reason = 'quiet then';

    const outside = [
      await ask(world, { ...freeze, reason: '' }),
      await ask(world, { ...freeze, from: 'tomorrow' }),
      await ask(world, { ...wish, reason, weekday: 'tuesday' }),
      await ask(world, { ...wish, reason, toTime: '25:00' }),
      await ask(world, { kind: 'party', reason }),
      await ask(world, { ...freeze, more: true }),
    ];
    const backwards = await ask(world, { ...freeze, to: '2089-01-01T00:00' });
    const ghost = `${pathOf(world, 'ghost')}/requests`;
    const others = [
      await api.post(ghost, freeze),
      await api.get(ghost),
      await ask(world, freeze, { as: 'support' }),
    ];

    expect(outside.map(({ status }) => status)).toEqual([400, 400, 400, 400, 400, 400]);
    expect([backwards.status, backwards.body.code]).toEqual([422, 'REQUEST_INVALID']);
    expect(pluck(backwards.body.errors, 'path')).toEqual(['to']);
    expect(others.map(({ status }) => status)).toEqual([422, 404, 403]);
    expect((await api.get(`${pathOf(world, world.ash)}/requests`)).body.items).toEqual([]);
  });
});
