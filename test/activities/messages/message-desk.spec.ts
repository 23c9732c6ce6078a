import { jest } from '@jest/globals';
import type { ClientRolloutId } from '../../../domain/ids.ts';
import { insertBuild, insertRow, rightNow } from '../../support/fixtures.ts';
import {
  insertAgreedRollout,
  type MailHouse,
  moveSlot,
  openMailHouse,
} from '../../support/mail-house.ts';
import { insertVerifiedDeployment } from '../../support/past-fixture.ts';
import type { RolloutOptions, TestRollout } from '../../support/rollout-fixture.ts';
import { newId } from '../../../database/new-id.ts';

jest.setTimeout(60_000);

let house: MailHouse;
let rollout: TestRollout;
let clientRolloutId: ClientRolloutId;

afterEach(async () => {
  await house.close();
});

async function open(options: RolloutOptions = {}): Promise<void> {
  house = await openMailHouse();
  rollout = await insertAgreedRollout(house, options);
  const [client] = rollout.clients;
  if (!client) throw new Error('there is no client');
  ({ clientRolloutId } = client);
}

const announce = () => house.transact((tx) => house.desk.announce(tx, { clientRolloutId }));

async function move(days: number, reason = 'the windows changed'): Promise<void> {
  await moveSlot(house, clientRolloutId, days);
  await house.transact((tx) =>
    house.desk.moveDate(tx, { clientRolloutId, previous: null, reason }),
  );
}

const withdraw = () =>
  house.transact((tx) =>
    house.desk.withdraw(tx, {
      clientRolloutId,
      why: { kind: 'skipped', nextVersion: '2.0.0' },
      reason: 'too late in the year',
    }),
  );

const sent = () => house.server.control.messages();
const ics = (index: number) =>
  Buffer.from(sent()[index]?.attachments[0]?.content ?? '', 'base64').toString('utf8');
const told = async () =>
  (await house.mails()).map(({ kind, status, sequence }) => ({ kind, status, sequence }));

it('tells a date once, however often it is asked to', async () => {
  await open();

  const first = await announce();
  const again = await announce();
  await house.sendDue();
  const third = await announce();

  expect([first, again, third]).toEqual([1, 0, 0]);
  expect(sent().map(({ tag }) => tag)).toEqual(['notice']);
});

it('names its mails for the provider within what the provider allows', async () => {
  await open();
  await announce();
  await house.sendDue();

  const [mail] = sent();

  expect(mail?.metadata).toEqual({
    did: (await house.mails())[0]?.id,
    kind: 'notice',
    key: expect.stringMatching(/^[0-9a-f]{32}$/) as string,
    rollout: rollout.rolloutId,
  });
  expect(mail?.headers).toMatchObject({
    'Auto-Submitted': 'auto-generated',
    'X-PM-KeepID': 'true',
  });
});

it('keeps one thread and one calendar entry over every move, and cancels it at the end', async () => {
  await open();
  await announce();
  await house.sendDue();
  await move(1);
  await house.sendDue();
  await withdraw();
  await house.sendDue();

  const [notice, moved, withdrawn] = sent();

  expect(sent().map(({ tag }) => tag)).toEqual(['notice', 'moved', 'withdrawn']);
  expect(new Set(sent().map(({ threadRoot }) => threadRoot)).size).toBe(1);
  expect(moved?.headers['In-Reply-To']).toBe(notice?.rfcMessageId);
  expect(withdrawn?.headers['References']).toBe(`${notice?.rfcMessageId} ${moved?.rfcMessageId}`);
  expect([0, 1, 2].map((index) => /SEQUENCE:(\d)/.exec(ics(index))?.[1])).toEqual(['0', '1', '2']);
  expect([0, 1, 2].map((index) => /METHOD:(\w+)/.exec(ics(index))?.[1])).toEqual([
    'REQUEST',
    'REQUEST',
    'CANCEL',
  ]);
  const uids = [0, 1, 2].map((index) => /UID:(.+)/.exec(ics(index))?.[1]);
  expect(new Set(uids).size).toBe(1);
  expect(sent()[2]?.attachments[0]?.type).toContain('method=CANCEL');
  expect(withdrawn?.textBody).toContain('2.0.0');
});

it('supersedes a date that has not left, and writes one mail however often it moves', async () => {
  await open({ policy: { undoTime: 'PT60S' as never } });
  await announce();
  house.advance(61_000);
  await house.sendDue();
  await move(1);
  await move(1);
  await move(1);
  house.advance(61_000);
  await house.sendDue();

  expect(await told()).toEqual([
    { kind: 'notice', status: 'accepted', sequence: 0 },
    { kind: 'moved', status: 'superseded', sequence: 1 },
    { kind: 'moved', status: 'superseded', sequence: 1 },
    { kind: 'moved', status: 'accepted', sequence: 1 },
  ]);
});

it('tells a date again that it had moved away from', async () => {
  await open();
  await announce();
  await house.sendDue();
  for (const days of [1, -1, 1]) {
    await move(days);
    await house.sendDue();
  }

  expect(sent().map(({ tag }) => tag)).toEqual(['notice', 'moved', 'moved', 'moved']);
  expect(house.server.control.duplicates().messages).toBe(0);
});

it('says nothing of a move to whoever was told no date', async () => {
  await open();

  await move(1);
  await house.sendDue();

  expect(sent()).toEqual([]);
  expect(await announce()).toBe(1);
});

it('says nothing of an end to whoever was told nothing', async () => {
  await open({ policy: { undoTime: 'PT60S' as never } });
  await announce();
  await withdraw();
  house.advance(61_000);
  await house.sendDue();

  expect(sent()).toEqual([]);
  expect(await told()).toEqual([{ kind: 'notice', status: 'cancelled', sequence: 0 }]);
});

it('lets no withdrawal pass a notice of which nobody knows whether it left', async () => {
  await open();
  await announce();
  house.fault({ fault: 'rst-after', next: 1 });
  await house.sendDue();
  await withdraw();
  await house.sendDue();
  const meanwhile = await told();
  house.advance(15_000);
  await house.sendDue();

  expect(meanwhile.map(({ status }) => status)).toEqual(['unknown', 'queued']);
  expect(sent().map(({ tag }) => tag)).toEqual(['notice', 'withdrawn']);
});

it('tells who is informed that it runs, once per attempt', async () => {
  await open();
  const [client] = rollout.clients;
  if (!client) throw new Error('there is no client');
  const deploymentId = await insertVerifiedDeployment(
    house.storage.pool,
    { ...rollout, client },
    'production',
  );
  const about = { clientRolloutId, deploymentId };

  await house.transact((tx) => house.desk.complete(tx, about));
  await house.transact((tx) => house.desk.complete(tx, about));
  await house.sendDue();

  expect(sent().map(({ tag }) => tag)).toEqual(['completed']);
});

it('says nothing at the end of a change that nobody notices', async () => {
  await open();
  await insertRow(house.storage.pool, 'assessment', {
    id: newId(),
    change_id: rollout.changeId,
    impact: 'transparent',
    downtime_minutes: 90,
    client_action: null,
    reversible: true,
    reported_by: [],
    assessed_by: 'test',
    assessed_at: rightNow(),
  });
  const [client] = rollout.clients;
  if (!client) throw new Error('there is no client');
  const of = { ...rollout, client };
  const deploymentId = await insertVerifiedDeployment(house.storage.pool, of, 'production');

  await house.transact((tx) => house.desk.complete(tx, { clientRolloutId, deploymentId }));
  await announce();
  await house.sendDue();

  expect(sent().map(({ tag }) => tag)).toEqual(['notice']);
  expect(sent()[0]?.textBody).toContain('about 1 hour 30 minutes');
});

it('tells each client what lies between its build and the new one', async () => {
  await open({
    build: { notesMarkdown: '## Maps {map}\n\nFaster.\n\n## Permits {permits}\n\nNew.' },
  });
  const newer = await insertBuild(house.storage.pool, rollout.changeId, {
    version: '1.9.5',
    basedOn: rollout.buildId as never,
    notesMarkdown: 'Prints again.',
  });
  await house.storage.pool.rows(`update rollout set build_id = $1`, [newer]);
  await house.storage.pool.rows(`update client set modules = '{map}'`);
  await announce();
  await house.sendDue();

  const text = sent()[0]?.textBody ?? '';

  expect(text).toContain('Prints again.');
  expect(text).toContain('Faster.');
  expect(text).not.toContain('Permits');
});

it.each([
  ['in its language', { fr: 'Les cartes vont plus vite.' }, 'Les cartes vont plus vite.', null],
  ['in English where there is nothing else, and says so', {}, 'Maps load faster.', 'qu’en anglais'],
])('writes the notes of a build to a French reader %s', async (_, translations, text, remark) => {
  await open({
    build: { translations },
    clients: [{ contacts: [{ email: 'luc@north.example', name: 'Luc Roy', locale: 'fr' }] }],
  });
  await announce();
  await house.sendDue();
  const [mail] = sent();

  for (const body of [mail?.textBody, mail?.htmlBody]) {
    expect(body).toContain(text);
    if (remark === null) expect(body).not.toContain('anglais');
    else expect(body).toContain(remark);
  }
});
