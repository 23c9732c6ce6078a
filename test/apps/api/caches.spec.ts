import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { startApi, type TestApi } from '../../support/api.ts';

describe('what caches may keep', () => {
  let api: TestApi;

  beforeAll(async () => {
    api = await startApi();
  });

  afterAll(async () => {
    await api.close();
  });

  it.each([
    ['a list', '/v1/clients', 'pm', 200],
    ['what is not there', '/v1/clients/ghost', 'pm', 404],
    ['a route nobody serves', '/v1/nowhere', 'pm', 404],
    ['what the caller may not see', '/v1/clients', 'ci', 403],
    ['a caller nobody knows', '/v1/today', null, 401],
  ] as const)('keeps %s out of them', async (_, path, as, status) => {
    const reply = await api.get(path, { as });

    expect(reply.status).toBe(status);
    expect(reply.headers.get('cache-control')).toBe('no-store');
  });

  it('keeps answers to orders, and refusals of what cannot be read, out of them', async () => {
    const made = await api.post('/v1/changes', { kind: 'hotfix', version: '1.2.3', title: 'Maps' });
    const broken = await api.post('/v1/changes', undefined, {
      raw: '{',
    });

    expect([made.status, broken.status]).toEqual([201, 400]);
    expect(made.headers.get('cache-control')).toBe('no-store');
    expect(broken.headers.get('cache-control')).toBe('no-store');
  });

  it('lets the stylesheet of client pages be kept', async () => {
    const reply = await api.get('/assets/client.css', { as: null });

    expect(reply.headers.get('cache-control')).toBe('public, max-age=300');
  });
});
