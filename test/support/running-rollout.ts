import { randomBytes } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { z } from 'zod';
import type { Policy } from '../../domain/rollout/policy.ts';
import { demoPolicy } from '../../domain/rollout/seeded-policies.ts';
import type { TestSystem } from './system.ts';

/** What a started rollout is known by. */
export interface StartedRollout {
  readonly rolloutId: string;
  readonly version: string;
  readonly digest: string;
}

/** Whom a rollout is for, and how its policy differs from that of the demo. */
export interface RolloutOrder {
  readonly clients: readonly string[];
  readonly policy?: Partial<Policy>;
}

/** A build that waits to be planned, and the policy made for it. */
export interface AnnouncedChange {
  readonly version: string;
  readonly digest: string;
  readonly policy: Policy;
}

/** Announces a new build that passed QA and was assessed, beside the demo policy with differences. */
export async function announceChange(
  { api, outside }: TestSystem,
  differences: Partial<Policy> = {},
): Promise<AnnouncedChange> {
  const mark = randomBytes(4).toString('hex');
  const version = `1.9.4-${mark}x`;
  const build = await outside.addBuild(version);
  const policy: Policy = { ...demoPolicy, ...differences, name: `test-${mark}` };
  await api.send(
    { method: 'PUT', path: `/v1/policies/${policy.name}`, body: { document: policy } },
    z.unknown(),
  );
  const change = { kind: 'release', version, title: `Parking map ${version}` };
  await api.send({ method: 'POST', path: '/v1/changes', body: change }, z.unknown());
  const path = `/v1/changes/${version}`;
  await api.send(
    {
      method: 'POST',
      path: `${path}/builds`,
      key: `build-${version}`,
      body: { ...build, notesMarkdown: '* Maps load faster.', basedOn: '1.9.3', qaPassed: true },
    },
    z.unknown(),
  );
  const assessment = { impact: 'visible', downtimeMinutes: 1, reversible: true };
  await api.send({ method: 'POST', path: `${path}/assessments`, body: assessment }, z.unknown());
  return { version, digest: build.digest, policy };
}

/** A plan that can be started. */
export interface MadePlan {
  readonly planId: string;
  readonly hash: string;
  readonly version: string;
  readonly digest: string;
}

/** Announces a change and plans it for the given clients. */
export async function planRollout(system: TestSystem, order: RolloutOrder): Promise<MadePlan> {
  const { version, digest, policy } = await announceChange(system, order.policy);
  const { id, hash } = await system.api.send(
    {
      method: 'POST',
      path: '/v1/plans',
      body: { change: version, policy: policy.name, clients: { keys: order.clients } },
    },
    z.object({ id: z.string(), hash: z.string() }),
  );
  return { planId: id, hash, version, digest };
}

/** Announces a change, plans it for the given clients, and starts the rollout. */
export async function startRollout(
  system: TestSystem,
  order: RolloutOrder,
): Promise<StartedRollout> {
  const { planId, hash, version, digest } = await planRollout(system, order);
  const body = { planId, hash };
  const rollout = await system.api.send(
    { method: 'POST', path: '/v1/rollouts', body, key: `start-${planId}` },
    z.object({ id: z.string() }),
  );
  return { rolloutId: rollout.id, version, digest };
}

/** The states of a rollout's clients by their keys, as the API tells them. */
export async function clientStates(
  { api }: TestSystem,
  rolloutId: string,
): Promise<Readonly<Record<string, string>>> {
  const { items } = await api.get(
    `/v1/rollouts/${rolloutId}/clients`,
    z.object({ items: z.array(z.object({ key: z.string(), state: z.string() })) }),
  );
  return Object.fromEntries(items.map(({ key, state }) => [key, state]));
}

/** Asks again and again until the answer is not null. @throws Error naming what was waited for, and how it stood. */
export async function until<Answer>(
  what: string,
  ask: () => Promise<Answer | null>,
  { withinMs = 240_000, describe }: { withinMs?: number; describe?: () => Promise<unknown> } = {},
): Promise<Answer> {
  const deadline = performance.now() + withinMs;
  for (;;) {
    const answer = await ask();
    if (answer !== null) return answer;
    if (performance.now() > deadline) {
      const stand = describe ? ` It stands at ${JSON.stringify(await describe())}.` : '';
      throw new Error(`Waited ${withinMs} ms in vain for: ${what}.${stand}`);
    }
    await pause(100);
  }
}

/** Waits until every client of the rollout is verified. */
export async function untilAllDone(
  system: TestSystem,
  rolloutId: string,
  withinMs = 300_000,
): Promise<void> {
  await until(
    'every client verified',
    async () => {
      const states = Object.values(await clientStates(system, rolloutId));
      return states.length > 0 && states.every((state) => state === 'done') ? true : null;
    },
    { withinMs, describe: () => clientStates(system, rolloutId) },
  );
}

/** How often the outside world saw the same thing twice in a rollout; both must be zero. */
export async function duplicatesOf(
  { outside }: TestSystem,
  rolloutId: string,
): Promise<{ readonly messages: number; readonly deployments: number }> {
  const keys = (await outside.mailsOf(rolloutId)).flatMap(({ key }) => (key === null ? [] : [key]));
  const effects = (await outside.effectsOf(rolloutId)).map((each) =>
    [each.client, each.site, each.digest].join(' '),
  );
  return {
    messages: keys.length - new Set(keys).size,
    deployments: effects.length - new Set(effects).size,
  };
}
