import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { pluck, startApi, type TestApi } from '../../support/api.ts';
import { insertDeployer } from '../../support/fixtures.ts';
import { insertRollout, type TestRollout } from '../../support/rollout-fixture.ts';

describe('stored dates under the zone data at hand', () => {
  let api: TestApi;
  let rollout: TestRollout;

  beforeAll(async () => {
    api = await startApi();
    await insertDeployer(api.pool);
    rollout = await insertRollout(api.pool, { clients: 2, clientState: 'scheduled' });
  });

  afterAll(async () => {
    await api.close();
  });

  async function store(index: number, instant: string): Promise<void> {
    await api.pool.rows(
      `update client_rollout as cr
       set slot_zone = 'America/Winnipeg', slot_zone_data = '2026c', slot_start = $2,
           slot_local_start = '2098-01-14T20:00:00'
       where cr.id = $1`,
      [rollout.clients[index]!.clientRolloutId, instant],
    );
  }

  it('names the slots that would move, in words, and moves none', async () => {
    // The second was derived before Winnipeg kept its summer time for good.
    await store(0, '2098-01-15T01:00:00.000Z');
    await store(1, '2098-01-15T02:00:00.000Z');
    const { body } = await api.get('/v1/zone-data', { as: 'support' });
    const again = await api.get('/v1/zone-data');

    expect(new Set(pluck(body.moved, 'client')).size).toBe(1);
    expect(body.slots).toBe(2);
    expect(body.moved[0]).toMatchObject({
      zone: 'America/Winnipeg',
      local: '2098-01-14T20:00:00',
      zoneData: '2026c',
      text: expect.stringContaining('60 minutes earlier'),
    });
    expect(body.summary).toContain('1 of 2 dates ahead');
    expect(again.body.moved).toEqual(body.moved);
  });

  it('tells the versions and is for nobody outside', async () => {
    const { body } = await api.get('/v1/zone-data');
    const stranger = await api.get('/v1/zone-data', { as: null });

    expect(body.version).toMatch(/^20\d\d[a-z]$/);
    expect(Array.isArray(body.differing)).toBe(true);
    expect(stranger.status).toBe(401);
  });
});
