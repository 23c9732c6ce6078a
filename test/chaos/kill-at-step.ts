import { z } from 'zod';
import type { DeploymentState } from '../../domain/rollout/states.ts';
import type { Program } from '../support/program.ts';
import {
  clientStates,
  duplicatesOf,
  startRollout,
  type StartedRollout,
  startSystem,
  type TestSystem,
  until,
} from '../support/system.ts';

/** Every policy period in seconds, with room for a process to come back in between. */
const quickPolicy = {
  answerWithin: { duration: 'PT8S' },
  lead: { duration: 'PT2S' },
  previewAllowance: 'PT8S',
  observation: 'PT1S',
  cohorts: [{ name: 'All', rest: true }],
} as never;

/** A moment in a client's way: how to make it last, and how to see that it has come. */
export interface Moment {
  readonly step: string;
  readonly prepare?: (system: TestSystem) => Promise<unknown>;
  readonly isNow: (system: TestSystem, rollout: StartedRollout) => Promise<boolean>;
  /** Lets go what `prepare` holds. */
  readonly release?: (system: TestSystem) => Promise<unknown>;
}

/** The six steps of a rollout, and inside the calls to the outside the points before and after the far side acted. */
export const moments: readonly Moment[] = [
  { step: 'preview', isNow: (system, rollout) => hasDeployment(system, rollout, 'preview') },
  hangingDeployment('dispatching to preview', 'preview', 'hang-after-accept'),
  { step: 'asking', isNow: (system, rollout) => hasMail(system, rollout, '%-on-preview') },
  hangingMail('sending the question', '*-on-preview', true),
  { step: 'noticing', isNow: (system, rollout) => hasMail(system, rollout, 'notice') },
  hangingMail('sending the notice, not accepted', 'notice', false),
  hangingMail('sending the notice, accepted', 'notice', true),
  { step: 'claiming', isNow: (system, rollout) => hasDeployment(system, rollout, 'production') },
  hangingDeployment('dispatching, not accepted', 'production', 'hang-before-accept'),
  hangingDeployment('dispatching, accepted', 'production', 'hang-after-accept'),
  { step: 'verifying', isNow: isInstalled },
];

/** Kills the program at the given moment of a rollout to one client, starts it again, and tells how it ended. */
export async function killAt(
  system: TestSystem,
  moment: Moment,
  kill: { readonly victim: Program; readonly client: string },
): Promise<{
  readonly states: Readonly<Record<string, string>>;
  readonly duplicates: { readonly messages: number; readonly deployments: number };
  readonly tags: readonly string[];
  readonly effects: readonly string[];
}> {
  await moment.prepare?.(system);
  const rollout = await startRollout(system, { clients: [kill.client], policy: quickPolicy });
  await until(moment.step, async () => ((await moment.isNow(system, rollout)) ? true : null));
  await kill.victim.kill();
  await moment.release?.(system);
  await kill.victim.start();
  await until(
    `the rollout to end although ${kill.victim.name} was killed at ${moment.step}`,
    async () => {
      await answerAttention(system, rollout);
      const states = await clientStates(system, rollout.rolloutId);
      return states[kill.client] === 'done' ? true : null;
    },
    { describe: () => standOf(system, rollout) },
  );
  await untilMailSettled(system, rollout);
  return {
    states: await clientStates(system, rollout.rolloutId),
    duplicates: await duplicatesOf(system, rollout.rolloutId),
    tags: (await system.outside.mailsOf(rollout.rolloutId)).map(({ tag }) => tag).sort(),
    effects: (await system.outside.effectsOf(rollout.rolloutId)).map(({ site }) => site).sort(),
  };
}

/** A system with the periods of these tests. */
export function startChaosSystem(): Promise<TestSystem> {
  return startSystem({ workMs: 700 });
}

function hangingDeployment(
  step: string,
  site: 'preview' | 'production',
  kind: 'hang-after-accept' | 'hang-before-accept',
): Moment {
  return {
    step,
    prepare: ({ control }) => control('deployer', 'POST', '/faults', { kind, site, times: 1 }),
    isNow: async ({ control }) => {
      const { arrivals } = (await control('deployer', 'GET', '/arrivals')) as {
        arrivals: readonly { readonly state?: string }[];
      };
      return arrivals.length > 0;
    },
    release: async ({ control }) => {
      await control('deployer', 'POST', '/release', {});
      await control('deployer', 'DELETE', '/faults');
    },
  };
}

function hangingMail(step: string, tag: string, stored: boolean): Moment {
  return {
    step,
    prepare: ({ control }) =>
      tag.startsWith('*')
        ? control('mail', 'POST', '/faults', { fault: 'hang', next: 1, stored })
        : control('mail', 'POST', '/faults', { fault: 'hang', next: 1, stored, tag }),
    isNow: async ({ control }) => {
      const { waiting } = (await control('mail', 'GET', '/arrivals')) as { waiting: number };
      return waiting > 0;
    },
    release: async ({ control }) => {
      await control('mail', 'POST', '/arrivals/all/release', { ending: 'drop' });
      await control('mail', 'DELETE', '/faults');
    },
  };
}

async function isInstalled({ pool }: TestSystem, { rolloutId }: StartedRollout): Promise<boolean> {
  const rows = await pool.rows(
    `select d.id from deployment d
     where d.rollout_id = $1 and d.site_kind = 'production' and d.state = 'succeeded'`,
    [rolloutId],
  );
  return rows.length > 0;
}

async function hasDeployment(
  { pool }: TestSystem,
  { rolloutId }: StartedRollout,
  site: 'preview' | 'production',
): Promise<boolean> {
  const rows = await pool.rows<{ state: DeploymentState }>(
    `select d.state from deployment d where d.rollout_id = $1 and d.site_kind = $2`,
    [rolloutId, site],
  );
  return rows.length > 0;
}

async function hasMail(
  { pool }: TestSystem,
  { rolloutId }: StartedRollout,
  kind: string,
): Promise<boolean> {
  const rows = await pool.rows(
    `select m.id from mail_delivery m where m.rollout_id = $1 and m.kind like $2`,
    [rolloutId, kind],
  );
  return rows.length > 0;
}

/** What the protocol of mails leaves to a person: a mail that is nowhere to be found is sent once more. */
async function answerAttention({ api }: TestSystem, { rolloutId }: StartedRollout): Promise<void> {
  const { items } = await api.get(
    `/v1/rollouts/${rolloutId}/messages`,
    z.object({ items: z.array(z.object({ id: z.string(), status: z.string() })) }),
  );
  for (const { id, status } of items) {
    if (status !== 'needs_human') continue;
    const body = { reason: 'it is nowhere to be found' };
    await api.send({ method: 'POST', path: `/v1/messages/${id}/resend`, body }, z.unknown());
  }
}

async function untilMailSettled(system: TestSystem, rollout: StartedRollout): Promise<void> {
  await until('no mail on its way', async () => {
    await answerAttention(system, rollout);
    const rows = await system.pool.rows(
      `select m.id from mail_delivery m
       where m.rollout_id = $1 and m.status in ('planned', 'queued', 'sending', 'unknown', 'needs_human')`,
      [rollout.rolloutId],
    );
    return rows.length === 0 ? true : null;
  });
}

async function standOf({ pool, api }: TestSystem, { rolloutId }: StartedRollout): Promise<unknown> {
  const clients = await api.get(`/v1/rollouts/${rolloutId}/clients`, z.unknown());
  const mails = await pool.rows(
    `select m.kind, m.status, m.last_error from mail_delivery m where m.rollout_id = $1`,
    [rolloutId],
  );
  const deployments = await pool.rows(
    `select d.site_kind, d.state, d.attempt, d.detail from deployment d where d.rollout_id = $1`,
    [rolloutId],
  );
  return { clients, mails, deployments };
}
