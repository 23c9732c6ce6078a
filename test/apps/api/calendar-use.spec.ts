import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { startApi, type TestApi } from '../../support/api.ts';
import { insertDeployer } from '../../support/fixtures.ts';
import { insertRollout, type TestRollout } from '../../support/rollout-fixture.ts';

describe('calendars of the vendor and of clients', () => {
  let api: TestApi;
  let rollout: TestRollout;

  beforeAll(async () => {
    api = await startApi();
    await insertDeployer(api.pool);
    rollout = await insertRollout(api.pool, { clients: 2, clientState: 'scheduled' });
    await save(open);
  });

  afterAll(async () => {
    await api.close();
  });

  const open = { calendar: 'fair', zone: 'client', allow: 'always' };
  const shut = {
    ...open,
    deny: [{ name: 'the fair is on', between: ['2000-01-01T00:00', '2099-01-01T00:00'] }],
  };

  async function save(document: unknown): Promise<void> {
    const saved = await api.put('/v1/calendars/fair', { document });
    expect([saved.status, saved.body]).toEqual([200, expect.objectContaining({ name: 'fair' })]);
  }

  async function windowGateOf(index: number): Promise<unknown> {
    const { key } = rollout.clients[index]!;
    const { body } = await api.get(`/v1/rollouts/${rollout.rolloutId}/clients/${key}`);
    const closed = body.whyNot as readonly { readonly gate: string }[];
    return closed.find(({ gate }) => gate === 'window') ?? null;
  }

  it('lets one client keep to a calendar, and a new revision of it holds in running rollouts at once', async () => {
    const [client] = rollout.clients;
    const used = await api.put(`/v1/clients/${client!.key}/calendar`, { calendar: 'fair' });
    const before = await windowGateOf(0);
    api.wakes.length = 0;
    await save(shut);

    expect(used.body).toMatchObject({ key: client!.key, calendar: 'fair' });
    expect(before).toBeNull();
    expect(await windowGateOf(0)).toMatchObject({
      reason: expect.stringContaining('the fair is on'),
    });
    expect(await windowGateOf(1)).toBeNull();
    expect(api.wakes).toContain(client!.workflowId);
  });

  it('lets a client keep to none again', async () => {
    const { key } = rollout.clients[0]!;
    const used = await api.put(`/v1/clients/${key}/calendar`, { calendar: null });

    expect(used.body.calendar).toBeNull();
    expect(await windowGateOf(0)).toBeNull();
  });

  it('puts the vendor’s calendar over every client', async () => {
    const used = await api.put('/v1/vendor/calendar', { calendar: 'fair' }, { as: 'admin' });
    const gates = [await windowGateOf(0), await windowGateOf(1)];
    const unset = await api.put('/v1/vendor/calendar', { calendar: null }, { as: 'admin' });

    expect(used.body.calendar).toBe('fair');
    for (const gate of gates) expect(gate).toMatchObject({ gate: 'window' });
    expect(unset.body.calendar).toBeNull();
    expect(await windowGateOf(0)).toBeNull();
  });

  it('refuses calendars and clients that do not exist, and people who may not', async () => {
    const { key } = rollout.clients[0]!;
    const noCalendar = await api.put(`/v1/clients/${key}/calendar`, { calendar: 'ghost' });
    const noClient = await api.put('/v1/clients/ghost/calendar', { calendar: 'fair' });
    const notAllowed = await api.put('/v1/vendor/calendar', { calendar: 'fair' }, { as: 'pm' });

    expect([noCalendar.status, noCalendar.body.detail]).toEqual([
      404,
      expect.stringContaining('Calendar "ghost" does not exist'),
    ]);
    expect([noClient.status, noClient.body.detail]).toEqual([
      404,
      expect.stringContaining('no client "ghost"'),
    ]);
    expect(notAllowed.status).toBe(403);
  });
});
