import { jest } from '@jest/globals';
import {
  dropDelivery,
  markDeliverySent,
  resendDelivery,
} from '../../../activities/messages/mail-decisions.ts';
import { claimMails, queuePlanned } from '../../../database/stores/mail-claim.store.ts';
import type { DeliveryId } from '../../../domain/ids.ts';
import {
  insertAgreedRollout,
  type MailHouse,
  moveSlot,
  openMailHouse,
} from '../../support/mail-house.ts';
import type { TestClientRollout } from '../../support/rollout-fixture.ts';

// The first test of a run waits for Postgres.
jest.setTimeout(60_000);

let house: MailHouse;

afterEach(async () => {
  await house.close();
});

async function announced(): Promise<TestClientRollout> {
  const { clients } = await insertAgreedRollout(house);
  const [client] = clients;
  if (!client) throw new Error('there is no client');
  const { clientRolloutId } = client;
  await house.transact((tx) => house.desk.announce(tx, { clientRolloutId }));
  return client;
}

const statuses = async () => (await house.mails()).map(({ status }) => status);
const sentMails = () => house.server.control.messages();
const decision = (id: string) => ({
  deliveryId: id as DeliveryId,
  actor: 'Ana',
  reason: 'asked the recipient',
});

async function onlyMail() {
  const [mail] = await house.mails();
  if (!mail) throw new Error('there is no mail');
  return mail;
}

it('sends a mail once and has nothing more to do', async () => {
  house = await openMailHouse();
  const client = await announced();

  await house.sendDue();
  await house.sendDue();

  expect(await statuses()).toEqual(['accepted']);
  expect(sentMails()).toHaveLength(1);
  expect(sentMails()[0]).toMatchObject({
    did: (await onlyMail()).id,
    rollout: expect.any(String) as string,
    tag: 'notice',
    recipients: [client.contacts[0]?.email],
  });
  expect(house.storage.wakes).toContain(client.workflowId);
});

it('waits out the undo time, in which a mail can be called back without a trace', async () => {
  house = await openMailHouse();
  const { clients } = await insertAgreedRollout(house, {
    policy: { undoTime: 'PT60S' as never },
  });
  const clientRolloutId = clients[0]?.clientRolloutId;
  if (!clientRolloutId) throw new Error('there is no client');
  await house.transact((tx) => house.desk.announce(tx, { clientRolloutId }));

  const sleepMs = await house.sendDue();
  await house.transact((tx) =>
    house.desk.withdraw(tx, { clientRolloutId, why: { kind: 'stopped' }, reason: 'not today' }),
  );
  house.advance(61_000);
  await house.sendDue();

  expect(sleepMs).toBe(60_000);
  expect(await statuses()).toEqual(['cancelled']);
  expect(sentMails()).toHaveLength(0);
});

it.each([
  ['rst-after', {}],
  ['fin-after', {}],
  ['cut-body', {}],
  ['500', { stored: true }],
  ['503', { stored: true }],
  ['502-html', { stored: true }],
  ['200-html', { stored: true }],
  ['200-empty', { stored: true }],
  ['202', { stored: true }],
  ['301', { stored: true }],
  ['307', { stored: true }],
  ['403-json', { stored: true }],
  ['408', { stored: true }],
] as const)(
  'finds a mail whose answer was lost (%s) and does not send it again',
  async (fault, how) => {
    house = await openMailHouse();
    await announced();
    house.fault({ fault, next: 1, ...how });

    await house.sendDue();
    const before = await statuses();
    house.advance(15_000);
    await house.sendDue();

    expect(before).toEqual(['unknown']);
    expect(await statuses()).toEqual(['accepted']);
    expect(sentMails()).toHaveLength(1);
    expect(house.server.control.duplicates().messages).toBe(0);
  },
);

it('finds a mail that the provider was too slow to confirm', async () => {
  house = await openMailHouse({ deadlineMs: 300 });
  await announced();
  house.fault({ fault: 'hang', next: 1, stored: true });

  await house.sendDue();
  house.advance(15_000);
  await house.sendDue();

  expect(await statuses()).toEqual(['accepted']);
  expect(sentMails()).toHaveLength(1);
});

it('finds a mail only later when the index lags', async () => {
  house = await openMailHouse({ server: { indexLagMs: 30_000 } });
  await announced();
  house.fault({ fault: 'rst-after', next: 1 });

  await house.sendDue();
  house.advance(15_000);
  await house.sendDue();
  const early = await statuses();
  house.advance(45_000);
  house.server.control.advanceClock(60_000);
  await house.sendDue();

  expect(early).toEqual(['unknown']);
  expect(await statuses()).toEqual(['accepted']);
  expect(sentMails()).toHaveLength(1);
});

it('does not take a failing search for an absent mail', async () => {
  house = await openMailHouse();
  await announced();
  house.fault({ fault: 'rst-before', next: 1 });
  house.fault({ fault: 'search-500' });
  await house.sendDue();

  for (let round = 0; round < 5; round += 1) {
    house.advance(60_000);
    await house.sendDue();
  }

  expect(await statuses()).toEqual(['unknown']);
});

describe('when nobody can tell whether a mail left', () => {
  async function lost(): Promise<string> {
    house = await openMailHouse();
    await announced();
    house.fault({ fault: '500', next: 1, stored: false });
    await house.sendDue();
    house.advance(15_000);
    await house.sendDue();
    house.advance(60_000);
    await house.sendDue();
    return (await onlyMail()).id;
  }

  it('asks a person', async () => {
    await lost();

    expect(await statuses()).toEqual(['needs_human']);
    expect(await house.attention()).toEqual(['mail-needs-human']);
    expect(sentMails()).toHaveLength(0);
  });

  it('sends it once more as a new mail when the person says so', async () => {
    const id = await lost();

    const result = await house.transact((tx) => resendDelivery(tx, decision(id)));
    const again = await house.transact((tx) => resendDelivery(tx, decision(id)));
    await house.sendDue();

    expect(result.kind).toBe('done');
    expect(again).toEqual({ kind: 'not-possible', status: 'resent' });
    expect((await statuses()).toSorted()).toEqual(['accepted', 'resent']);
    expect(sentMails()).toHaveLength(1);
    expect(sentMails()[0]?.did).not.toBe(id);
    expect((await house.mails()).map(({ dedupeKey }) => dedupeKey.endsWith(':r2'))).toContain(true);
    expect(await house.attention()).toEqual([]);
  });

  it('takes it for sent when the person says so', async () => {
    const id = await lost();

    await house.transact((tx) => markDeliverySent(tx, decision(id)));
    await house.sendDue();

    expect(await statuses()).toEqual(['accepted']);
    expect(sentMails()).toHaveLength(0);
    expect(await house.attention()).toEqual([]);
  });

  it('gives it up when the person says so', async () => {
    const id = await lost();

    await house.transact((tx) => dropDelivery(tx, decision(id)));
    await house.sendDue();

    expect(await statuses()).toEqual(['dropped']);
    expect(sentMails()).toHaveLength(0);
  });

  it('keeps later mails to the same person back meanwhile', async () => {
    await lost();
    const client = (
      await house.storage.pool.rows<{ id: string }>('select id from client_rollout')
    )[0];
    await moveSlot(house, client?.id ?? '', 1);
    await house.transact((tx) =>
      house.desk.moveDate(tx, { clientRolloutId: client?.id as never, previous: null, reason: '' }),
    );
    await house.sendDue();
    const waiting = await statuses();

    await house.transact(async (tx) => dropDelivery(tx, decision((await onlyMail()).id)));
    await house.sendDue();

    expect(waiting).toEqual(['needs_human', 'queued']);
    expect(await statuses()).toEqual(['dropped', 'accepted']);
  });
});

it('takes a mail whose sender died for unknown, and finds it if it had left', async () => {
  house = await openMailHouse();
  await announced();
  const [claim] = await house.transact(async (tx) => {
    await queuePlanned(tx, 'outbound');
    return await claimMails(tx, { stream: 'outbound', limit: 1, leaseMs: 90_000 });
  });
  if (!claim) throw new Error('nothing was claimed');
  await house.mailer.send(claim.snapshot);

  const sleepMs = await house.sendDue();
  house.advance(91_000);
  await house.sendDue();
  const afterLease = await statuses();
  house.advance(15_000);
  await house.sendDue();

  expect(sleepMs).toBe(90_000);
  expect(afterLease).toEqual(['unknown']);
  expect(await statuses()).toEqual(['accepted']);
  expect(sentMails()).toHaveLength(1);
});

it('sends one mail when two senders work at once', async () => {
  house = await openMailHouse();
  await insertAgreedRollout(house, { clients: 6 }).then(async ({ clients }) => {
    for (const { clientRolloutId } of clients) {
      await house.transact((tx) => house.desk.announce(tx, { clientRolloutId }));
    }
  });

  await Promise.all([house.sendDue(), house.sendDue(), house.sendDue()]);
  await house.sendDue();

  expect(await statuses()).toEqual(Array.from({ length: 6 }, () => 'accepted'));
  expect(sentMails()).toHaveLength(6);
  expect(house.server.control.duplicates().messages).toBe(0);
});

it.each(['401', '412', '1235', '403-html'] as const)(
  'stops the sender on %s, says so, and goes on by itself',
  async (fault) => {
    house = await openMailHouse();
    const { clients } = await insertAgreedRollout(house, { clients: 3 });
    for (const { clientRolloutId } of clients) {
      await house.transact((tx) => house.desk.announce(tx, { clientRolloutId }));
    }
    house.fault({ fault });
    await house.sendDue();
    await house.sendDue();
    const attempts = (await house.mails()).reduce((sum, { attempt }) => sum + attempt, 0);
    const raised = await house.attention();

    house.server.control.clearFaults();
    house.advance(600_000);
    await house.sendDue();

    expect(raised).toEqual(['mail-sender-paused']);
    expect(attempts).toBe(3);
    expect(await statuses()).toEqual(['accepted', 'accepted', 'accepted']);
    expect(sentMails()).toHaveLength(3);
    expect(await house.attention()).toEqual([]);
  },
);

it('leaves the provider alone for as long as it wishes', async () => {
  house = await openMailHouse();
  await announced();
  house.fault({ fault: '429', next: 1, retryAfterSeconds: 40 });

  const sleepMs = await house.sendDue();
  house.advance(39_000);
  await house.sendDue();
  const early = await statuses();
  house.advance(2_000);
  await house.sendDue();

  expect(sleepMs).toBe(40_000);
  expect(early).toEqual(['queued']);
  expect(await statuses()).toEqual(['accepted']);
});

it('waits and tries again while the provider cannot be reached', async () => {
  house = await openMailHouse();
  await announced();
  await house.server.control.closePort();
  await house.sendDue();
  const closed = await statuses();

  await house.server.control.openPort();
  house.advance(600_000);
  await house.sendDue();

  expect(closed).toEqual(['queued']);
  expect(await statuses()).toEqual(['accepted']);
});

it('tells at once that an approver is suppressed, and does not try again', async () => {
  house = await openMailHouse();
  const client = await announced();
  house.fault({ fault: '406', next: 1 });

  await house.sendDue();
  house.advance(3_600_000);
  await house.sendDue();

  expect(await statuses()).toEqual(['suppressed']);
  expect((await house.attention()).toSorted()).toEqual(['approver-unreachable', 'mail-suppressed']);
  expect(house.storage.wakes).toContain(client.workflowId);
});

it('brings a refused mail to a person', async () => {
  house = await openMailHouse({ server: { streams: { outbound: 'Inbound' } } });
  await announced();

  await house.sendDue();

  expect(await house.attention()).toHaveLength(1);
  expect(sentMails()).toHaveLength(0);
});

it('tells nobody a date while the rollout is paused, and goes on when it is resumed', async () => {
  house = await openMailHouse();
  await announced();
  await house.storage.pool.rows(`update rollout set state = 'paused'`);
  const sleepMs = await house.sendDue();
  const paused = await statuses();

  await house.storage.pool.rows(`update rollout set state = 'running'`);
  await house.sendDue();

  expect(paused).toEqual(['queued']);
  expect(sleepMs).toBeGreaterThan(86_400_000);
  expect(await statuses()).toEqual(['accepted']);
});

it('gives up a notice whose last moment has passed, and tells a person', async () => {
  house = await openMailHouse();
  await announced();
  await house.storage.pool.rows(`update rollout set state = 'paused'`);

  house.advance(10 * 86_400_000);
  await house.sendDue();

  expect(await statuses()).toEqual(['expired']);
  expect(await house.attention()).toEqual(['mail-expired']);
});

it('refuses to send a mail whose stored text was changed', async () => {
  house = await openMailHouse();
  await announced();
  await house.storage.pool.rows(
    `update mail_delivery set snapshot = jsonb_set(snapshot, '{text}', '"something else"')`,
  );

  await house.sendDue();

  expect(await statuses()).toEqual(['rejected']);
  expect(sentMails()).toHaveLength(0);
});

it('asks the provider what became of a mail of which no report came', async () => {
  house = await openMailHouse();
  await announced();
  await house.sendDue();

  house.advance(1_800_000);
  await house.sendDue();

  expect(await statuses()).toEqual(['delivered']);
});
