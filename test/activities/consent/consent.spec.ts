import { jest } from '@jest/globals';
import {
  approvalUrl,
  ensureLink,
  reissueLink,
  resolveLink,
} from '../../../activities/consent/approval-link.ts';
import { readApprovalPage } from '../../../activities/consent/approval-page.ts';
import { createConsentActivities } from '../../../activities/consent/index.ts';
import { type Answer, recordAnswer } from '../../../activities/consent/record-answer.ts';
import { supersedeRound } from '../../../activities/consent/supersede-round.ts';
import type { Policy } from '../../../domain/rollout/policy.ts';
import { plusMs } from '../../../domain/instant.ts';
import { insertBuild, rightNow } from '../../support/fixtures.ts';
import { type MailHouse, openMailHouse } from '../../support/mail-house.ts';
import { insertVerifiedDeployment } from '../../support/past-fixture.ts';
import {
  insertRollout,
  type RolloutOptions,
  type TestClientRollout,
  type TestRollout,
} from '../../support/rollout-fixture.ts';

jest.setTimeout(60_000);

let house: MailHouse;

afterEach(async () => {
  await house.close();
});

const people = [
  { email: 'grace@north.example', name: 'Grace Miller' },
  { email: 'helene@north.example', name: 'Hélène Tremblay', locale: 'fr' },
] as const;

interface Asked {
  readonly rollout: TestRollout;
  readonly client: TestClientRollout;
  readonly input: {
    readonly rolloutId: TestRollout['rolloutId'];
    readonly clientId: TestClientRollout['clientId'];
  };
}

/** A client on whose preview the build was verified, one act before the question. */
async function beforeQuestion(
  policy: Partial<Policy> = {},
  options: RolloutOptions & { readonly live?: boolean } = {},
): Promise<Asked> {
  house = await openMailHouse({ live: options.live ?? true });
  const rollout = await insertRollout(house.storage.pool, {
    clients: [{ name: 'North', contacts: people }],
    clientState: 'previewing',
    policy: { undoTime: 'PT0S' as never, ...policy },
    ...options,
  });
  const [client] = rollout.clients;
  if (!client) throw new Error('there is no client');
  await insertVerifiedDeployment(house.storage.pool, { ...rollout, client }, 'preview');
  return { rollout, client, input: { rolloutId: rollout.rolloutId, clientId: client.clientId } };
}

const acts = () => createConsentActivities({ ...house.storage, desk: house.desk });

async function asked(policy: Partial<Policy> = {}): Promise<Asked> {
  const before = await beforeQuestion(policy);
  await acts().askConsent(before.input);
  await house.sendDue();
  return before;
}

async function stateOf({ client }: Asked) {
  const [row] = await house.storage.pool.rows<{ state: string; reason: string | null }>(
    `select cr.state, cr.reason from client_rollout cr where cr.id = $1`,
    [client.clientRolloutId],
  );
  return row;
}

async function rounds() {
  return await house.storage.pool.rows<{ id: string; number: number; state: string }>(
    `select ar.id, ar.number, ar.state, ar.decided_way as way, ar.decided_name as name
     from approval_round ar order by ar.number`,
  );
}

async function page({ client }: Asked, person = 0) {
  const found = await readApprovalPage(house.storage.database, house.deskDependencies, {
    clientRolloutId: client.clientRolloutId,
    contactId: client.contacts[person]?.contactId as never,
    inviteUrl: 'https://daymark.example/a/p/1/invite.ics',
    nonceFor: () => 'nonce',
  });
  if (found === null) throw new Error('there is no page');
  return found;
}

async function answer(about: Asked, decision: Answer['decision'], more: Partial<Answer> = {}) {
  const shown = await page(about);
  return await house.transact((tx) =>
    recordAnswer(
      tx,
      { ...house.storage, desk: house.desk },
      {
        roundId: shown.roundId as never,
        contactId: about.client.contacts[0]?.contactId as never,
        decision,
        name: 'Grace Miller',
        comment: '',
        contentHash: shown.contentHash,
        way: 'link',
        actor: 'Grace Miller',
        evidence: {},
        ...more,
      },
    ),
  );
}

const inDays = (days: number) => plusMs(rightNow(), days * 86_400_000);
const kinds = () => house.server.control.messages().map(({ tag }) => tag);

it('goes on at once where a client is only informed', async () => {
  const about = await beforeQuestion({ consent: 'inform' });

  const step = await acts().askConsent(about.input);

  expect(await stateOf(about)).toMatchObject({ state: 'agreed' });
  expect(await rounds()).toEqual([]);
  expect(step.kind).toBe('act');
});

it('asks every approver with a link of its own, in its own language', async () => {
  const about = await asked();

  const texts = house.server.control.messages().map(({ textBody }) => textBody);
  const links = texts.map((text) => /https:\/\/daymark\.example\/a\/([\w-]{43})\n/.exec(text)?.[1]);

  expect(await stateOf(about)).toMatchObject({ state: 'asking' });
  expect(new Set(links).size).toBe(2);
  expect(texts.some((text) => text.startsWith('Bonjour Hélène Tremblay'))).toBe(true);
  const resolved = await Promise.all(
    links.map((token) => resolveLink(house.storage.database, token ?? '')),
  );
  expect(resolved.map(({ kind }) => kind)).toEqual(['live', 'live']);
});

it('keeps no secret link anywhere', async () => {
  await asked();
  const token = /\/a\/([\w-]{43})/.exec(house.server.control.messages()[0]?.textBody ?? '')?.[1];

  const [found] = await house.storage.pool.rows<{ hits: number }>(
    `select (select count(*) from mail_delivery m where m::text like '%' || $1 || '%')
          + (select count(*) from approval_link l where l::text like '%' || $1 || '%')
          + (select count(*) from event e where e::text like '%' || $1 || '%') as hits`,
    [token],
  );

  expect(token).toHaveLength(43);
  expect(Number(found?.hits)).toBe(0);
});

it('knows no forged, cut or foreign link, and no revoked one', async () => {
  const about = await asked();
  const scope = {
    clientRolloutId: about.client.clientRolloutId,
    contactId: about.client.contacts[0]?.contactId as never,
  };
  const keys = house.deskDependencies.linkKeys;
  const issue = await house.transact((tx) => ensureLink(tx, keys, scope));
  const token = approvalUrl(keys, 'https://d.example', issue).split('/a/')[1] ?? '';
  const resolve = async (text: string) => (await resolveLink(house.storage.database, text)).kind;

  const before = await resolve(token);
  await house.transact((tx) => reissueLink(tx, keys, scope, { actor: 'Ana', reason: 'changed' }));

  expect(before).toBe('live');
  expect(await resolve(token)).toBe('revoked');
  expect(await resolve(token.slice(0, 42))).toBe('unknown');
  expect(await resolve(`${token.slice(0, 42)}A`)).toBe('unknown');
  expect(await resolve(`${token}A`)).toBe('unknown');
  expect(await resolve('')).toBe('unknown');
});

it('lets a link expire', async () => {
  await asked();
  const token = /\/a\/([\w-]{43})/.exec(house.server.control.messages()[0]?.textBody ?? '')?.[1];

  house.advance(121 * 86_400_000);

  expect((await resolveLink(house.storage.database, token ?? '')).kind).toBe('expired');
});

it('records an approval once, tells everybody of the round and lets the loop go on', async () => {
  const about = await asked();

  const first = await answer(about, 'approve');
  const again = await answer(about, 'approve');
  await house.sendDue();

  expect(first).toEqual({ kind: 'recorded', state: 'approved' });
  expect(again).toEqual({ kind: 'repeated', state: 'approved' });
  expect(await stateOf(about)).toMatchObject({ state: 'agreed' });
  expect(house.storage.wakes).toContain(about.client.workflowId);
  expect(kinds().filter((kind) => kind === 'approval-recorded')).toHaveLength(2);
});

it('lets one of two people at once decide and tells the other who was first', async () => {
  const about = await asked();
  const second = about.client.contacts[1]?.contactId as never;

  const results = await Promise.all([
    answer(about, 'approve'),
    answer(about, 'reject', { contactId: second, name: 'Hélène', comment: 'not yet' }),
  ]);

  const resultKinds = results.map(({ kind }) => kind).toSorted();
  expect(resultKinds).toEqual(['already-decided', 'recorded']);
  expect(await rounds()).toHaveLength(1);
});

it.each([
  ['reject', {}, 'comment-missing'],
  ['approve', { name: '  ' }, 'name-missing'],
  ['object', { comment: 'no' }, 'wrong-decision'],
  ['approve', { contentHash: 'another' }, 'content-changed'],
  ['approve', { contactId: '00000000-0000-7000-8000-000000000000' as never }, 'not-eligible'],
] as const)('refuses %s with %o: %s', async (decision, more, kind) => {
  const about = await asked();

  const result = await answer(about, decision, more);

  expect(result.kind).toBe(kind);
  expect(await stateOf(about)).toMatchObject({ state: 'asking' });
});

it('stops at a client that rejects, with its words', async () => {
  const about = await asked();

  await answer(about, 'reject', { comment: 'The map is empty.' });

  expect(await stateOf(about)).toEqual({ state: 'rejected', reason: 'The map is empty.' });
  expect(await house.attention()).toEqual(['client-rejected']);
});

it('records an approval given by phone as that', async () => {
  const about = await asked();

  await answer(about, 'approve', { way: 'phone', contentHash: null, actor: 'Ana Duarte' });

  expect(await rounds()).toMatchObject([{ state: 'approved', way: 'phone' }]);
});

it('goes ahead when nobody objects in time, and never calls that an approval', async () => {
  const about = await asked({ consent: 'object' });
  const early = await acts().closeRound(about.input);
  await answer(about, 'fine');

  house.advance(31_000);
  await acts().closeRound(about.input);

  expect(early).toMatchObject({ kind: 'wait', then: 'closeRound' });
  expect(await rounds()).toMatchObject([{ state: 'no-answer', way: 'rule', name: null }]);
  expect(await stateOf(about)).toEqual({ state: 'agreed', reason: 'nobody objected' });
});

it.each([
  ['go-ahead', 'agreed', 'no-answer', []],
  ['wait', 'asking', 'open', ['round-overdue']],
  ['ask-a-person', 'asking', 'open', ['round-overdue']],
  ['next-window', 'asking', 'open', []],
] as const)('keeps to the rule %s when nobody answers', async (rule, state, round, attention) => {
  const about = await asked({ noAnswerRule: rule });

  house.advance(31_000);
  const step = await acts().closeRound(about.input);
  await house.sendDue();

  expect(await stateOf(about)).toMatchObject({ state });
  expect(await rounds()).toMatchObject([{ state: round }]);
  expect(await house.attention()).toEqual(attention);
  expect(kinds().filter((kind) => kind === 'approval-recorded')).toHaveLength(2);
  if (rule === 'wait') expect(step).toMatchObject({ kind: 'wait', sleepMs: null });
  if (rule === 'next-window') expect(step).toMatchObject({ kind: 'wait', sleepMs: 30_000 });
});

it('counts the time to answer from the moment the question left', async () => {
  const about = await beforeQuestion();

  const asking = await acts().askConsent(about.input);
  house.advance(3_600_000);
  await house.sendDue();
  const step = await acts().closeRound(about.input);

  expect(asking).toMatchObject({ kind: 'wait', sleepMs: null });
  expect(step).toMatchObject({ kind: 'wait', sleepMs: 30_000 });
});

it('voids the question when a newer build comes, and asks anew behind the same link', async () => {
  const about = await asked();
  const old = await page(about);
  const newBuild = await insertBuild(house.storage.pool, about.rollout.changeId, {
    version: '1.9.5',
  });
  await house.transact(async (tx) => {
    await tx.rows(`update rollout set build_id = $1`, [newBuild]);
    await supersedeRound(tx, house, {
      clientRolloutId: about.client.clientRolloutId,
      actor: 'ci',
    });
  });
  const between = await page(about);
  const late = await answer(about, 'approve', { roundId: old.roundId as never });
  await house.storage.pool.rows(
    `update deployment set build_id = $1 where client_rollout_id = $2`,
    [newBuild, about.client.clientRolloutId],
  );
  await acts().askConsent(about.input);
  const now = await page(about);

  expect(between.model.state).toMatchObject({ kind: 'decided', outcome: { kind: 'superseded' } });
  expect(late).toEqual({ kind: 'superseded', newVersion: '1.9.5' });
  expect(now.model).toMatchObject({
    version: '1.9.5',
    notice: { kind: 'superseded', oldVersion: '1.9.4' },
    state: { kind: 'open' },
  });
  expect(await rounds()).toMatchObject([{ state: 'superseded' }, { state: 'open' }]);
});

it('shows the page that the templates can write, before and after the answer', async () => {
  const about = await asked();
  const open = await page(about, 1);
  const html = await house.renderer.renderPage('approval', open.locale, open.model);

  await answer(about, 'approve', { comment: 'Fine.' });
  const decided = await page(about, 1);
  const outcome = await house.renderer.renderPage('approval', decided.locale, decided.model);

  expect(html).toContain('name="content_hash"');
  expect(decided.model.state).toMatchObject({
    kind: 'decided',
    outcome: { kind: 'approved', by: 'Grace Miller' },
  });
  expect(outcome).not.toContain('<form');
});

it('shows the owner what a client would get while mail is not live, and asks the client after that', async () => {
  const about = await beforeQuestion({}, { live: false });
  await acts().askConsent(about.input);
  await house.sendDue();
  const before = house.server.control.messages();

  await house.storage.pool.rows(`update vendor set live = true`);
  await house.transact((tx) => house.desk.goLive(tx));
  await house.sendDue();
  const after = house.server.control.messages().slice(before.length);

  expect(before.flatMap(({ recipients }) => recipients)).toEqual([
    'support@parkwise.example',
    'support@parkwise.example',
  ]);
  expect(before.every(({ textBody }) => !textBody.includes('/a/'))).toBe(true);
  expect(before[0]?.textBody).toContain('NOT SENT TO THE CLIENT');
  expect(after.flatMap(({ recipients }) => recipients).toSorted()).toEqual([
    'grace@north.example',
    'helene@north.example',
  ]);
});

it('tells the date and waits for the gates', async () => {
  const about = await beforeQuestion(
    { consent: 'inform' },
    {
      slotStart: inDays(10),
      slotLatestEnd: inDays(11),
      noticeAt: inDays(-1),
      noticeDeadline: inDays(5),
    },
  );
  await acts().askConsent(about.input);

  await acts().announce(about.input);
  await house.sendDue();

  expect(await stateOf(about)).toMatchObject({ state: 'scheduled' });
  expect(kinds()).toEqual(['notice', 'notice']);
});
