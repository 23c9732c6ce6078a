import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { staffPassword, startApi, type TestApi } from '../../support/api.ts';

describe('who may do what', () => {
  let api: TestApi;

  beforeAll(async () => {
    api = await startApi();
  });

  afterAll(async () => {
    await api.close();
  });

  const signIn = (email: string, password = staffPassword) =>
    api.post('/v1/session', { email, password }, { as: null });

  it('lets people in by e-mail and password and knows them by their cookie', async () => {
    const entered = await signIn('PM@parkwise.example');
    const cookie = entered.headers.get('set-cookie') ?? '';

    const me = await api.get('/v1/session', { as: null, headers: { cookie } });

    expect(entered.status).toBe(200);
    expect(cookie).toMatch(
      /^daymark_session=[\w-]{43}; Path=\/; HttpOnly; SameSite=Lax; Max-Age=\d+$/,
    );
    expect(me.body).toMatchObject({ email: 'pm@parkwise.example', role: 'pm', mayControl: true });
  });

  it('keeps only hashes of session tokens and passwords', async () => {
    const entered = await signIn('pm@parkwise.example');
    const token =
      /daymark_session=([\w-]+)/.exec(entered.headers.get('set-cookie') ?? '')?.[1] ?? '';

    const rows = await api.pool.rows<{ row: string }>(
      `select s::text as row from staff_session s union all select t::text from staff t`,
    );

    const stored = rows.map(({ row }) => row).join('\n');
    expect(token).not.toBe('');
    expect(stored).not.toContain(token);
    expect(stored).not.toContain(staffPassword);
    expect(stored).toContain('$argon2id$');
  });

  it('ends a session for good when somebody signs out', async () => {
    const entered = await signIn('pm@parkwise.example');
    const cookie = entered.headers.get('set-cookie') ?? '';

    const left = await api.delete('/v1/session', { as: null, headers: { cookie } });
    const after = await api.get('/v1/session', { as: null, headers: { cookie } });

    expect(left.status).toBe(204);
    expect(after.status).toBe(401);
    expect(after.body.code).toBe('SIGN_IN_REQUIRED');
  });

  it('answers a wrong password and an unknown address alike', async () => {
    const wrong = await signIn('admin@parkwise.example', 'not the password');
    const unknown = await signIn('nobody@parkwise.example', 'not the password');

    expect(wrong.status).toBe(401);
    expect(wrong.body).toEqual(unknown.body);
  });

  it('stops listening to an address after ten wrong passwords', async () => {
    for (let attempt = 0; attempt < 10; attempt += 1) {
      await signIn('support@parkwise.example', 'not the password');
    }

    const right = await signIn('support@parkwise.example');

    expect(right.status).toBe(429);
    expect(right.body.code).toBe('TOO_MANY_ATTEMPTS');
  });

  it.each([
    ['nobody', null, 401],
    ['ci', 'ci', 403],
    ['support', 'support', 403],
    ['a pm', 'pm', 403],
    ['an admin', 'admin', 200],
  ] as const)('answers %s who lists tokens with the right status', async (_, as, status) => {
    const reply = await api.get('/v1/tokens', { as });

    expect(reply.status).toBe(status);
    expect(reply.headers.get('content-type')).toMatch(
      status === 200 ? /^application\/json/ : /^application\/problem\+json/,
    );
  });

  it('lets ci read changes and nothing of the clients', async () => {
    const changes = await api.get('/v1/changes', { as: 'ci' });
    const clients = await api.get('/v1/clients', { as: 'ci' });

    expect(changes.status).toBe(200);
    expect(clients.status).toBe(403);
  });

  it.each([
    ['another site', { 'sec-fetch-site': 'cross-site' }, 403, 'FOREIGN_ORIGIN'],
    ['another origin', { origin: 'https://evil.example' }, 403, 'FOREIGN_ORIGIN'],
    ['a form', { 'content-type': 'text/plain' }, 415, 'JSON_EXPECTED'],
  ])(
    'refuses a change that %s sends with the cookie of a person',
    async (_, headers, status, code) => {
      const entered = await signIn('admin@parkwise.example');
      const cookie = entered.headers.get('set-cookie') ?? '';

      const reply = await api.post(
        '/v1/vendor/live',
        { on: false, reason: 'attack' },
        {
          as: null,
          headers: { cookie, ...headers },
        },
      );

      expect(reply.status).toBe(status);
      expect(reply.body.code).toBe(code);
    },
  );

  it('shows a new token once and refuses it after it was revoked', async () => {
    const made = await api.post(
      '/v1/tokens',
      { name: 'build server', role: 'ci' },
      { as: 'admin' },
    );
    const headers = { authorization: `Bearer ${made.body.token}` };
    const before = await api.get('/v1/changes', { as: null, headers });
    await api.post(`/v1/tokens/${made.body.id}/revoke`, undefined, { as: 'admin' });

    const after = await api.get('/v1/changes', { as: null, headers });
    const list = await api.get('/v1/tokens', { as: 'admin' });

    expect([before.status, after.status]).toEqual([200, 401]);
    expect(list.text).not.toContain(made.body.token);
  });

  it('signs out a person who is disabled', async () => {
    const person = {
      email: 'temp@parkwise.example',
      name: 'Temp',
      role: 'pm',
      password: staffPassword,
    };
    const added = await api.post('/v1/staff', person, { as: 'admin' });
    const cookie = (await signIn('temp@parkwise.example')).headers.get('set-cookie') ?? '';

    await api.post(`/v1/staff/${added.body.id}/disable`, undefined, { as: 'admin' });

    const after = await api.get('/v1/session', { as: null, headers: { cookie } });
    expect(after.status).toBe(401);
    expect((await signIn('temp@parkwise.example')).status).toBe(401);
  });
});
