import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { approvalUrl, ensureLink, reissueLink } from '../../../activities/consent/approval-link.ts';
import { supersedeRound } from '../../../activities/consent/supersede-round.ts';
import { inTransaction } from '../../../database/in-transaction.ts';
import { openRound } from '../../../database/stores/approval-round.store.ts';
import { lockClientRollout } from '../../../database/stores/client-rollout.store.ts';
import { pluck, type Reply, startApi, type TestApi } from '../../support/api.ts';
import { insertBuild, insertDeployer } from '../../support/fixtures.ts';
import { insertRollout, type TestClientRollout } from '../../support/rollout-fixture.ts';

interface Asked {
  readonly client: TestClientRollout;
  readonly rollout: Awaited<ReturnType<typeof insertRollout>>;
  readonly roundId: string;
  /** The secret addresses of its contacts, without the host. */
  readonly links: readonly string[];
}

describe('the page behind a link', () => {
  let api: TestApi;
  let number = 0;

  beforeAll(async () => {
    api = await startApi();
    await insertDeployer(api.pool);
  });

  afterAll(async () => {
    await api.close();
  });

  async function ask(): Promise<Asked> {
    number += 1;
    const version = `5.${number}.0`;
    const rollout = await insertRollout(api.pool, {
      clients: [
        {
          contacts: [
            { email: `ana@p${number}.example`, name: 'Ana Silva' },
            { email: `luc@p${number}.example`, name: 'Luc Roy', locale: 'fr' },
          ],
        },
      ],
      policy: { name: `policy-${number}` },
      change: { version },
      build: { version },
      baseline: { version: `4.${number}.0` },
      clientState: 'asking',
    });
    const [client] = rollout.clients;
    return await inTransaction(api.backend.database, async (tx) => {
      const { clientRolloutId } = client!;
      const round = await openRound(tx, {
        clientRolloutId,
        buildId: rollout.buildId!,
        consent: 'approve',
        contentHash: 'as shown',
        live: true,
      });
      const links = [];
      for (const { contactId } of client!.contacts) {
        const issue = await ensureLink(tx, api.backend.linkKeys, { clientRolloutId, contactId });
        links.push(new URL(approvalUrl(api.backend.linkKeys, 'http://x', issue)).pathname);
      }
      return { client: client!, rollout, roundId: round.id, links };
    });
  }

  const browser = { 'sec-fetch-site': 'same-origin' };

  async function open(
    link: string,
  ): Promise<Reply & { readonly path: string; readonly cookie: string }> {
    const first = await api.get(link, { as: null });
    const cookie = first.headers.get('set-cookie')?.split(';')[0] ?? '';
    const path = first.headers.get('location') ?? '';
    const page = await api.get(path, { as: null, headers: { cookie } });
    return { ...page, path, cookie };
  }

  function formOf(html: string, over: Readonly<Record<string, string>> = {}): string {
    const value = (name: string): string =>
      new RegExp(`name="${name}" value="([^"]*)"`).exec(html)?.[1] ?? '';
    return new URLSearchParams({
      nonce: value('nonce'),
      content_hash: value('content_hash'),
      decision: 'approve',
      name: 'Ana Silva',
      tried: 'yes',
      comment: '',
      ...over,
    }).toString();
  }

  const submit = (
    page: { readonly path: string; readonly cookie: string },
    raw: string,
    headers: Readonly<Record<string, string>> = browser,
  ): Promise<Reply> =>
    api.post(page.path, undefined, {
      as: null,
      raw,
      headers: {
        cookie: page.cookie,
        'content-type': 'application/x-www-form-urlencoded',
        ...headers,
      },
    });

  const stateOf = async ({ roundId }: Asked): Promise<string | undefined> => {
    const rows = await api.pool.rows<{ state: string }>(
      `select ar.state from approval_round ar where ar.id = $1`,
      [roundId],
    );
    return rows[0]?.state;
  };

  const everything = async (): Promise<string> => {
    const rows = await api.pool.rows<{ all: string }>(
      `select (select count(*) from event)::text || (select string_agg(ar::text, ',' order by ar.id) from approval_round ar)
         || (select string_agg(l::text, ',' order by l.id) from approval_link l) as all`,
    );
    return rows[0]?.all ?? '';
  };

  it('trades the secret for a cookie and an address without it, and writes nothing', async () => {
    const asked = await ask();
    const before = await everything();

    const first = await api.get(asked.links[0]!, { as: null });
    for (let times = 0; times < 5; times += 1) await open(asked.links[0]!);
    const page = await open(asked.links[0]!);

    expect(first.status).toBe(303);
    expect(first.headers.get('referrer-policy')).toBe('no-referrer');
    expect(first.headers.get('set-cookie')).toMatch(
      /^daymark-page-[0-9a-f]{16}=.*HttpOnly; SameSite=Lax/,
    );
    expect(page.path).toMatch(/^\/a\/p\/[0-9a-f]{16}$/);
    expect(page.status).toBe(200);
    expect(page.headers.get('referrer-policy')).toBe('same-origin');
    expect(page.headers.get('cache-control')).toBe('no-store');
    expect(page.headers.get('x-robots-tag')).toBe('noindex');
    expect(page.headers.get('content-security-policy')).toContain("script-src 'none'");
    expect(page.text).not.toContain(asked.links[0]!.slice(3));
    expect(await everything()).toBe(before);
  });

  it('records a yes, and the same link shows the outcome afterwards', async () => {
    const asked = await ask();
    const page = await open(asked.links[0]!);

    const sent = await submit(page, formOf(page.text));
    const after = await open(asked.links[0]!);

    expect(sent.status).toBe(303);
    expect(await stateOf(asked)).toBe('approved');
    expect(after.text).toContain('Ana Silva');
    expect(after.text).not.toContain('name="decision"');
    expect(api.wakes).toContain(asked.client.workflowId);
  });

  it('is written in the language of its reader', async () => {
    const asked = await ask();

    const page = await open(asked.links[1]!);

    expect(page.text).toContain('<html lang="fr">');
  });

  it('takes one answer of two people at once and tells the other who was first', async () => {
    const asked = await ask();
    const [ana, luc] = [await open(asked.links[0]!), await open(asked.links[1]!)];

    const replies = await Promise.all([
      submit(ana, formOf(ana.text)),
      submit(luc, formOf(luc.text, { name: 'Luc Roy', decision: 'reject', comment: 'Non' })),
    ]);

    const statuses = replies.map(({ status }) => status).sort();
    const loser = replies.find(({ status }) => status === 409);
    expect(statuses).toEqual([303, 409]);
    expect(loser?.text).toMatch(/Ana Silva|Luc Roy/);
  });

  it('shows the recorded outcome to a person who sends the same answer again', async () => {
    const asked = await ask();
    const page = await open(asked.links[0]!);
    await submit(page, formOf(page.text));

    const again = await submit(page, formOf(page.text));

    expect(again.status).toBe(303);
  });

  it.each([
    ['no name', { name: ' ' }, /give your name/],
    ['the box not ticked', { tried: '' }, /tick the box/],
    ['a no without a word', { decision: 'reject', tried: '' }, /tell us why/],
    ['no decision', { decision: '' }, /choose an answer/],
  ])('asks once more with %s and keeps what was typed', async (_, over, problem) => {
    const asked = await ask();
    const page = await open(asked.links[0]!);

    const reply = await submit(page, formOf(page.text, over));

    expect(reply.status).toBe(422);
    expect(reply.text).toMatch(problem);
    expect(await stateOf(asked)).toBe('open');
  });

  it.each([
    ['another site', { 'sec-fetch-site': 'cross-site' }],
    ['a site nobody names', {}],
    ['another origin', { origin: 'https://evil.example' }],
  ])('takes no answer from %s', async (_, headers) => {
    const asked = await ask();
    const page = await open(asked.links[0]!);

    const reply = await submit(page, formOf(page.text), headers);

    expect(reply.status).toBe(403);
    expect(await stateOf(asked)).toBe('open');
  });

  it('takes the origin where a browser does not name the site', async () => {
    const asked = await ask();
    const page = await open(asked.links[0]!);

    const reply = await submit(page, formOf(page.text), { origin: 'http://127.0.0.1:4000' });

    expect(reply.status).toBe(303);
  });

  it('does not take the form of one client for another', async () => {
    const [one, other] = [await ask(), await ask()];
    const [page, foreign] = [await open(one.links[0]!), await open(other.links[0]!)];

    const reply = await submit(page, formOf(foreign.text));

    expect(reply.status).toBe(403);
    expect([await stateOf(one), await stateOf(other)]).toEqual(['open', 'open']);
  });

  it('does not take the cookie of one client for the page of another', async () => {
    const [one, other] = [await ask(), await ask()];
    const [page, foreign] = [await open(one.links[0]!), await open(other.links[0]!)];
    const value = page.cookie.split('=')[1] ?? '';
    const name = foreign.cookie.split('=')[0] ?? '';

    const shown = await api.get(foreign.path, {
      as: null,
      headers: { cookie: `${name}=${value}` },
    });
    const sent = await submit({ path: foreign.path, cookie: page.cookie }, formOf(foreign.text));

    expect([shown.status, sent.status]).toEqual([404, 404]);
    expect(await stateOf(other)).toBe('open');
  });

  it.each([
    ['made up', () => `/a/${'A'.repeat(43)}`],
    ['cut short', (link: string) => link.slice(0, -1)],
    ['changed', (link: string) => `${link.slice(0, -2)}__`],
    ['of another form', () => '/a/%27%20or%201=1'],
  ])('is 404 and tells nothing for a link that is %s', async (_, change) => {
    const asked = await ask();

    const reply = await api.get(change(asked.links[0]!), { as: null });

    expect(reply.status).toBe(404);
    expect(reply.headers.get('set-cookie')).toBeNull();
    expect(reply.text).not.toMatch(/5\.\d+\.0|Ana Silva/);
  });

  it('names only that there is a newer mail when its link was replaced, also for who has it open', async () => {
    const asked = await ask();
    const { clientRolloutId, contacts } = asked.client;
    const page = await open(asked.links[0]!);
    await inTransaction(api.backend.database, (tx) =>
      reissueLink(
        tx,
        api.backend.linkKeys,
        { clientRolloutId, contactId: contacts[0]!.contactId },
        { actor: 'test', reason: 'it was forwarded' },
      ),
    );

    const reply = await api.get(asked.links[0]!, { as: null });
    const sent = await submit(page, formOf(page.text));

    expect(reply.status).toBe(200);
    expect(reply.text).not.toMatch(/5\.\d+\.0/);
    expect(sent.status).toBe(404);
    expect(await stateOf(asked)).toBe('open');
  });

  it('refuses an answer about a build that a newer one has replaced', async () => {
    const asked = await ask();
    const page = await open(asked.links[0]!);
    const { changeId, rolloutId } = asked.rollout;
    const { clientRolloutId } = asked.client;
    const newer = await insertBuild(api.pool, changeId, { version: `5.${number}.1` });
    await inTransaction(api.backend.database, async (tx) => {
      await tx.rows(`update rollout set build_id = $2 where id = $1`, [rolloutId, newer]);
      await lockClientRollout(tx, clientRolloutId);
      await supersedeRound(tx, api.backend, { clientRolloutId, actor: 'test' });
    });

    const reply = await submit(page, formOf(page.text));

    expect(reply.status).toBe(409);
    expect(await stateOf(asked)).toBe('superseded');
  });

  it('keeps the vendor’s record of a phone call apart from an answer by link', async () => {
    const asked = await ask();

    const list = await api.get('/v1/approvals');
    const recorded = await api.post(`/v1/approvals/${asked.roundId}/record`, {
      decision: 'approve',
      contactEmail: `ana@p${number}.example`,
      reason: 'Ana Silva phoned at 15:20',
    });
    const again = await api.post(`/v1/approvals/${asked.roundId}/record`, {
      decision: 'reject',
      contactEmail: `luc@p${number}.example`,
      reason: 'Luc phoned',
      comment: 'No',
    });

    expect(pluck(list.body.items, 'roundId')).toContain(asked.roundId);
    expect(recorded.body).toMatchObject({
      state: 'approved',
      decidedWay: 'phone',
      decidedName: 'Ana Silva',
    });
    expect([again.status, again.body.code]).toEqual([409, 'ALREADY_DECIDED']);
  });
});
