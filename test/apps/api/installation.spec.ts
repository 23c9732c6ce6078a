import { createServer, type Server } from 'node:http';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { pluck, startApi, type TestApi } from '../../support/api.ts';
import { insertClient } from '../../support/client-fixture.ts';
import { sandboxSecret } from '../../support/fixtures.ts';

describe('the installation', () => {
  let api: TestApi;
  let outside: Server;
  let address: string;
  const asked: string[] = [];

  beforeAll(async () => {
    outside = createServer((request, response) => {
      asked.push(`${request.method ?? ''} ${request.url ?? ''}`);
      request.resume();
      response.setHeader('content-type', 'application/json');
      response.end(JSON.stringify({ version: '1.8.0', digest: `sha256:${'8'.repeat(64)}` }));
    });
    await new Promise<void>((resolve) => outside.listen(0, '127.0.0.1', resolve));
    const bound = outside.address();
    address = `http://127.0.0.1:${typeof bound === 'object' ? (bound?.port ?? 0) : 0}`;
    api = await startApi({
      DAYMARK_ALLOW_PRIVATE: '127.0.0.1/32:1-65535',
      DAYMARK_COMMANDS: JSON.stringify({
        swap: { file: process.execPath, arguments: ['--eval', `console.log('ready')`, '--'] },
      }),
    });
  });

  afterAll(async () => {
    await api.close();
    await new Promise((resolve) => outside.close(resolve));
  });

  it('saves a deployer, keeps its secret to itself, and lets only an administrator do it', async () => {
    const body = { kind: 'webhook', url: `${address}/deploy`, secret: sandboxSecret };

    const refused = await api.put('/v1/deployers/fleet', body);
    const saved = await api.put('/v1/deployers/fleet', body, { as: 'admin' });
    const changed = await api.put(
      '/v1/deployers/fleet',
      { kind: 'webhook', url: body.url, capability: 'key', maxInFlight: 3 },
      { as: 'admin' },
    );
    const kept = await api.pool.rows<{ secret: string }>(`select d.secret from deployer d`);

    expect(refused.status).toBe(403);
    expect(saved.body).toMatchObject({ name: 'fleet', kind: 'webhook', capability: 'none' });
    expect(changed.body).toMatchObject({ capability: 'key', maxInFlight: 3 });
    expect(saved.text + changed.text).not.toContain('whsec_');
    expect(kept).toEqual([{ secret: sandboxSecret }]);
  });

  it.each([
    ['a webhook without its address', 400, { kind: 'webhook' }],
    ['a command without its program', 400, { kind: 'command' }],
    [
      'a secret that is too weak',
      422,
      { kind: 'webhook', url: 'https://a.example', secret: 'whsec_ab' },
    ],
    ['a kind nobody knows', 400, { kind: 'carrier-pigeon' }],
  ])('refuses %s', async (_, status, body) => {
    const reply = await api.put('/v1/deployers/wrong', body, { as: 'admin' });

    expect(reply.status).toBe(status);
  });

  it('tries each kind of deployer by a call that changes nothing', async () => {
    await api.put('/v1/deployers/program', { kind: 'command', command: 'swap' }, { as: 'admin' });
    await api.put('/v1/deployers/gone', { kind: 'command', command: 'other' }, { as: 'admin' });
    await api.put('/v1/deployers/hands', { kind: 'manual' }, { as: 'admin' });

    const program = await api.post('/v1/deployers/program/test');
    const gone = await api.post('/v1/deployers/gone/test');
    const hands = await api.post('/v1/deployers/hands/test');
    const nobody = await api.post('/v1/deployers/nobody/test');

    expect(program.body).toEqual({ passed: true, detail: 'ready' });
    expect(gone.body).toMatchObject({
      passed: false,
      detail: expect.stringContaining('names no deploy program "other"'),
    });
    expect(hands.body.passed).toBe(false);
    expect(nobody.status).toBe(404);
  });

  it('surveys the sites that are named and adopts what nobody knew as a baseline, once', async () => {
    const client = { deployer: 'fleet', previewUrl: address, productionUrl: address };
    await insertClient(api.pool, { key: 'alma', ...client });
    await insertClient(api.pool, { key: 'bern', ...client });

    const survey = await api.post('/v1/sites/survey', { clients: ['alma'] });
    const support = await api.post('/v1/sites/survey', {}, { as: 'support' });

    expect(pluck(survey.body.items, 'client')).toEqual(['alma', 'alma']);
    expect(pluck(survey.body.items, 'version')).toEqual(['1.8.0', '1.8.0']);
    expect(survey.body.summary).toBe(
      '2 of 2 sites read; 1 builds adopted as baselines; 0 differ from the ledger',
    );
    expect(support.status).toBe(403);
  });

  it('switches client mail off and on with a reason that stays on record', async () => {
    const refused = await api.post('/v1/vendor/live', { on: false, reason: 'x' });
    const silent = await api.post('/v1/vendor/live', { on: false }, { as: 'admin' });
    const off = await api.post(
      '/v1/vendor/live',
      { on: false, reason: 'contacts are wrong' },
      { as: 'admin' },
    );
    const on = await api.post('/v1/vendor/live', { on: true, reason: 'mended' }, { as: 'admin' });
    const events = await api.pool.rows<{ kind: string; actor: string; cause: string }>(
      `select e.kind, e.actor, e.cause from event e where e.kind like 'vendor.%live' order by e.at`,
    );

    expect([refused.status, silent.status]).toEqual([403, 400]);
    expect(off.body.live).toMatchObject({ on: false, changedBy: 'token:admin' });
    expect(on.body.live.on).toBe(true);
    expect(events).toEqual([
      { kind: 'vendor.not-live', actor: 'token:admin', cause: 'contacts are wrong' },
      { kind: 'vendor.live', actor: 'token:admin', cause: 'mended' },
    ]);
  });

  it('says how it is without telling a secret', async () => {
    const doctor = await api.get('/v1/doctor', { as: 'admin' });
    const pm = await api.get('/v1/doctor');

    expect(pm.status).toBe(403);
    expect(doctor.body).toMatchObject({ schema: 'current', temporal: { reachable: false } });
    expect(pluck(doctor.body.settings, 'name')).toContain('DAYMARK_BASE_URL');
    expect(doctor.text).not.toContain('a secret of at least');
    expect(doctor.text).not.toContain(api.webhookSecret);
  });
});
