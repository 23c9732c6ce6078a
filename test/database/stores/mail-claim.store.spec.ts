import { jest } from '@jest/globals';
import { pauseRollout } from '../../../activities/planning/pause-rollout.ts';
import { inTransaction, type Transaction } from '../../../database/in-transaction.ts';
import {
  claimMails,
  type ClaimedMail,
  queuePlanned,
} from '../../../database/stores/mail-claim.store.ts';
import { lockRollout, moveRollout } from '../../../database/stores/rollout.store.ts';
import { lockVendor, setLive } from '../../../database/stores/vendor.store.ts';
import { insertAgreedRollout, type MailHouse, openMailHouse } from '../../support/mail-house.ts';
import { until } from '../../support/running-rollout.ts';
import type { TestRollout } from '../../support/rollout-fixture.ts';

// The first test of a run waits for Postgres.
jest.setTimeout(60_000);

let house: MailHouse;
let rollout: TestRollout;

beforeEach(async () => {
  house = await openMailHouse();
  rollout = await insertAgreedRollout(house);
  const [client] = rollout.clients;
  await house.transact(async (tx) => {
    await house.desk.announce(tx, client!);
    await queuePlanned(tx, 'outbound');
  });
});

afterEach(async () => {
  await house.close();
});

const claim = (): Promise<readonly ClaimedMail[]> =>
  house.transact((tx) => claimMails(tx, { stream: 'outbound', limit: 5, leaseMs: 90_000 }));

/** Claims while a decision is made but not committed, and lets the claim see it only at its commit. */
async function claimDuring(
  decide: (tx: Transaction) => Promise<unknown>,
): Promise<readonly ClaimedMail[]> {
  let claimed: Promise<readonly ClaimedMail[]> = Promise.resolve([]);
  await inTransaction(house.storage.database, async (tx) => {
    await decide(tx);
    claimed = claim();
    await until('the claim waits for the decision', async () => {
      const rows = await house.storage.pool.rows<{ pid: number }>(
        `select a.pid
         from pg_stat_activity a
         where a.datname = current_database() and a.wait_event_type = 'Lock'`,
      );
      return rows.length > 0 ? rows : null;
    });
  });
  return await claimed;
}

it('claims no date that a pause decided at the same moment holds back', async () => {
  const claimed = await claimDuring(async (tx) => {
    await lockRollout(tx, rollout.rolloutId);
    await moveRollout(tx, {
      id: rollout.rolloutId,
      from: ['running'],
      to: 'paused',
      actor: 'Ana',
      reason: 'call from a client',
    });
  });

  expect(claimed).toEqual([]);
  expect(await house.mails()).toMatchObject([{ status: 'queued', attempt: 0 }]);
});

it('claims nothing for a client once mail to clients is switched off', async () => {
  const claimed = await claimDuring(async (tx) => {
    await lockVendor(tx);
    await setLive(tx, { live: false, actor: 'Ana', reason: 'contacts are wrong' });
  });

  expect(claimed).toEqual([]);
});

it('claims a date of a running rollout, and none of one that was paused before', async () => {
  await pauseRollout(house.storage, {
    rolloutId: rollout.rolloutId,
    reason: 'call from a client',
    actor: 'Ana',
  });
  const whilePaused = await claim();
  await house.transact((tx) =>
    moveRollout(tx, {
      id: rollout.rolloutId,
      from: ['paused'],
      to: 'running',
      actor: 'Ana',
      reason: null,
    }),
  );

  expect(whilePaused).toEqual([]);
  expect(await claim()).toHaveLength(1);
});
