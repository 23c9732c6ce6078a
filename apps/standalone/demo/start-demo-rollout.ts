import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import { demoPolicy } from '../../../domain/rollout/seeded-policies.ts';
import { baselineVersion } from '../../sandbox/sites/builds.ts';
import { ApiRefusal, type Api } from './api-client.ts';

/** A build as the demo announces it. */
export interface DemoBuild {
  readonly version: string;
  readonly digest: string;
  readonly notesMarkdown: string;
}

const anything = z.unknown();
const planSchema = z.object({ id: z.string(), hash: z.string() });
const rolloutSchema = z.object({ id: z.string() });
const rolloutList = z.object({ items: z.array(z.object({ id: z.string(), change: z.string() })) });
const attempts = 5;

/** Announces a build, has it assessed, and starts its rollout to all clients. Answers with the rollout's id. */
export async function startDemoRollout(api: Api, build: DemoBuild): Promise<string> {
  const { version } = build;
  const path = `/v1/changes/${encodeURIComponent(version)}`;
  if (!(await api.find(path, anything))) {
    const body = { kind: 'release', version, title: `Parking map ${version}` };
    const key = randomUUID();
    await api.send({ method: 'POST', path: '/v1/changes', body, key }, anything);
  }
  await api.send(
    {
      method: 'POST',
      path: `${path}/builds`,
      key: randomUUID(),
      body: { ...build, basedOn: baselineVersion, qaPassed: true },
    },
    anything,
  );
  await api.send(
    {
      method: 'POST',
      path: `${path}/assessments`,
      key: randomUUID(),
      body: { impact: 'visible', downtimeMinutes: 1, reversible: true },
    },
    anything,
  );
  return await planAndStart(api, version);
}

/** Between plan and start a second may pass in which the plan grows stale; then a fresh one is made. */
async function planAndStart(api: Api, version: string): Promise<string> {
  for (let attempt = 1; ; attempt += 1) {
    const { items } = await api.get('/v1/rollouts', rolloutList);
    const started = items.find(({ change }) => change === version);
    if (started) return started.id;
    const order = { change: version, policy: demoPolicy.name, name: `Parking map ${version}` };
    const plan = await api.send({ method: 'POST', path: '/v1/plans', body: order }, planSchema);
    const body = { planId: plan.id, hash: plan.hash };
    const key = randomUUID();
    try {
      const rollout = await api.send(
        { method: 'POST', path: '/v1/rollouts', body, key },
        rolloutSchema,
      );
      return rollout.id;
    } catch (error) {
      if (!(error instanceof ApiRefusal) || error.status !== 409 || attempt === attempts) {
        throw error;
      }
    }
  }
}
