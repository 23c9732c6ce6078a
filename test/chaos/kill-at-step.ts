import type { Policy } from '../../domain/rollout/policy.ts';
import type { Program } from '../support/program.ts';
import {
  clientStates,
  startRollout,
  type StartedRollout,
  until,
} from '../support/running-rollout.ts';
import type { TestSystem } from '../support/system.ts';
import { answerAttention, standOf, untilMailSettled, untilNoMailIsStuck } from './attend.ts';
import { askedFirst, informedOnly } from './quick-policy.ts';

/** A moment in a client's way: how to make it last, and how to see that it has come. */
export interface Moment {
  readonly step: string;
  readonly policy: Partial<Policy>;
  readonly prepare?: (system: TestSystem, client: string) => Promise<unknown>;
  readonly isNow: (system: TestSystem, rollout: StartedRollout) => Promise<boolean>;
  /** Lets go what `prepare` holds. */
  readonly release?: (system: TestSystem) => Promise<unknown>;
}

/** The six steps of a rollout, and inside the calls to the outside the points before and after the far side acted. */
export const moments: readonly Moment[] = [
  {
    step: 'preview',
    policy: askedFirst,
    isNow: (system, rollout) => hasDeployment(system, rollout, 'preview'),
  },
  hangingDeployment('dispatching to preview', 'preview', 'hang-after-accept'),
  {
    step: 'asking',
    policy: askedFirst,
    isNow: (system, rollout) => hasMail(system, rollout, 'release-on-preview'),
  },
  hangingMail('sending the question', 'release-on-preview', true),
  {
    step: 'noticing',
    policy: informedOnly,
    isNow: (system, rollout) => hasMail(system, rollout, 'notice'),
  },
  hangingMail('sending the notice, not accepted', 'notice', false),
  hangingMail('sending the notice, accepted', 'notice', true),
  {
    step: 'claiming',
    policy: informedOnly,
    isNow: (system, rollout) => hasDeployment(system, rollout, 'production'),
  },
  hangingDeployment('dispatching, not accepted', 'production', 'hang-before-accept'),
  hangingDeployment('dispatching, accepted', 'production', 'hang-after-accept'),
  { step: 'verifying', policy: informedOnly, isNow: isInstalled },
];

/** How a rollout to one client ended, in the outside world's own records. */
export interface Ending {
  readonly state: string | undefined;
  /** Kind and reader of every mail in the mail server, new dates left out. */
  readonly mails: readonly string[];
  readonly kinds: readonly string[];
  /** How often it missed its slot, because this kill or one for another client came in between. */
  readonly missed: number;
  /** How often a reader was told another date; of several readers the most. */
  readonly toldAnew: number;
  /** The kind of site of every effect in the deployer's record. */
  readonly effects: readonly string[];
}

/** A rollout and how its client stood when the program was killed. */
export interface Killed {
  readonly rollout: StartedRollout;
  readonly stateAtKill: string | undefined;
}

/** Starts a rollout to one client, kills the program at the given moment of it, and starts the program again. */
export async function killAt(
  system: TestSystem,
  moment: Moment,
  { victim, client }: { readonly victim: Program; readonly client: string },
): Promise<Killed> {
  await untilNoMailIsStuck(system);
  await moment.prepare?.(system, client);
  const rollout = await startRollout(system, { clients: [client], policy: moment.policy });
  await until(
    moment.step,
    async () => {
      await answerAttention(system);
      return (await moment.isNow(system, rollout)) ? true : null;
    },
    { describe: () => standOf(system, rollout) },
  );
  const stateAtKill = (await clientStates(system, rollout.rolloutId))[client];
  await victim.kill();
  await moment.release?.(system);
  await victim.start();
  return { rollout, stateAtKill };
}

/** The kinds of mail that a client gets, beside those of a new date. */
export function usualKinds({ consent }: Partial<Policy>): readonly string[] {
  return consent === 'inform'
    ? ['completed', 'notice']
    : ['approval-recorded', 'completed', 'notice', 'release-on-preview'];
}

/** Waits until the client is verified and its last mail has left, answering what is left to a person meanwhile. */
export async function endOf(
  system: TestSystem,
  rollout: StartedRollout,
  client: string,
): Promise<Ending> {
  await until(
    `${client} to be done`,
    async () => {
      await answerAttention(system);
      const states = await clientStates(system, rollout.rolloutId);
      return states[client] === 'done' ? true : null;
    },
    { describe: () => standOf(system, rollout) },
  );
  await untilMailSettled(system, rollout);
  const mails = (await system.outside.mailsOf(rollout.rolloutId)).map(({ tag, recipients }) => ({
    kind: tag,
    reader: recipients.join(),
  }));
  const usual = mails.filter(({ kind }) => kind !== 'moved');
  const moves = Map.groupBy(
    mails.filter(({ kind }) => kind === 'moved'),
    ({ reader }) => reader,
  );
  const effects = await system.outside.effectsOf(rollout.rolloutId);
  return {
    state: (await clientStates(system, rollout.rolloutId))[client],
    mails: usual.map(({ kind, reader }) => `${kind} ${reader}`).sort(),
    kinds: [...new Set(usual.map(({ kind }) => kind))].sort(),
    missed: await timesMissed(system, rollout),
    toldAnew: Math.max(0, ...[...moves.values()].map(({ length }) => length)),
    effects: effects.map(({ site }) => site).sort(),
  };
}

function hangingDeployment(
  step: string,
  site: 'preview' | 'production',
  kind: 'hang-after-accept' | 'hang-before-accept',
): Moment {
  return {
    step,
    policy: site === 'preview' ? askedFirst : informedOnly,
    prepare: ({ control }, client) =>
      control('deployer', 'POST', '/faults', { kind, site, client, times: 1 }),
    isNow: async ({ control }) => {
      const { arrivals } = (await control('deployer', 'GET', '/arrivals')) as {
        arrivals: readonly { readonly state: string }[];
      };
      return arrivals.some(({ state }) => state === 'held');
    },
    release: ({ control }) => control('deployer', 'POST', '/release'),
  };
}

function hangingMail(step: string, tag: string, stored: boolean): Moment {
  return {
    step,
    policy: tag === 'notice' ? informedOnly : askedFirst,
    prepare: ({ control }, client) => {
      const recipient = `*@${client}.example`;
      return control('mail', 'POST', '/faults', { fault: 'hang', next: 1, stored, tag, recipient });
    },
    isNow: async ({ control }) => {
      const { waiting } = (await control('mail', 'GET', '/arrivals')) as { waiting: number };
      return waiting > 0;
    },
    release: ({ control }) => control('mail', 'POST', '/arrivals/all/release', { ending: 'drop' }),
  };
}

async function timesMissed({ pool }: TestSystem, { rolloutId }: StartedRollout): Promise<number> {
  const rows = await pool.rows(
    `select e.id from event e where e.rollout_id = $1 and e.kind = 'client-rollout.missed'`,
    [rolloutId],
  );
  return rows.length;
}

async function isInstalled({ pool }: TestSystem, { rolloutId }: StartedRollout): Promise<boolean> {
  const rows = await pool.rows(
    `select d.id
     from deployment d
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
  const rows = await pool.rows(
    `select d.id from deployment d where d.rollout_id = $1 and d.site_kind = $2`,
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
    `select m.id from mail_delivery m where m.rollout_id = $1 and m.kind = $2`,
    [rolloutId, kind],
  );
  return rows.length > 0;
}
