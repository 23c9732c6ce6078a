import { z } from 'zod';
import type { MailStatus } from '../../database/stores/mail-delivery.store.ts';
import { type StartedRollout, until } from '../support/running-rollout.ts';
import type { TestSystem } from '../support/system.ts';

/** What the protocol of mails leaves to a person: a mail that is nowhere to be found is sent once more. */
export async function answerAttention({ api, pool }: TestSystem): Promise<void> {
  const rows = await pool.rows<{ id: string }>(
    `select m.id from mail_delivery m where m.status = 'needs_human'`,
  );
  for (const { id } of rows) {
    const body = { reason: 'it is nowhere to be found' };
    await api.send({ method: 'POST', path: `/v1/messages/${id}/resend`, body }, z.unknown());
  }
}

/** Waits until nobody asks any more what became of a mail. */
export async function untilNoMailIsStuck(system: TestSystem): Promise<void> {
  await until('no mail of which nobody knows', async () => {
    await answerAttention(system);
    return (await hasMails(system, ['sending', 'unknown', 'needs_human'])) ? null : true;
  });
}

/** Waits until no mail of the rollout is on its way any more. */
export async function untilMailSettled(system: TestSystem, rollout: StartedRollout): Promise<void> {
  const onItsWay: readonly MailStatus[] = [
    'planned',
    'queued',
    'sending',
    'unknown',
    'needs_human',
  ];
  await until(
    'no mail on its way',
    async () => {
      await answerAttention(system);
      return (await hasMails(system, onItsWay, rollout.rolloutId)) ? null : true;
    },
    { describe: () => standOf(system, rollout) },
  );
}

/** All that is known of a rollout, for the message of a test that waited in vain. */
export async function standOf(
  { pool, api }: TestSystem,
  { rolloutId }: StartedRollout,
): Promise<unknown> {
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

async function hasMails(
  { pool }: TestSystem,
  statuses: readonly MailStatus[],
  rolloutId: string | null = null,
): Promise<boolean> {
  const rows = await pool.rows(
    `select m.id
     from mail_delivery m
     where m.status = any($1) and ($2::uuid is null or m.rollout_id = $2)
     limit 1`,
    [statuses, rolloutId],
  );
  return rows.length > 0;
}
