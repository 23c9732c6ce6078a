import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { pluck, startApi, type TestApi } from '../../support/api.ts';

describe('what does not fit the contract', () => {
  let api: TestApi;

  beforeAll(async () => {
    api = await startApi();
  });

  afterAll(async () => {
    await api.close();
  });

  const change = { kind: 'release', version: '8.3.0', title: 'Maps' };

  it('is refused with a stable code when it is no JSON', async () => {
    const reply = await api.post('/v1/changes', undefined, { raw: '{"kind": "release",' });

    expect(reply.status).toBe(400);
    expect(reply.headers.get('content-type')).toMatch(/^application\/problem\+json/);
    expect(reply.body).toMatchObject({ status: 400, code: 'MALFORMED_JSON' });
  });

  it.each([
    ['an unknown field', { ...change, colour: 'red' }, 'colour', /no such field/],
    ['a wrong type', { ...change, title: 7 }, 'title', /expected string/],
    ['a missing field', { kind: 'release', version: '8.3.0' }, 'title', /expected string/],
    ['an unknown word', { ...change, kind: 'upgrade' }, 'kind', /hotfix/],
    ['no version', { ...change, version: 'eight' }, 'version', /8\.3\.0/],
    ['over-long text', { ...change, title: 'x'.repeat(201) }, 'title', /200/],
    ['a line break in a line', { ...change, title: 'a\nb' }, 'title', /one line/],
    ['no date', { ...change, earliestDate: '2026-02-30' }, 'earliestDate', /date/i],
    [
      'dates the wrong way round',
      { ...change, earliestDate: '2026-12-02', latestDate: '2026-12-01' },
      'latestDate',
      /before/,
    ],
  ])('is refused with the place of %s', async (_, body, path, message) => {
    const reply = await api.post('/v1/changes', body);

    expect(reply.status).toBe(400);
    expect(reply.body.code).toBe('INVALID_REQUEST');
    expect(reply.body.errors).toHaveLength(1);
    expect(reply.body.errors[0]).toMatchObject({ path, message: expect.stringMatching(message) });
  });

  it('names every problem at once', async () => {
    const reply = await api.post('/v1/changes', { kind: 'x', version: 'y', extra: 1 });

    const paths = [...pluck(reply.body.errors, 'path')].sort();
    expect(paths).toEqual(['extra', 'kind', 'title', 'version']);
  });

  it('is refused when it is larger than the route takes', async () => {
    const reply = await api.post('/v1/staff', { name: 'x'.repeat(2_000_000) }, { as: 'admin' });

    expect(reply.status).toBe(413);
    expect(reply.body.code).toBe('TOO_LARGE');
  });

  it.each(['/v1/rollouts/not-an-id', '/v1/plans/7', '/v1/messages/x'])(
    'is refused when the id in %s is none',
    async (path) => {
      const reply = await api.get(path);

      expect(reply.status).toBe(400);
      expect(reply.body.errors[0].path).toBe('id');
    },
  );

  it.each([
    '/v1/rollouts/019ac000-0000-7000-8000-000000000000',
    '/v1/changes/9.9.9',
    '/v1/clients/nobody',
    '/v1/policies/none',
    '/v1/no-such-thing',
  ])('leads to 404 at %s', async (path) => {
    const reply = await api.get(path);

    expect(reply.status).toBe(404);
    expect(reply.body.code).toBe('NOT_FOUND');
  });

  it.each([
    ['a window that ends when it begins', { from: '20:00', to: '20:00' }, 'America/Toronto'],
    ['a zone nobody knows', { from: '20:00', to: '23:00' }, 'America/Atlantis'],
  ])('refuses a calendar with %s and says where', async (_, hours, zone) => {
    const document = {
      zone,
      windows: [{ name: 'evenings', days: { weekdays: ['tue'] }, hours }],
    };

    const reply = await api.put('/v1/calendars/evenings', { document });

    expect(reply.status).toBe(422);
    expect(reply.body.code).toBe('CALENDAR_INVALID');
    expect(reply.body.errors.length).toBeGreaterThan(0);
  });

  it('says in which line a calendar is no YAML', async () => {
    const reply = await api.post('/v1/calendars/validate', { yaml: 'zone: UTC\nwindows: [' });

    expect(reply.status).toBe(422);
    expect(reply.body.errors[0].line).toBeGreaterThanOrEqual(2);
  });

  it('refuses a policy that contradicts itself and keeps the one before', async () => {
    const before = await api.get('/v1/policies/hotfix');
    const document = { ...before.body.document, thresholdPercent: 140 };

    const reply = await api.put('/v1/policies/hotfix', { document }, { as: 'admin' });

    expect(reply.status).toBe(422);
    expect(reply.body.code).toBe('POLICY_INVALID');
    expect((await api.get('/v1/policies/hotfix')).body.revision).toBe(before.body.revision);
  });
});
