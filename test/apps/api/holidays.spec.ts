import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { startApi, type TestApi } from '../../support/api.ts';

describe('holidays over HTTP', () => {
  let api: TestApi;

  beforeAll(async () => {
    api = await startApi();
  });

  afterAll(async () => {
    await api.close();
  });

  it('proposes days for review and saves nothing', async () => {
    const body = { country: 'CA', region: 'ON', years: [2026] };
    const before = await api.get('/v1/calendars');
    const proposed = await api.post('/v1/holidays/propose', body, { as: 'support' });
    const after = await api.get('/v1/calendars');

    expect(proposed.body).toMatchObject({
      place: 'Ontario, Canada',
      attribution: expect.stringContaining('CC BY'),
    });
    expect(proposed.body.items).toContainEqual(
      expect.objectContaining({ date: '2026-12-28', weekday: 'mon', suggested: true }),
    );
    expect(after.body).toEqual(before.body);
  });

  it('lists the places', async () => {
    const { body } = await api.get('/v1/holidays/places');

    expect(body.items).toContainEqual(expect.objectContaining({ country: 'FR', name: 'France' }));
  });

  it.each([
    ['a country that does not exist', { country: 'XX', years: [2026] }, 404],
    ['a region that does not exist', { country: 'CA', region: 'XX', years: [2026] }, 404],
    ['no year', { country: 'CA', years: [] }, 400],
    ['a year far away', { country: 'CA', years: [20_260] }, 400],
    ['what is no code', { country: 'Canada', years: [2026] }, 400],
  ])('refuses %s', async (_, body, status) => {
    expect((await api.post('/v1/holidays/propose', body)).status).toBe(status);
  });
});
