import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { approvalUrl, ensureLink } from '../../../activities/consent/approval-link.ts';
import { inTransaction } from '../../../database/in-transaction.ts';
import { openRound } from '../../../database/stores/approval-round.store.ts';
import { plusMs } from '../../../domain/instant.ts';
import { startApi, type TestApi } from '../../support/api.ts';
import { insertDeployer, rightNow } from '../../support/fixtures.ts';
import { insertRollout, type TestClientRollout } from '../../support/rollout-fixture.ts';

const dayMs = 86_400_000;

describe('the calendar entry behind a link', () => {
  let api: TestApi;
  let client: TestClientRollout;
  let path: string;
  let cookie: string;

  beforeAll(async () => {
    api = await startApi();
    await insertDeployer(api.pool);
    const slotStart = plusMs(rightNow(), 10 * dayMs);
    const rollout = await insertRollout(api.pool, {
      clientState: 'agreed',
      slotStart,
      slotLatestEnd: plusMs(slotStart, 3_600_000),
      noticeAt: rightNow(),
      noticeDeadline: plusMs(slotStart, -dayMs),
    });
    client = rollout.clients[0]!;
    const { clientRolloutId } = client;
    const { contactId } = client.contacts[0]!;
    const link = await inTransaction(api.backend.database, async (tx) => {
      await openRound(tx, {
        clientRolloutId,
        buildId: rollout.buildId!,
        consent: 'approve',
        contentHash: 'as shown',
        live: true,
      });
      await tx.rows(
        `update approval_round
         set state = 'approved', decided_at = opened_at, decided_name = 'Alex Martin', decided_way = 'link'`,
      );
      const issue = await ensureLink(tx, api.backend.linkKeys, { clientRolloutId, contactId });
      return new URL(approvalUrl(api.backend.linkKeys, 'http://x', issue)).pathname;
    });
    const opened = await api.get(link, { as: null });
    cookie = opened.headers.get('set-cookie')?.split(';')[0] ?? '';
    path = opened.headers.get('location') ?? '';
  });

  afterAll(async () => {
    await api.close();
  });

  const page = () => api.get(path, { as: null, headers: { cookie } });
  const invite = (headers: Readonly<Record<string, string>> = { cookie }) =>
    api.get(`${path}/invite.ics`, { as: null, headers });

  it('is not there before a date was told', async () => {
    const shown = await page();
    const reply = await invite();

    expect(shown.status).toBe(200);
    expect(shown.text).not.toContain('invite.ics');
    expect(reply.status).toBe(404);
  });

  it('is offered and downloaded as it was mailed, once the date was told', async () => {
    await inTransaction(api.backend.database, (tx) => api.backend.desk.announce(tx, client));
    await api.pool.rows(`update mail_delivery set status = 'delivered' where kind = 'notice'`);

    const shown = await page();
    const reply = await invite();

    expect(shown.text).toContain(`href="http://127.0.0.1:4000${path}/invite.ics"`);
    expect(reply.status).toBe(200);
    expect(reply.headers.get('content-type')).toBe('text/calendar; charset=utf-8; method=REQUEST');
    expect(reply.headers.get('content-disposition')).toBe('attachment; filename="invite.ics"');
    expect(reply.headers.get('cache-control')).toBe('no-store');
    expect(reply.text).toMatch(/^BEGIN:VCALENDAR\r\n/);
    expect(reply.text).toContain('ATTENDEE');
    expect(reply.text.replace(/\r\n[ \t]/g, '')).toContain(client.contacts[0]!.email);
  });

  it('is for nobody without the link', async () => {
    const reply = await invite({});

    expect([reply.status, reply.text.includes('VCALENDAR')]).toEqual([404, false]);
  });

  it('says what to do to somebody whose link lost its end', async () => {
    const reply = await api.get('/a', { as: null });

    expect(reply.status).toBe(404);
    expect(reply.headers.get('content-type')).toBe('text/html; charset=utf-8');
    expect(reply.headers.get('content-security-policy')).toContain("script-src 'none'");
  });
});
