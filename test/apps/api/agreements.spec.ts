import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { pluck, type Reply, startApi, type TestApi } from '../../support/api.ts';
import { insertDeployer } from '../../support/fixtures.ts';
import { insertRollout, type TestRollout } from '../../support/rollout-fixture.ts';

describe('agreements with clients', () => {
  let api: TestApi;
  let rollout: TestRollout;
  let key: string;

  beforeAll(async () => {
    api = await startApi();
    await insertDeployer(api.pool);
    rollout = await insertRollout(api.pool, { clients: 2, clientState: 'scheduled' });
    ({ key } = rollout.clients[0]!);
  });

  afterAll(async () => {
    await api.close();
  });

  const told = { source: 'call on 24 November', owner: 'Dana' };
  const freeze = {
    kind: 'freeze',
    from: '2000-01-01T00:00',
    to: '2099-01-20T08:00',
    reason: 'stocktaking',
    ...told,
  };

  async function agree(body: unknown, call = {}): Promise<Reply> {
    return await api.post(`/v1/clients/${key}/agreements`, body, call);
  }

  async function end(made: Reply): Promise<Reply> {
    const path = `/v1/agreements/${String(made.body.id)}/end`;
    return await api.post(path, { reason: 'no longer needed' });
  }

  async function windowGateOf(index: number): Promise<unknown> {
    const of = rollout.clients[index]!;
    const { body } = await api.get(`/v1/rollouts/${rollout.rolloutId}/clients/${of.key}`);
    const closed = body.whyNot as readonly { readonly gate: string }[];
    return closed.find(({ gate }) => gate === 'window') ?? null;
  }

  it('closes the window of that client alone while its freeze holds, and wakes its loop', async () => {
    api.wakes.length = 0;
    const made = await agree(freeze);
    const [frozen, other] = [await windowGateOf(0), await windowGateOf(1)];
    const wakes = [...api.wakes];
    const ended = await end(made);

    expect(made.status).toBe(201);
    expect(made.body).toMatchObject({
      client: key,
      kind: 'freeze',
      title: 'no production from 2000-01-01 00:00 to 2099-01-20 08:00: stocktaking',
      expires: '2099-01-20',
      bindsCritical: true,
      ended: null,
    });
    expect(frozen).toMatchObject({
      reason: expect.stringContaining('own freeze until 2099-01-20 08:00: stocktaking'),
    });
    expect(other).toBeNull();
    expect(wakes).toEqual([rollout.clients[0]!.workflowId]);
    expect(ended.body.ended).toMatchObject({ by: 'token:pm', reason: 'no longer needed' });
    expect(await windowGateOf(0)).toBeNull();
  });

  it('judges by the agreed calendar as well', async () => {
    const never = { zone: 'client', allow: [{ name: 'long ago', on: { dates: ['2020-01-01'] } }] };
    const made = await agree({ kind: 'calendar', document: never, ...told });
    const gate = await windowGateOf(0);
    await end(made);

    expect(made.body.title).toBe("own allowed times instead of the vendor's: long ago");
    expect(gate).toMatchObject({ reason: expect.stringContaining('agreement calendar') });
    expect(await windowGateOf(0)).toBeNull();
  });

  it('leaves an agreement aside that does not hold any more', async () => {
    const never = { zone: 'client', allow: [] };
    const days = { since: '2020-01-01', expires: '2020-12-31' };
    const made = await agree({ kind: 'calendar', document: never, ...told, ...days });
    const gate = await windowGateOf(0);
    await end(made);

    expect(made.status).toBe(201);
    expect(gate).toBeNull();
  });

  it('lists all agreements of a client, the newest first, with who ended them', async () => {
    const lead = await agree({ kind: 'lead', lead: { businessDays: 10 }, ...told });
    await agree({ kind: 'consent', consent: 'approve', ...told, bindsCritical: false });
    await agree({ kind: 'moves', times: 2, noticeHours: 48, latestDays: 10, ...told });
    await end(lead);
    const { body } = await api.get(`/v1/clients/${key}/agreements`, { as: 'support' });

    expect(pluck(body.items, 'title').slice(0, 3)).toEqual([
      'may move its date 2 times, up to 48 hours before it',
      'only after it said yes',
      'told 10 business days before the date',
    ]);
    expect(body.items[1]).toMatchObject({ bindsCritical: false, ended: null });
    expect(body.items[2].ended).not.toBeNull();
  });

  it('tells in the story that an agreement was made and ended', async () => {
    const made = await agree(freeze);
    await end(made);
    const events = await api.pool.rows<{ kind: string; cause: string | null }>(
      `select e.kind, e.cause from event e where e.facts ->> 'agreementId' = $1 order by e.at`,
      [made.body.id],
    );

    expect(events).toEqual([
      { kind: 'agreement.made', cause: null },
      { kind: 'agreement.ended', cause: 'no longer needed' },
    ]);
  });

  it('ends an agreement once only', async () => {
    const made = await agree(freeze);
    await end(made);
    const again = await end(made);

    expect([again.status, again.body.code]).toEqual([409, 'AGREEMENT_ENDED']);
    expect(again.body.detail).toContain('by token:pm (no longer needed)');
  });

  it('refuses what cannot be meant, with the place', async () => {
    const backwards = await agree({ ...freeze, from: '2027-01-20T00:00', to: '2027-01-10T00:00' });
    const noDay = await agree({ ...freeze, to: '2027-02-30T00:00' });
    const badCalendar = await agree({ kind: 'calendar', document: { zone: 'Mars' }, ...told });
    const over = { since: '2027-02-01', expires: '2027-01-01' };
    const noTime = await agree({ kind: 'consent', consent: 'approve', ...told, ...over });

    expect([backwards.status, backwards.body.code]).toEqual([422, 'AGREEMENT_INVALID']);
    expect(pluck(backwards.body.errors, 'path')).toEqual(['to']);
    expect(pluck(noDay.body.errors, 'path')).toEqual(['to']);
    expect(pluck(badCalendar.body.errors, 'path')).toEqual(['zone']);
    expect(pluck(noTime.body.errors, 'path')).toEqual(['expires']);
  });

  it('refuses bodies outside the contract, and people who may not', async () => {
    const both = { kind: 'calendar', document: {}, yaml: 'zone: UTC', ...told };
    const replies = [
      await agree({ ...freeze, from: 'tomorrow' }),
      await agree({ kind: 'freeze', ...told }),
      await agree({ kind: 'party', ...told }),
      await agree({ kind: 'lead', lead: { businessDays: -1 }, ...told }),
      await agree(both),
      await agree({ ...freeze, more: true }),
    ];
    const unknown = await api.post('/v1/clients/ghost/agreements', freeze);
    const nobody = await api.get('/v1/clients/ghost/agreements');
    const support = await agree(freeze, { as: 'support' });
    const noAgreement = await api.post('/v1/agreements/019acb5e-0000-7000-8000-000000000000/end', {
      reason: 'so',
    });

    expect(replies.map(({ status }) => status)).toEqual([400, 400, 400, 400, 400, 400]);
    expect([unknown.status, nobody.status, support.status, noAgreement.status]).toEqual([
      404, 404, 403, 404,
    ]);
  });
});
