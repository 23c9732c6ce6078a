import { jest } from '@jest/globals';
import { postmarkDedupeKey } from '../../../activities/messages/postmark-event.ts';
import { postmarkSource, processWebhooks } from '../../../activities/messages/process-webhooks.ts';
import { claimMails, queuePlanned } from '../../../database/stores/mail-claim.store.ts';
import { storeWebhook } from '../../../database/stores/webhook-inbox.store.ts';
import { insertAgreedRollout, type MailHouse, openMailHouse } from '../../support/mail-house.ts';

jest.setTimeout(60_000);

let house: MailHouse;

beforeEach(async () => {
  house = await openMailHouse();
  const { clients } = await insertAgreedRollout(house, {
    clients: [{ contacts: [{ email: 'grace@north.example' }] }],
  });
  const clientRolloutId = clients[0]?.clientRolloutId as never;
  await house.transact((tx) => house.desk.announce(tx, { clientRolloutId }));
});

afterEach(async () => {
  await house.close();
});

async function receive(body: object | string): Promise<boolean> {
  const bytes = Buffer.from(typeof body === 'string' ? body : JSON.stringify(body));
  return await house.transact((tx) =>
    storeWebhook(tx, {
      source: postmarkSource,
      dedupeKey: postmarkDedupeKey(bytes),
      headers: {},
      body: bytes,
    }),
  );
}

async function mail() {
  const [only] = await house.mails();
  if (!only) throw new Error('there is no mail');
  return only;
}

const about = async () => {
  const { id, messageId } = await mail();
  return {
    MessageStream: 'outbound',
    MessageID: messageId ?? 'm-1',
    Tag: 'notice',
    Metadata: { did: id },
  };
};
const delivery = async (at = '2026-11-05T16:33:54.9070259Z') => ({
  ...(await about()),
  RecordType: 'Delivery',
  Recipient: 'grace@north.example',
  DeliveredAt: at,
});
const bounce = async (TypeCode: number, ID = 7) => ({
  ...(await about()),
  RecordType: 'Bounce',
  ID,
  Type: 'Bounce',
  TypeCode,
  Email: 'grace@north.example',
  BouncedAt: '2026-11-05T16:33:54.9070259Z',
  Inactive: TypeCode === 1,
  Description: 'no such mailbox',
});

const processAll = () => processWebhooks(house.mailDependencies);
const status = async () => (await mail()).status;

it('raises what is known and never lowers it, in any order and any number', async () => {
  await house.sendDue();
  await receive(await bounce(1));
  await processAll();
  await receive(await delivery());
  const repeated = await receive(await bounce(1));
  await processAll();
  await processAll();

  expect(repeated).toBe(false);
  expect(await status()).toBe('bounced');
});

it('takes a bounce that only delays for what it is', async () => {
  await house.sendDue();
  await receive(await bounce(4096));
  await processAll();
  const delayed = await status();
  await receive(await bounce(1, 8));
  await processAll();

  expect(delayed).toBe('accepted');
  expect(await status()).toBe('bounced');
});

it('tells at once that an approver cannot be reached', async () => {
  await house.sendDue();
  await receive(await bounce(1));
  await processAll();

  const [contact] = await house.storage.pool.rows<{ reason: string | null }>(
    `select c.unreachable_reason as reason from contact c`,
  );

  expect(contact?.reason).toBe('no such mailbox');
  expect(await house.attention()).toEqual(['approver-unreachable']);
});

it('settles a mail whose answer has not come yet', async () => {
  const [claim] = await house.transact(async (tx) => {
    await queuePlanned(tx, 'outbound');
    return await claimMails(tx, { stream: 'outbound', limit: 1, leaseMs: 90_000 });
  });
  await receive(await delivery());
  await processAll();
  house.advance(91_000);
  await house.sendDue();

  expect(claim).toBeDefined();
  expect(await status()).toBe('delivered');
  expect(house.server.control.messages()).toEqual([]);
});

it('settles a mail that a person was asked about', async () => {
  house.fault({ fault: '500', next: 1, stored: false });
  for (const ms of [0, 15_000, 60_000]) {
    house.advance(ms);
    await house.sendDue();
  }
  const asked = await house.attention();
  await receive(await delivery());
  await house.sendDue();

  expect(asked).toEqual(['mail-needs-human']);
  expect(await status()).toBe('delivered');
  expect(await house.attention()).toEqual([]);
});

it('raises an alarm when the provider has two mails of one', async () => {
  await house.sendDue();
  await receive({ ...(await delivery()), MessageID: 'another' });
  await processAll();

  expect(await house.attention()).toEqual(['mail-duplicate']);
});

it('marks and unmarks an address as the provider suppresses it', async () => {
  const change = (SuppressSending: boolean, ChangedAt: string) => ({
    RecordType: 'SubscriptionChange',
    MessageID: null,
    MessageStream: 'outbound',
    ChangedAt,
    Recipient: 'Grace@north.example',
    Origin: 'Recipient',
    SuppressSending,
    SuppressionReason: SuppressSending ? 'ManualSuppression' : null,
    Tag: null,
    Metadata: {},
  });
  await receive(change(true, '2026-11-05T16:00:00.0000001Z'));
  await processAll();
  const suppressed = await house.attention();
  await receive(change(false, '2026-11-05T16:00:00.0000002Z'));
  await processAll();

  expect(suppressed).toEqual(['approver-unreachable']);
  expect(await house.attention()).toEqual([]);
});

it('keeps what it cannot match or read, and lets nothing else wait for it', async () => {
  await house.sendDue();
  await receive({ ...(await delivery()), MessageID: 'unknown', Metadata: {} });
  await receive('not JSON at all');
  await receive({ RecordType: 'Open', MessageID: 'x' });
  await receive(await delivery());
  await processAll();

  const rows = await house.storage.pool.rows<{ problem: string | null; open: boolean }>(
    `select w.problem, w.processed_at is null as open from webhook_inbox w
     where w.problem is not null order by w.problem`,
  );

  expect(await status()).toBe('delivered');
  expect(rows).toEqual([
    { problem: 'it is about a mail we do not know', open: true },
    { problem: 'it is not readable', open: false },
    { problem: 'its type is not known', open: false },
  ]);
});

it('tells two events apart by the last digit of their time', async () => {
  const one = Buffer.from(JSON.stringify(await delivery('2026-11-05T16:33:54.9070259Z')));
  const other = Buffer.from(JSON.stringify(await delivery('2026-11-05T16:33:54.9070258Z')));

  expect(postmarkDedupeKey(one)).not.toBe(postmarkDedupeKey(other));
  expect(postmarkDedupeKey(one)).toBe(postmarkDedupeKey(Buffer.from(one)));
});
