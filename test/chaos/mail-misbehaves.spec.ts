import { z } from 'zod';
import {
  clientStates,
  duplicatesOf,
  startRollout,
  type StartedRollout,
  until,
  untilAllDone,
} from '../support/running-rollout.ts';
import { startSystem, type TestSystem } from '../support/system.ts';
import { untilMailSettled } from './attend.ts';
import { informedOnly } from './quick-policy.ts';

/** Clients with one reader each, so that a fault strikes one mail. */
const lost = [
  { client: 'harbour', fault: { fault: '500', stored: false }, needsPerson: true },
  { client: 'citadel', fault: { fault: '500', stored: true }, needsPerson: false },
  { client: 'outaouais', fault: { fault: 'fin-after' }, needsPerson: false },
  { client: 'exchange', fault: { fault: 'cut-body' }, needsPerson: false },
];
const neverShown = 'river-valley';
const refused = 'bow-river';
const waitsForRepair = 'southbank';

const messageList = z.object({
  items: z.array(
    z.object({
      id: z.string(),
      kind: z.string(),
      status: z.string(),
      lastError: z.string().nullable(),
    }),
  ),
});

let system: TestSystem;

beforeAll(async () => {
  system = await startSystem({ workMs: 300 });
}, 540_000);

afterAll(async () => {
  await system.close();
}, 180_000);

it('stops at a refused key with a reason to be seen, and goes on by itself once it is repaired', async () => {
  await strike({ fault: '401' });
  const rollout = await startRollout(system, { clients: [waitsForRepair], policy: informedOnly });

  const item = await until('an item about the sender', () => openItem('mail-sender-paused'));
  const [message] = (await messagesOf(rollout)).filter(({ kind }) => kind === 'notice');
  await system.control('mail', 'DELETE', '/faults');
  await untilAllDone(system, rollout.rolloutId);
  await untilMailSettled(system, rollout);

  expect(item.text).toMatch(/No mail leaves/);
  expect(message?.status).toMatch(/queued|sending/);
  expect(await openItem('mail-sender-paused')).toBeNull();
  expect(await duplicatesOf(system, rollout.rolloutId)).toEqual({ messages: 0, deployments: 0 });
}, 360_000);

it('keeps a client whose only reader is refused waiting with a reason until a person sends again', async () => {
  await strike({ fault: '406', next: 1, tag: 'notice', recipient: `*@${refused}.example` });
  const rollout = await startRollout(system, { clients: [refused], policy: informedOnly });

  const message = await until('the refusal', () => messageWith(rollout, 'suppressed'));
  const item = await until('an item about it', () => openItem('mail-suppressed'));
  await resend(message.id);
  await untilAllDone(system, rollout.rolloutId);

  expect(message.lastError).toMatch(/inactive/);
  expect(item.text).toContain('refused');
  expect(await duplicatesOf(system, rollout.rolloutId)).toEqual({ messages: 0, deployments: 0 });
}, 360_000);

it('finds a mail whose answer was lost, and asks a person only about one that never arrived', async () => {
  for (const { client, fault } of lost) {
    await strike({ ...fault, next: 1, tag: 'completed', recipient: `*@${client}.example` });
  }
  const clients = lost.map(({ client }) => client);
  const rollout = await startRollout(system, { clients, policy: informedOnly });

  const message = await until('a mail that needs a person', () =>
    messageWith(rollout, 'needs_human'),
  );
  await untilAllDone(system, rollout.rolloutId);
  const asked = await countOf(rollout, 'needs_human');
  await resend(message.id);
  await untilMailSettled(system, rollout);

  const mails = await system.outside.mailsOf(rollout.rolloutId);
  const completed = mails.filter(({ tag }) => tag === 'completed');
  expect(asked).toBe(lost.filter(({ needsPerson }) => needsPerson).length);
  expect(new Set(completed.flatMap(({ recipients }) => recipients)).size).toBe(completed.length);
  expect(completed).toHaveLength(clients.length);
}, 360_000);

it('sends nothing of itself when the provider never shows a mail it took; a person says that it arrived', async () => {
  const recipient = `*@${neverShown}.example`;
  const about = { next: 1, tag: 'completed', recipient };
  await strike({ fault: 'fin-after', ...about });
  await strike({ fault: 'index-never', ...about });
  await strike({ fault: 'webhook-drop', tag: 'completed', recipient });
  const rollout = await startRollout(system, { clients: [neverShown], policy: informedOnly });

  const message = await until('a mail that needs a person', () =>
    messageWith(rollout, 'needs_human'),
  );
  await system.api.send(
    {
      method: 'POST',
      path: `/v1/messages/${message.id}/mark-sent`,
      body: { reason: 'the reader has it' },
    },
    z.unknown(),
  );
  await untilMailSettled(system, rollout);

  expect(await clientStates(system, rollout.rolloutId)).toEqual({ [neverShown]: 'done' });
  const mails = await system.outside.mailsOf(rollout.rolloutId);
  expect(mails.filter(({ tag }) => tag === 'completed')).toHaveLength(1);
}, 360_000);

function strike(fault: object): Promise<unknown> {
  return system.control('mail', 'POST', '/faults', fault);
}

async function messagesOf({ rolloutId }: StartedRollout) {
  return (await system.api.get(`/v1/rollouts/${rolloutId}/messages`, messageList)).items;
}

async function messageWith(rollout: StartedRollout, status: string) {
  return (await messagesOf(rollout)).find((each) => each.status === status) ?? null;
}

async function countOf(rollout: StartedRollout, status: string): Promise<number> {
  return (await messagesOf(rollout)).filter((each) => each.status === status).length;
}

async function resend(id: string): Promise<void> {
  const body = { reason: 'the address is right' };
  await system.api.send({ method: 'POST', path: `/v1/messages/${id}/resend`, body }, z.unknown());
}

async function openItem(kind: string) {
  const schema = z.object({ items: z.array(z.object({ kind: z.string(), text: z.string() })) });
  const { items } = await system.api.get('/v1/attention?state=open', schema);
  return items.find((each) => each.kind === kind) ?? null;
}
