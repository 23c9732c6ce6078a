import { setTimeout as pause } from 'node:timers/promises';
import { z } from 'zod';
import {
  clientStates,
  duplicatesOf,
  planRollout,
  startRollout,
  until,
  untilAllDone,
} from '../support/running-rollout.ts';
import { startSystem, type TestSystem } from '../support/system.ts';
import { answerAttention, untilMailSettled } from './attend.ts';
import { type OwnServer, ownPostgres, ownTemporal } from './own-servers.ts';
import { askedAtEase, informedOnly } from './quick-policy.ts';

const goneMs = 20_000;

let postgres: OwnServer & { readonly url: string };
let temporal: Awaited<ReturnType<typeof ownTemporal>>;
let system: TestSystem;

beforeAll(async () => {
  [postgres, temporal] = await Promise.all([ownPostgres(), ownTemporal()]);
  system = await startSystem({
    workMs: 700,
    databaseUrl: postgres.url,
    temporal: { address: temporal.address, namespace: 'default' },
  });
}, 540_000);

afterAll(async () => {
  await system.close();
  await Promise.all([postgres.close(), temporal.close()]);
}, 180_000);

it('says that the database is away, and goes on where it was when it is back', async () => {
  const clients = ['harbour', 'citadel', 'lakeshore'];
  const { rolloutId } = await startRollout(system, { clients, policy: askedAtEase });
  await untilAtWork(rolloutId);

  await postgres.kill();
  const away = await Promise.all([ask('/readyz'), ask('/livez'), ask('/v1/clients')]);
  await pause(goneMs);
  const stillAway = await ask('/v1/clients');
  await postgres.start();
  await until('ready again', async () => ((await ask('/readyz')).status === 200 ? true : null));
  await untilEnd(rolloutId);

  expect(away.map(({ status }) => status)).toEqual([503, 200, 503]);
  expect(away[2].body).toMatchObject({ code: 'DATABASE_AWAY' });
  expect(stillAway.status).toBe(503);
}, 540_000);

it('takes decisions while Temporal is away, and carries them out when it is back', async () => {
  const clients = ['vieux-port', 'outaouais', 'exchange'];
  const { rolloutId } = await startRollout(system, { clients, policy: informedOnly });
  await untilAtWork(rolloutId);

  await temporal.kill();
  const meanwhile = await planRollout(system, { clients: ['rive-gauche'], policy: informedOnly });
  const { id: startedMeanwhile } = await system.api.send(
    {
      method: 'POST',
      path: '/v1/rollouts',
      body: { planId: meanwhile.planId, hash: meanwhile.hash },
      key: `start-${meanwhile.planId}`,
    },
    z.object({ id: z.string() }),
  );
  await pause(goneMs);
  const ready = await ask('/readyz');
  await temporal.start();
  await untilEnd(rolloutId);
  await untilEnd(startedMeanwhile);

  expect(ready).toMatchObject({ status: 200, body: { detail: { database: 'ok' } } });
  expect((ready.body as { detail: { temporal: string } }).detail.temporal).not.toBe('ok');
}, 540_000);

it('ends a rollout whose loops were lost with all of the data of Temporal', async () => {
  const clients = ['saint-boniface', 'river-valley', 'bow-river'];
  const { rolloutId } = await startRollout(system, { clients, policy: askedAtEase });
  await untilAtWork(rolloutId);

  await temporal.kill();
  temporal.loseData();
  await temporal.start();
  await untilEnd(rolloutId);
}, 540_000);

/** In the middle of it: a preview is under way or done. */
async function untilAtWork(rolloutId: string): Promise<void> {
  await until('the first preview', async () => {
    const states = Object.values(await clientStates(system, rolloutId));
    return states.some((state) => state !== 'planned') ? true : null;
  });
}

async function untilEnd(rolloutId: string): Promise<void> {
  const rollout = { rolloutId, version: '', digest: '' };
  await untilAllDone(system, rolloutId);
  await untilMailSettled(system, rollout);
  await answerAttention(system);
  expect(await duplicatesOf(system, rolloutId)).toEqual({ messages: 0, deployments: 0 });
  const clients = Object.keys(await clientStates(system, rolloutId));
  expect(await system.outside.effectsOf(rolloutId)).toHaveLength(2 * clients.length);
}

async function ask(path: string): Promise<{ readonly status: number; readonly body: unknown }> {
  const response = await fetch(`${system.addresses.daymark}${path}`, {
    headers: { authorization: `Bearer ${system.secrets.token}` },
    signal: AbortSignal.timeout(30_000),
  });
  return { status: response.status, body: await response.json() };
}
